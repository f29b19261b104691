import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { LINK_TRIES, type LinkStanding, type LinkState, type NewLink } from '#schema/protocol/link.ts'
import { LinkId, type LogId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { charge, findAllowed, giveBack, type StoreContext } from './context.ts'
import { blob, type Database, int, type Row, text } from './database.ts'
import type { Asker, LinkAct, LinkDoor, LinkFile, Opening } from './relay-store.ts'

/** Health links in SQLite. The port says what each function promises. */

type Outcome<Value> = Result<Value, RefusalCode>

/** Past its end, openings wait so long for an owner who was away. */
export const OPENINGS_KEPT_MS = 30 * 24 * 3600_000
const OPENINGS_PER_LINK = 200

export function putLink(
  context: StoreContext,
  logId: LogId,
  link: NewLink,
  asker: Asker,
): Outcome<'created' | 'known'> {
  const allowed = findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { db, limits } = context
  const { log } = allowed.value
  if (log.isClosed) return fail('closed')
  const known = db.get('SELECT log FROM links WHERE id = ?', link.linkId)
  if (known !== undefined) return int(known, 'log') === log.no ? ok('known') : fail('not-allowed')
  const count = int(db.get('SELECT count(*) AS n FROM links WHERE log = ?', log.no), 'n')
  if (count >= limits.linksPerLog) return fail('quota')
  const charged = charge(context, allowed.value, link.file.length)
  if (!charged.ok) return charged
  insert(db, log.no, link)
  if (link.takesAnswers === true) {
    db.run('INSERT INTO answer_boxes (link) SELECT no FROM links WHERE id = ?', link.linkId)
  }
  return ok('created')
}

export function replaceLinkFile(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  file: Uint8Array<ArrayBuffer>,
  asker: Asker,
): Outcome<void> {
  const allowed = findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { db } = context
  const { log } = allowed.value
  const row = db.get(
    `SELECT no, length(file) AS bytes FROM links
     WHERE id = ? AND log = ? AND is_long_term = 1 AND expires_at > ?`,
    linkId,
    log.no,
    asker.now,
  )
  if (row === undefined) return fail('not-found')
  const before = int(row, 'bytes')
  const charged = charge(context, allowed.value, file.length, before)
  if (!charged.ok) return charged
  giveBack(context, log, before)
  db.run('UPDATE links SET file = ? WHERE no = ?', file, int(row, 'no'))
  return ok(undefined)
}

function insert(db: Database, log: number, link: NewLink): void {
  db.run(
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

export function links(context: StoreContext, logId: LogId, asker: Asker): Outcome<readonly LinkState[]> {
  const allowed = findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const rows = context.db.all('SELECT * FROM links WHERE log = ? ORDER BY no', allowed.value.log.no)
  return ok(
    rows.map(row => ({
      linkId: LinkId.of(Buffer.from(text(row, 'id'), 'hex')),
      standing: standingOf(row, asker.now),
      opens: int(row, 'opens'),
      openings: openingsOf(context.db, int(row, 'no')),
    })),
  )
}

function openingsOf(db: Database, link: number) {
  const rows = db.all('SELECT at, recipient FROM openings WHERE link = ? ORDER BY no DESC', link)
  return rows.map(row => ({ at: instant(int(row, 'at')), recipient: text(row, 'recipient') }))
}

function standingOf(row: Row, now: Instant): LinkStanding {
  if (int(row, 'expires_at') <= now) return 'over'
  if (int(row, 'is_paused') === 1) return 'paused'
  if (row['opens_left'] === 0) return 'used-up'
  return row['verifier'] !== null && int(row, 'tries_left') === 0 ? 'closed' : 'open'
}

export function changeLink(
  context: StoreContext,
  logId: LogId,
  linkId: LinkId,
  act: LinkAct,
  asker: Asker,
): Outcome<void> {
  const allowed = findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { db } = context
  const { log } = allowed.value
  const row = db.get('SELECT no, length(file) AS bytes FROM links WHERE id = ? AND log = ?', linkId, log.no)
  // Destroyed twice is destroyed.
  if (row === undefined) return act === 'destroy' ? ok(undefined) : fail('not-found')
  const no = int(row, 'no')
  if (act === 'pause') db.run('UPDATE links SET is_paused = 1 WHERE no = ?', no)
  else if (act === 'arm') {
    db.run('UPDATE links SET is_paused = 0, opens_left = max_opens, tries_left = ? WHERE no = ?', LINK_TRIES, no)
  } else {
    giveBack(context, log, int(row, 'bytes') + answerBytesOf(db, no))
    deleteAnswersOf(db, no)
    db.run('DELETE FROM openings WHERE link = ?', no)
    db.run('DELETE FROM links WHERE no = ?', no)
  }
  return ok(undefined)
}

/** Those that nobody fetched. */
function answerBytesOf(db: Database, link: number): number {
  return int(db.get('SELECT coalesce(sum(length(bytes)), 0) AS n FROM answers WHERE link = ?', link), 'n')
}

function deleteAnswersOf(db: Database, link: number): void {
  db.run('DELETE FROM answers WHERE link = ?', link)
  db.run('DELETE FROM answer_boxes WHERE link = ?', link)
}

/** With its log. */
export function deleteLinksOf(db: Database, log: number): void {
  for (const row of db.all('SELECT no FROM links WHERE log = ?', log)) deleteAnswersOf(db, int(row, 'no'))
  db.run('DELETE FROM openings WHERE link IN (SELECT no FROM links WHERE log = ?)', log)
  db.run('DELETE FROM links WHERE log = ?', log)
}

// ── whoever has the address ──

export function openRow(db: Database, linkId: LinkId, now: Instant): Row | undefined {
  const row = db.get('SELECT * FROM links WHERE id = ?', linkId)
  return row !== undefined && ['open', 'closed'].includes(standingOf(row, now)) ? row : undefined
}

export function linkDoor({ db }: StoreContext, linkId: LinkId, now: Instant): LinkDoor | undefined {
  const row = openRow(db, linkId, now)
  if (row === undefined) return undefined
  const isDirect = int(row, 'is_direct') === 1
  return row['verifier'] === null ? { isDirect } : { isDirect, triesLeft: int(row, 'tries_left') }
}

export function takeTry({ db }: StoreContext, linkId: LinkId, now: Instant) {
  const row = openRow(db, linkId, now)
  if (row === undefined || row['verifier'] === null || int(row, 'tries_left') === 0) return undefined
  db.run('UPDATE links SET tries_left = tries_left - 1 WHERE no = ?', int(row, 'no'))
  return { salt: blob(row, 'salt'), verifier: blob(row, 'verifier'), triesLeft: int(row, 'tries_left') - 1 }
}

export function openLink({ db }: StoreContext, linkId: LinkId, opening: Opening): LinkFile | undefined {
  const row = openRow(db, linkId, opening.at)
  if (row === undefined) return undefined
  const no = int(row, 'no')
  if (opening.returnsTry) db.run('UPDATE links SET tries_left = min(tries_left + 1, ?) WHERE no = ?', LINK_TRIES, no)
  db.run('UPDATE links SET opens = opens + 1, opens_left = opens_left - 1 WHERE no = ?', no)
  db.run('INSERT INTO openings (link, at, recipient) VALUES (?, ?, ?)', no, opening.at, opening.recipient)
  db.run(
    `DELETE FROM openings WHERE link = ? AND no NOT IN
     (SELECT no FROM openings WHERE link = ? ORDER BY no DESC LIMIT ${OPENINGS_PER_LINK})`,
    no,
    no,
  )
  return fileOf(row)
}

export function linkFile({ db }: StoreContext, linkId: LinkId, now: Instant): LinkFile | undefined {
  const row = db.get('SELECT * FROM links WHERE id = ?', linkId)
  // Its last opening may just have been counted: the file of it is still to be fetched.
  const standing = row === undefined ? 'over' : standingOf(row, now)
  return row === undefined || standing === 'over' || standing === 'paused' ? undefined : fileOf(row)
}

function fileOf(row: Row): LinkFile {
  return { file: blob(row, 'file'), isLongTerm: int(row, 'is_long_term') === 1, origin: text(row, 'origin') }
}

/** What is over goes; its openings, and answers that nobody fetched, later. */
export function sweepLinks(context: StoreContext, now: Instant): void {
  const { db } = context
  const over = db.all(
    `SELECT links.no, length(file) AS bytes, log, account FROM links JOIN logs ON logs.no = links.log
     WHERE expires_at <= ? AND length(file) > 0`,
    now,
  )
  for (const row of over) {
    giveBack(context, { no: int(row, 'log'), account: text(row, 'account') }, int(row, 'bytes'))
    db.run("UPDATE links SET file = x'', salt = NULL, verifier = NULL WHERE no = ?", int(row, 'no'))
  }
  const forgotten = db.all(
    `SELECT links.no, log, account FROM links JOIN logs ON logs.no = links.log
     WHERE expires_at <= ? AND links.no IN (SELECT link FROM answer_boxes)`,
    now - OPENINGS_KEPT_MS,
  )
  for (const row of forgotten) {
    const no = int(row, 'no')
    giveBack(context, { no: int(row, 'log'), account: text(row, 'account') }, answerBytesOf(db, no))
    deleteAnswersOf(db, no)
  }
  db.run('DELETE FROM openings WHERE link IN (SELECT no FROM links WHERE expires_at <= ?)', now - OPENINGS_KEPT_MS)
  db.run('DELETE FROM links WHERE expires_at <= ?', now - OPENINGS_KEPT_MS)
}
