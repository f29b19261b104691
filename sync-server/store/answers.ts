import type { LinkId, LogId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type LinkAnswer, MAX_LINK_ANSWERS } from '#schema/protocol/link.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { chargeLog, findAllowed, giveBack, type StoreContext } from './context.ts'
import { blob, int, text } from './database.ts'
import { openRow } from './links.ts'
import type { Asker } from './relay-store.ts'

/** Sealed answers to links that take them, in SQLite. The port says what each function promises. */

type Outcome<Value> = Result<Value, RefusalCode>

interface Place {
  readonly logId: LogId
  readonly linkId: LinkId
  readonly no: number
}

export function takeAnswer(context: StoreContext, linkId: LinkId, bytes: Uint8Array, now: Instant): Outcome<void> {
  const { db } = context
  const row = openRow(db, linkId, now)
  if (row === undefined) return fail('not-found')
  const [link, log] = [int(row, 'no'), int(row, 'log')]
  if (db.get('SELECT 1 FROM answer_boxes WHERE link = ?', link) === undefined) return fail('not-found')
  const count = int(db.get('SELECT count(*) AS n FROM answers WHERE link = ?', link), 'n')
  if (count >= MAX_LINK_ANSWERS) return fail('quota')
  const account = text(db.get('SELECT account FROM logs WHERE no = ?', log), 'account')
  const charged = chargeLog(context, { no: log, account }, bytes.length)
  if (!charged.ok) return charged
  db.run('INSERT INTO answers (link, at, bytes) VALUES (?, ?, ?)', link, now, bytes)
  return ok(undefined)
}

export function answers(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  asker: Asker,
): Outcome<readonly LinkAnswer[]> {
  const link = linkOf(context, { logId, linkId }, asker)
  if (!link.ok) return link
  const rows = context.db.all(
    'SELECT no, at, length(bytes) AS bytes FROM answers WHERE link = ? ORDER BY no',
    link.value.no,
  )
  return ok(rows.map(row => ({ no: int(row, 'no'), at: instant(int(row, 'at')), bytes: int(row, 'bytes') })))
}

export function answer(context: StoreContext, place: Place, asker: Asker): Outcome<Uint8Array<ArrayBuffer>> {
  const link = linkOf(context, place, asker)
  if (!link.ok) return link
  const row = context.db.get('SELECT bytes FROM answers WHERE no = ? AND link = ?', place.no, link.value.no)
  return row === undefined ? fail('not-found') : ok(blob(row, 'bytes'))
}

export function removeAnswer(context: StoreContext, place: Place, asker: Asker): Outcome<void> {
  const link = linkOf(context, place, asker)
  if (!link.ok) return link
  const { db } = context
  const row = db.get('SELECT length(bytes) AS bytes FROM answers WHERE no = ? AND link = ?', place.no, link.value.no)
  if (row === undefined) return ok(undefined)
  giveBack(context, link.value.log, int(row, 'bytes'))
  db.run('DELETE FROM answers WHERE no = ?', place.no)
  return ok(undefined)
}

function linkOf(
  context: StoreContext,
  { logId, linkId }: Omit<Place, 'no'>,
  asker: Asker,
): Outcome<{ readonly no: number; readonly log: { readonly no: number; readonly account: string } }> {
  const allowed = findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  const row = context.db.get('SELECT no FROM links WHERE id = ? AND log = ?', linkId, log.no)
  return row === undefined ? fail('not-found') : ok({ no: int(row, 'no'), log })
}
