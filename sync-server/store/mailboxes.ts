import { verifyHash } from '#crypto/verify.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { DropItem } from '#schema/protocol/http.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { MailboxId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreContext } from './context.ts'
import { blob, int } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'
import type { NewDrop } from './relay-store.ts'

export function* drop({ limits }: StoreContext, item: NewDrop): Work<Result<void, RefusalCode>> {
  const inBox = yield* count(
    'SELECT count(*) AS n FROM drops WHERE mailbox = ? AND expires_at > ?',
    item.mailbox,
    item.now,
  )
  if (inBox >= limits.dropsPerMailbox) return fail('quota')
  const inAll = yield* count('SELECT coalesce(sum(length(bytes)), 0) AS n FROM drops')
  if (inAll + item.bytes.length > limits.dropBytes) return fail('quota')
  yield* run(
    'INSERT INTO drops (mailbox, dropped_at, expires_at, bytes) VALUES (?, ?, ?, ?)',
    item.mailbox,
    item.now,
    item.expiresAt,
    item.bytes,
  )
  return ok(undefined)
}

export function* drops(mailbox: MailboxId, now: Instant): Work<DropItem[]> {
  const rows = yield* all(
    'SELECT no, dropped_at, bytes FROM drops WHERE mailbox = ? AND expires_at > ? ORDER BY no',
    mailbox,
    now,
  )
  return rows.map(row => ({
    itemId: int(row, 'no'),
    droppedAt: instant(int(row, 'dropped_at')),
    bytes: blob(row, 'bytes'),
  }))
}

export function* removeDrop(mailbox: MailboxId, itemId: number, itemHash: Uint8Array): Work<void> {
  const row = yield* get('SELECT bytes FROM drops WHERE mailbox = ? AND no = ?', mailbox, itemId)
  if (row === undefined || !equalBytes(verifyHash(blob(row, 'bytes')), itemHash)) return
  yield* run('DELETE FROM drops WHERE no = ?', itemId)
}
