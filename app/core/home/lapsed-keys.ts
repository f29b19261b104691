import { keyIdOf } from '#crypto/hash.ts'
import { ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import type { HomeLog } from './home-log.ts'
import type { Keyring } from './keyring.ts'
import { putEpoch } from './keyring-document.ts'

/**
 * A removed device's EPOCH does not count, and neither does what it had put into the keyring: but members sealed under its keys before
 * they knew (decision 0009). Whoever can still read such a key puts it into the keyring again, for those who never could.
 */
export async function keepLapsedKeys(
  home: HomeLog,
  keyring: Keyring,
  logs: readonly Pick<SealedLog, 'id' | 'wantedKeys'>[],
): Promise<Result<void, StoreFailure>> {
  const wanted = logs.flatMap(log => {
    const known = keyring.logs.find(({ logId }) => logId === log.id)?.epochs.map(({ keyId }) => keyId)
    return [...log.wantedKeys()].flatMap(keyId => (known?.includes(keyId) ? [] : [{ logId: log.id, keyId }]))
  })
  if (wanted.length === 0) return ok(undefined)
  const refused = await home.refusedKeyring()
  const found = wanted.flatMap(({ logId, keyId }) => {
    const key = refused?.logs.find(log => log.logId === logId)?.epochs.find(epoch => epoch.keyId === keyId)
    return key !== undefined && keyIdOf(key.secret) === keyId ? [{ logId, ...key }] : []
  })
  if (found.length === 0) return ok(undefined)
  return home.changeKeyring(doc => {
    for (const { logId, keyId, secret } of found) putEpoch(doc, logId, { keyId, secret })
  })
}
