import type { RefusalCode } from '#schema/protocol/refusal.ts'
import {
  LINK_TRIES,
  type LinkStanding,
  type LinkState,
  type NewLink,
  type PasscodeLock,
} from '#schema/protocol/link.ts'
import { LinkId, type LogId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { charge, findAllowed, giveBack, type StoreContext } from './context.ts'
import { blob, int, type Row, text } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'
import type { Asker, LinkAct, LinkDoor, LinkFile, Opening } from './relay-store.ts'

/** Health links. The port says what each function promises. */

type Outcome<Value> = Result<Value, RefusalCode>

/** Past its end, openings wait so long for an owner who was away. */
export const OPENINGS_KEPT_MS = 30 * 24 * 3600_000
const OPENINGS_PER_LINK = 200

export function* putLink(
  context: StoreContext,
  logId: LogId,
  link: NewLink,
  asker: Asker,
): Work<Outcome<'created' | 'known'>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { limits } = context
  const { log } = allowed.value
  if (log.isClosed) return fail('closed')
  const known = yield* get('SELECT log FROM links WHERE id = ?', link.linkId)
  if (known !== undefined) return int(known, 'log') === log.no ? ok('known') : fail('not-allowed')
  const inLog = yield* count('SELECT count(*) AS n FROM links WHERE log = ?', log.no)
  if (inLog >= limits.linksPerLog) return fail('quota')
  const charged = yield* charge(context, allowed.value, link.file.length)
  if (!charged.ok) return charged
  yield* insert(log.no, link)
  if (link.takesAnswers === true) {
    yield* run('INSERT INTO answer_boxes (link) SELECT no FROM links WHERE id = ?', link.linkId)
  }
  return ok('created')
}

export function* replaceLinkFile(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  file: Uint8Array<ArrayBuffer>,
  asker: Asker,
): Work<Outcome<void>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  const row = yield* get(
    `SELECT no, length(file) AS bytes FROM links
     WHERE id = ? AND log = ? AND is_long_term = 1 AND expires_at > ?`,
    linkId,
    log.no,
    asker.now,
  )
  if (row === undefined) return fail('not-found')
  const before = int(row, 'bytes')
  const charged = yield* charge(context, allowed.value, file.length, before)
  if (!charged.ok) return charged
  yield* giveBack(log, before)
  yield* run('UPDATE links SET file = ? WHERE no = ?', file, int(row, 'no'))
  return ok(undefined)
}

function* insert(log: number, link: NewLink): Work<void> {
  yield* run(
    `INSERT INTO links (id, log, expires_at, is_direct, is_long_term, max_opens, opens_left, tries_left, salt, verifier, origin, file)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    link.linkId,
    log,
    link.expiresAt,
    Number(link.isDirect),
    Number(link.isLongTerm),
    link.maxOpens ?? null,
    link.maxOpens ?? null,
    LINK_TRIES,
    link.lock?.salt ?? null,
    link.lock?.verifier ?? null,
    link.origin,
    link.file,
  )
}

export function* links(context: StoreContext, logId: LogId, asker: Asker): Work<Outcome<readonly LinkState[]>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const rows = yield* all('SELECT * FROM links WHERE log = ? ORDER BY no', allowed.value.log.no)
  const found: LinkState[] = []
  for (const row of rows) {
    found.push({
      linkId: LinkId.of(Buffer.from(text(row, 'id'), 'hex')),
      standing: standingOf(row, asker.now),
      opens: int(row, 'opens'),
      openings: yield* openingsOf(int(row, 'no')),
    })
  }
  return ok(found)
}

function* openingsOf(link: number): Work<LinkState['openings']> {
  const rows = yield* all('SELECT at, recipient FROM openings WHERE link = ? ORDER BY no DESC', link)
  return rows.map(row => ({ at: instant(int(row, 'at')), recipient: text(row, 'recipient') }))
}

function standingOf(row: Row, now: Instant): LinkStanding {
  if (int(row, 'expires_at') <= now) return 'over'
  if (int(row, 'is_paused') === 1) return 'paused'
  if (row['opens_left'] === 0) return 'used-up'
  return row['verifier'] !== null && int(row, 'tries_left') === 0 ? 'closed' : 'open'
}

export function* changeLink(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  act: LinkAct,
  asker: Asker,
): Work<Outcome<void>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  const row = yield* get('SELECT no, length(file) AS bytes FROM links WHERE id = ? AND log = ?', linkId, log.no)
  // Destroyed twice is destroyed.
  if (row === undefined) return act === 'destroy' ? ok(undefined) : fail('not-found')
  const no = int(row, 'no')
  if (act === 'pause') yield* run('UPDATE links SET is_paused = 1 WHERE no = ?', no)
  else if (act === 'arm') {
    yield* run('UPDATE links SET is_paused = 0, opens_left = max_opens, tries_left = ? WHERE no = ?', LINK_TRIES, no)
  } else {
    yield* giveBack(log, int(row, 'bytes') + (yield* answerBytesOf(no)))
    yield* deleteAnswersOf(no)
    yield* run('DELETE FROM openings WHERE link = ?', no)
    yield* run('DELETE FROM links WHERE no = ?', no)
  }
  return ok(undefined)
}

/** Those that nobody fetched. */
function* answerBytesOf(link: number): Work<number> {
  return yield* count('SELECT coalesce(sum(length(bytes)), 0) AS n FROM answers WHERE link = ?', link)
}

function* deleteAnswersOf(link: number): Work<void> {
  yield* run('DELETE FROM answers WHERE link = ?', link)
  yield* run('DELETE FROM answer_boxes WHERE link = ?', link)
}

/** With its log. */
export function* deleteLinksOf(log: number): Work<void> {
  for (const row of yield* all('SELECT no FROM links WHERE log = ?', log)) yield* deleteAnswersOf(int(row, 'no'))
  yield* run('DELETE FROM openings WHERE link IN (SELECT no FROM links WHERE log = ?)', log)
  yield* run('DELETE FROM links WHERE log = ?', log)
}

// ── whoever has the address ──

export function* openRow(
  { locking }: Pick<StoreContext, 'locking'>,
  linkId: LinkId,
  now: Instant,
): Work<Row | undefined> {
  const row = yield* get(`SELECT * FROM links WHERE id = ?${locking}`, linkId)
  return row !== undefined && ['open', 'closed'].includes(standingOf(row, now)) ? row : undefined
}

export function* linkDoor(context: StoreContext, linkId: LinkId, now: Instant): Work<LinkDoor | undefined> {
  const row = yield* openRow(context, linkId, now)
  if (row === undefined) return undefined
  const isDirect = int(row, 'is_direct') === 1
  return row['verifier'] === null ? { isDirect } : { isDirect, triesLeft: int(row, 'tries_left') }
}

export function* takeTry(
  context: StoreContext,
  linkId: LinkId,
  now: Instant,
): Work<(PasscodeLock & { readonly triesLeft: number }) | undefined> {
  const row = yield* openRow(context, linkId, now)
  if (row === undefined || row['verifier'] === null || int(row, 'tries_left') === 0) return undefined
  yield* run('UPDATE links SET tries_left = tries_left - 1 WHERE no = ?', int(row, 'no'))
  return { salt: blob(row, 'salt'), verifier: blob(row, 'verifier'), triesLeft: int(row, 'tries_left') - 1 }
}

export function* openLink(context: StoreContext, linkId: LinkId, opening: Opening): Work<LinkFile | undefined> {
  const row = yield* openRow(context, linkId, opening.at)
  if (row === undefined) return undefined
  const no = int(row, 'no')
  if (opening.returnsTry)
    yield* run('UPDATE links SET tries_left = tries_left + 1 WHERE no = ? AND tries_left < ?', no, LINK_TRIES)
  yield* run('UPDATE links SET opens = opens + 1, opens_left = opens_left - 1 WHERE no = ?', no)
  yield* run('INSERT INTO openings (link, at, recipient) VALUES (?, ?, ?)', no, opening.at, opening.recipient)
  yield* run(
    `DELETE FROM openings WHERE link = ? AND no NOT IN
     (SELECT no FROM openings WHERE link = ? ORDER BY no DESC LIMIT ${OPENINGS_PER_LINK})`,
    no,
    no,
  )
  return fileOf(row)
}

export function* linkFile(linkId: LinkId, now: Instant): Work<LinkFile | undefined> {
  const row = yield* get('SELECT * FROM links WHERE id = ?', linkId)
  // Its last opening may just have been counted: the file of it is still to be fetched.
  const standing = row === undefined ? 'over' : standingOf(row, now)
  return row === undefined || standing === 'over' || standing === 'paused' ? undefined : fileOf(row)
}

function fileOf(row: Row): LinkFile {
  return { file: blob(row, 'file'), isLongTerm: int(row, 'is_long_term') === 1, origin: text(row, 'origin') }
}

/** What is over goes; its openings, and answers that nobody fetched, later. */
export function* sweepLinks({ locking }: StoreContext, now: Instant): Work<void> {
  const over = yield* all(
    `SELECT links.no, length(file) AS bytes, log, account FROM links JOIN logs ON logs.no = links.log
     WHERE expires_at <= ? AND length(file) > 0${locking}`,
    now,
  )
  for (const row of over) {
    yield* giveBack({ no: int(row, 'log'), account: text(row, 'account') }, int(row, 'bytes'))
    yield* run('UPDATE links SET file = ?, salt = NULL, verifier = NULL WHERE no = ?', new Uint8Array(), int(row, 'no'))
  }
  const forgotten = yield* all(
    `SELECT links.no, log, account FROM links JOIN logs ON logs.no = links.log
     WHERE expires_at <= ? AND links.no IN (SELECT link FROM answer_boxes)${locking}`,
    now - OPENINGS_KEPT_MS,
  )
  for (const row of forgotten) {
    const no = int(row, 'no')
    yield* giveBack({ no: int(row, 'log'), account: text(row, 'account') }, yield* answerBytesOf(no))
    yield* deleteAnswersOf(no)
  }
  yield* run('DELETE FROM openings WHERE link IN (SELECT no FROM links WHERE expires_at <= ?)', now - OPENINGS_KEPT_MS)
  yield* run('DELETE FROM links WHERE expires_at <= ?', now - OPENINGS_KEPT_MS)
}
