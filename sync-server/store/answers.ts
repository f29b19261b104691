import type { LinkId, LogId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type LinkAnswer, MAX_LINK_ANSWERS } from '#schema/protocol/link.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { chargeLog, findAllowed, giveBack, type StoreContext } from './context.ts'
import { blob, int, text } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'
import { openRow } from './links.ts'
import type { Asker } from './relay-store.ts'

/** Sealed answers to links that take them. The port says what each function promises. */

type Outcome<Value> = Result<Value, RefusalCode>

interface Place {
  readonly logId: LogId
  readonly linkId: LinkId
  readonly no: number
}

export function* takeAnswer(
  context: StoreContext,
  linkId: LinkId,
  bytes: Uint8Array,
  now: Instant,
): Work<Outcome<void>> {
  const row = yield* openRow(context, linkId, now)
  if (row === undefined) return fail('not-found')
  const [link, log] = [int(row, 'no'), int(row, 'log')]
  if ((yield* get('SELECT 1 FROM answer_boxes WHERE link = ?', link)) === undefined) return fail('not-found')
  const taken = yield* count('SELECT count(*) AS n FROM answers WHERE link = ?', link)
  if (taken >= MAX_LINK_ANSWERS) return fail('quota')
  const account = text(yield* get('SELECT account FROM logs WHERE no = ?', log), 'account')
  const charged = yield* chargeLog(context, { no: log, account }, bytes.length)
  if (!charged.ok) return charged
  yield* run('INSERT INTO answers (link, at, bytes) VALUES (?, ?, ?)', link, now, bytes)
  return ok(undefined)
}

export function* answers(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  asker: Asker,
): Work<Outcome<readonly LinkAnswer[]>> {
  const link = yield* linkOf(context, { logId, linkId }, asker)
  if (!link.ok) return link
  const rows = yield* all(
    'SELECT no, at, length(bytes) AS bytes FROM answers WHERE link = ? ORDER BY no',
    link.value.no,
  )
  return ok(rows.map(row => ({ no: int(row, 'no'), at: instant(int(row, 'at')), bytes: int(row, 'bytes') })))
}

export function* answer(context: StoreContext, place: Place, asker: Asker): Work<Outcome<Uint8Array<ArrayBuffer>>> {
  const link = yield* linkOf(context, place, asker)
  if (!link.ok) return link
  const row = yield* get('SELECT bytes FROM answers WHERE no = ? AND link = ?', place.no, link.value.no)
  return row === undefined ? fail('not-found') : ok(blob(row, 'bytes'))
}

export function* removeAnswer(context: StoreContext, place: Place, asker: Asker): Work<Outcome<void>> {
  const link = yield* linkOf(context, place, asker)
  if (!link.ok) return link
  const row = yield* get(
    'SELECT length(bytes) AS bytes FROM answers WHERE no = ? AND link = ?',
    place.no,
    link.value.no,
  )
  if (row === undefined) return ok(undefined)
  yield* giveBack(link.value.log, int(row, 'bytes'))
  yield* run('DELETE FROM answers WHERE no = ?', place.no)
  return ok(undefined)
}

function* linkOf(
  context: StoreContext,
  { logId, linkId }: Omit<Place, 'no'>,
  asker: Asker,
): Work<Outcome<{ readonly no: number; readonly log: { readonly no: number; readonly account: string } }>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  const row = yield* get('SELECT no FROM links WHERE id = ? AND log = ?', linkId, log.no)
  return row === undefined ? fail('not-found') : ok({ no: int(row, 'no'), log })
}
