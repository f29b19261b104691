import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { type ConversationId, idBytes } from '#schema/ids.ts'
import type { ConversationKind } from '#schema/messages/item.ts'
import { conversationName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { identityOf } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import { makeEpochKey, seedOf } from '../home/create-account.ts'
import { KEYRING_SHARD, type KeyringDocument, putLog } from '../home/keyring-document.ts'
import { createSealedLog, makeGenesis } from '../log/create-log.ts'
import { actorPrefix } from '../log/open-frame.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import { commitAll } from '../record/commit-all.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { VaultKeys } from '../vault/vault-key.ts'
import { journalLabel, putItem } from './journal.ts'

export interface BeginDeps {
  readonly ports: Pick<Ports, 'store' | 'clock' | 'random'>
  readonly account: Account
  readonly keys: VaultKeys
}

/** A new log that the keyring names, with what the conversation is about as its first item. Durable when it answers ok; once it is there nothing is done. */
export async function beginConversation(
  { ports, account, keys }: BeginDeps,
  id: ConversationId,
  about: ConversationKind,
): Promise<Result<void, StoreFailure>> {
  const { store, clock, random } = ports
  if (account.logs.sections.has(conversationName(id))) return ok(undefined)
  const [owner, epoch] = [makeSigningKey(), makeEpochKey()]
  const genesis = makeGenesis('section', owner, randomBytes(16), idBytes(account.keyring.principal))
  const logDeps = { store, clock, random, localKey: keys.local, identity: identityOf(account.row) }
  const { log, write } = await createSealedLog(logDeps, genesis.bytes, epoch, [])
  const place = { journal: actorPrefix(log.writer), number: 0 }
  const opening = { kind: 'opening', about, at: clock.now(), order: 1 } as const
  await log.change<DocMap>(journalLabel(place), doc => putItem(doc, place.number, opening))
  const stored = await account.adopt(log, async () => {
    const home = account.logs.home.log
    const notedUnder = home.currentKeyId()
    await home.change<KeyringDocument>(KEYRING_SHARD, doc =>
      putLog(doc, {
        logId: log.id,
        genesis: genesis.bytes,
        section: conversationName(id),
        begunAt: clock.now(),
        begunBy: account.deviceId,
        epochSecret: epoch.secret,
        epochKeyId: epoch.keyId,
        ...(notedUnder === undefined ? {} : { notedUnder }),
        owner: { number: 0, seed: seedOf(owner), publicKey: owner.publicKey },
      }),
    )
    const [content, keyring] = [await log.prepare(), await home.prepare()]
    const prepared = [write, content, keyring].filter(one => one !== undefined && one !== 'no-key')
    if (content !== 'no-key' && keyring !== 'no-key') return commitAll(store, prepared)
    for (const one of prepared) await one.refused()
    return fail('no-key')
  })
  if (!stored.ok) log.dispose()
  return stored
}
