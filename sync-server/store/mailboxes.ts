import { verifyHash } from '#crypto/verify.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { DropItem } from '#schema/protocol/http.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { MailboxId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreContext } from './context.ts'
import { blob, int } from './database.ts'
import type { NewDrop } from './relay-store.ts'

export function drop({ db, limits }: StoreContext, item: NewDrop): Result<void, RefusalCode> {
  const inBox = db.get('SELECT count(*) AS n FROM drops WHERE mailbox = ? AND expires_at > ?', item.mailbox, item.now)
  if (int(inBox, 'n') >= limits.dropsPerMailbox) return fail('quota')
  const all = int(db.get('SELECT coalesce(sum(length(bytes)), 0) AS n FROM drops'), 'n')
  if (all + item.bytes.length > limits.dropBytes) return fail('quota')
  db.run(
    'INSERT INTO drops (mailbox, dropped_at, expires_at, bytes) VALUES (?, ?, ?, ?)',
    item.mailbox,
    item.now,
    item.expiresAt,
    item.bytes,
  )
  return ok(undefined)
}

export function drops({ db }: StoreContext, mailbox: MailboxId, now: Instant): DropItem[] {
  const rows = db.all(
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

export function removeDrop({ db }: StoreContext, mailbox: MailboxId, itemId: number, itemHash: Uint8Array): void {
  const row = db.get('SELECT bytes FROM drops WHERE mailbox = ? AND no = ?', mailbox, itemId)
  if (row === undefined || !equalBytes(verifyHash(blob(row, 'bytes')), itemHash)) return
  db.run('DELETE FROM drops WHERE no = ?', itemId)
}
