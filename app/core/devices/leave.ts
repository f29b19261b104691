import type { Account } from '../home/account.ts'
import { deleteMirror, mirrorOf } from '../home/mirror.ts'
import type { Clock } from '../ports.ts'
import { mailboxKey } from '../sharing/own-card.ts'
import type { RelayClient } from '../sync/sync.ts'
import { beginRotation } from './rotation.ts'

/** How long going away waits for the relay. */
const LEAVE_MS = 10_000

/**
 * What others must know before everything of this device is deleted, as far as the relay can be reached. To other devices it is
 * a removal whose beginner is gone: one of them carries it out, with new keys for every log. Without others, what the relay
 * holds goes too.
 */
export async function leaveAccount(account: Account, clock: Clock): Promise<void> {
  if (account.row.isSample || account.isShutOut) return
  const staying = account.keyring.devices.filter(device => device.removedAt === undefined)
  if (staying.every(device => device.deviceId === account.deviceId)) {
    await deleteAtMirror(account, clock)
    await deleteAtRelay(account)
    return
  }
  account.beginLeaving()
  const noted = await beginRotation(account.logs.home, clock, account.deviceId, [account.deviceId])
  if (noted.ok) await Promise.race([account.settle(), new Promise<void>(resolve => clock.after(LEAVE_MS, resolve))])
}

/** At the second relay, if there is one: answers whether nothing is left there. */
export async function deleteAtMirror(account: Account, clock: Clock): Promise<boolean> {
  const mirror = await mirrorOf(account, clock)
  return mirror === undefined || (await deleteMirror({ account, client: mirror.client })).ok
}

/**
 * Answers whether all is gone: the first that the relay doesn't answer for ends it, and it can be tried again. The home log goes last, so
 * that what is left can be found by the words.
 */
export async function deleteAtRelay(account: Account): Promise<boolean> {
  for (const relay of account.mailRelays) {
    const isEmpty = await emptyMailboxes(account, account.relays.clientOf(relay))
    // The relay before a move may be gone.
    if (!isEmpty && relay === '') return false
  }
  account.engine?.stop()
  for (const log of account.allLogs().toReversed()) {
    const deleted = await account.client.deleteLog(log.id)
    if (!deleted.ok && deleted.failure.kind !== 'refused') return false
  }
  return true
}

/** What others dropped and nobody will read any more. */
async function emptyMailboxes({ keyring }: Account, client: RelayClient): Promise<boolean> {
  const kems = [keyring.shareKem, ...keyring.formerShareKems.map(former => former.key)]
  for (const kem of kems) {
    const box = mailboxKey(kem.secretKey)
    const items = await client.take(box)
    if (!items.ok) return false
    for (const item of items.value) if (!(await client.remove(box, item)).ok) return false
  }
  return true
}
