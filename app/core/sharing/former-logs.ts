import { view } from '@automerge/automerge/slim'
import type { LogId } from '#schema/ids.ts'
import { isConversation, type LogSection } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import { putMoved } from '../home/keyring-document.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { authorsIn, type LogAuthors } from '../record/authors.ts'
import { carriedAuthors, putCarriedAuthors } from '../record/carry-authors.ts'
import { carryOver, documentAt, headsText } from '../record/carry-over.ts'
import { holdsEntries } from '../record/entry-place.ts'
import { binLeftBehind, type LeftBehind, leftBehindOf } from '../record/left-behind.ts'
import { carriedLinks, holdsLinks } from '../record/same-links.ts'
import { withoutEntries } from '../record/entry-copy.ts'
import { binnedAt, type DocMap, isDocMap } from '../record/flat-fields.ts'
import { namedBy } from '../record/private-shard.ts'
import { entryIn } from '../record/stored-entry.ts'
import { Turns } from '../turns.ts'
import { GIVEN_SHARD, type GivenDocument, readGiven } from './given-document.ts'
import { deadElsewhere, type Rivals } from './dead-elsewhere.ts'
import { holdsPrivateText } from './held-feeds.ts'
import { holdsUndecided } from './late-document.ts'
import { carryLateMoves } from './late-private.ts'
import { isLeftBehind } from './left-begun.ts'
import { isReadByGone } from './log-readers.ts'
import { hiddenImports } from './rebase-section.ts'
import { leftOutOf, openedIn, type PrivateOfSection } from './private-places.ts'
import { putCarried, REBASED_LABEL, rebasedIn, type RebasedDocument } from './rebased-document.ts'
import { allSuccessorsOf, staysBehind } from './successors.ts'

/**
 * What reached a log after it was begun anew goes into its successor, by value and as often as it likes. Answers whether all did: on
 * another device the successor's own frames may still be coming, or what of the former one it began with. `leftOut`, by label, doesn't go
 * along: it is private. `opened`: what was made open again in the former one, by a device that did not know of its successor; what of it
 * the successor began without goes over whole. `isClosed`: nothing of the former one comes any more. Who closed it had all that was sent, so where this device
 * does not know how far that went, what nobody has goes over. `origin`: from which two logs were begun at once; it goes into either by
 * itself, so of the one only what it came to say since goes into the other, and what it left behind goes into the other's bin. `mayWrite`: asked when what goes over is known.
 */
export async function carryLate(
  former: SealedLog,
  successor: SealedLog,
  { leftOut, opened, isClosed = false, origin, leftBehind, rivals, mayWrite }: CarryOptions = {},
): Promise<Result<boolean, StoreFailure>> {
  const rebased = await rebasedIn(successor)
  if (rebased === undefined) return ok(false)
  const isOrigin = rebased.from === former.id
  let isThrough = true
  for (const { label, heads } of [...former.shards(), ...(await emptiedIn(former, origin))]) {
    const place = `${former.id}/${label}`
    const handled = rebased.heads.get(place)
    if (staysBehind(label)) continue
    const lacking = await lackingOf({ former, successor, label, opened: isOrigin ? opened?.get(label) : undefined })
    if (handled === headsText(heads) && lacking.size === 0) continue
    const whole = await former.read<DocMap>(label)
    const dead = rivals === undefined ? [] : await deadElsewhere(former, successor, label, rivals)
    const staying = new Set([...(leftOut?.get(label) ?? []), ...dead])
    const doc = holdsLinks(label) ? carriedLinks(whole, authorsIn(former), leftOut) : without(whole, staying)
    const isTwin = handled === undefined && !isOrigin
    const known = isTwin ? await begunWith(former, label, origin) : documentAt(whole, handled ?? '')
    const said = known ?? (isClosed ? view(whole, [...(await former.sentHeads(label))]) : undefined)
    const before = said && withoutEntries(said, lacking)
    if (before === undefined || (await mayWrite?.()) === false) {
      isThrough = false
      continue
    }
    const over = { label, before, whole, doc, authors: authorsIn(former), leftOut: staying }
    await writeOver(successor, over, isTwin ? leftBehind : undefined)
    if (known === undefined) continue
    await successor.change<RebasedDocument>(REBASED_LABEL, draft => putCarried(draft, place, headsText(heads)))
  }
  const flushed = await successor.flush()
  return flushed.ok ? ok(isThrough) : flushed
}

interface CarryOptions {
  readonly leftOut?: PrivateOfSection['names']
  readonly opened?: PrivateOfSection['names']
  readonly isClosed?: boolean
  readonly origin?: SealedLog
  readonly leftBehind?: Omit<LeftBehind, 'elsewhere'>
  readonly rivals?: Rivals
  readonly mayWrite?: () => Promise<boolean>
}

/** Shards of entries that a log was begun with from `origin`, and of which it left all behind. */
async function emptiedIn(log: SealedLog, origin: SealedLog | undefined): Promise<{ label: string; heads: string[] }[]> {
  const begun = origin === undefined ? undefined : (await rebasedIn(log))?.heads
  const there = new Set(log.shards().map(({ label }) => label))
  return [...(begun?.keys() ?? [])].flatMap(place => {
    const label = place.startsWith(`${origin?.id}/`) ? place.slice(place.indexOf('/') + 1) : ''
    return holdsEntries(label) && !there.has(label) ? [{ label, heads: [] }] : []
  })
}

/** What a shard came to say after `before`; `doc`: all of it that may go over. */
interface Over {
  readonly label: string
  readonly before: DocMap
  readonly whole: DocMap
  readonly doc: DocMap
  readonly authors: LogAuthors
  readonly leftOut: ReadonlySet<string>
}

/** `leftBehind`: of a log that was begun at once with this one. */
async function writeOver(
  successor: SealedLog,
  { label, before, whole, doc, authors, leftOut }: Over,
  leftBehind: CarryOptions['leftBehind'],
): Promise<void> {
  const isEntries = holdsEntries(label)
  const written = isEntries ? carriedAuthors(label, before, whole, authors, leftOut) : undefined
  const docs = { before, now: whole, there: await successor.read<DocMap>(label) }
  const binned = isEntries && leftBehind ? leftBehindOf(label, docs, { ...leftBehind, elsewhere: leftOut }) : []
  await successor.change<DocMap>(label, draft => {
    carryOver(before, doc, draft)
    if (leftBehind !== undefined) binLeftBehind(label, draft, binned, leftBehind.at)
    if (written !== undefined) putCarriedAuthors(draft, written)
  })
}

interface Lacking {
  readonly former: SealedLog
  readonly successor: SealedLog
  readonly label: string
  readonly opened: ReadonlySet<string> | undefined
}

/** Which of these entries stand in `former`, not in its bin, and nowhere in `successor`. */
async function lackingOf({ former, successor, label, opened }: Lacking): Promise<ReadonlySet<string>> {
  if (opened === undefined || opened.size === 0) return new Set()
  const [there, next] = [await former.read<DocMap>(label), await successor.read<DocMap>(label)]
  const names = [...opened].filter(name => {
    const { bucket, key } = namedBy(name)
    const entry = entryIn(label, there, bucket, key)
    const isIn = entry !== undefined && binnedAt(entry.spot) === undefined
    return isIn && entryIn(label, next, bucket, key) === undefined
  })
  return new Set(names)
}

/** What a log had of `origin` when it began, or since; of one that is not here any more nobody knows, and then all of it is looked at. */
async function begunWith(log: SealedLog, label: string, origin: SealedLog | undefined): Promise<DocMap> {
  if (origin === undefined) return {}
  const handled = (await rebasedIn(log))?.heads.get(`${origin.id}/${label}`)
  return (handled === undefined ? undefined : documentAt(await origin.read<DocMap>(label), handled)) ?? {}
}

/** The document less entries of these names. */
export function without(doc: DocMap, names: ReadonlySet<string> | undefined): DocMap {
  if (names === undefined || names.size === 0) return doc
  const left: DocMap = {}
  for (const [key, value] of Object.entries(doc)) {
    if (key.includes(':')) {
      if (!names.has(key.slice(0, key.indexOf(':')))) left[key] = value
    } else if (!isDocMap(value)) left[key] = value
    else {
      const isIn = ([inner]: readonly [string, unknown]) => !names.has(`${key}.${inner.split(':')[0] ?? ''}`)
      left[key] = Object.fromEntries(Object.entries(value).filter(isIn))
    }
  }
  return left
}

/** Everything of `former` that is here is in each of `successors`. */
interface Through {
  readonly former: SealedLog
  readonly successors: readonly SealedLog[]
}

/** Watches the former logs of one's own sections, from unlock to lock. */
export class FormerLogs {
  readonly #account: Account
  readonly #stops: (() => void)[] = []
  readonly #watched = new Set<LogId>()
  readonly #working = new Turns()
  #isStopped = false

  constructor(account: Account) {
    this.#account = account
    this.#stops.push(account.watchSections(() => this.#watch()))
    this.#stops.push(account.watchKeyring(() => this.#carrySoon()))
    this.#stops.push(account.inUse.watch(() => this.#carrySoon()))
    this.#stops.push(account.logs.home.watch(GIVEN_SHARD, () => this.#carrySoon()))
    this.#watch()
  }

  /** Resolves when nothing is being carried over any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const stop of this.#stops) stop()
    await this.#working.idle()
  }

  #watch(): void {
    for (const log of this.#account.sectionLogs()) {
      if (this.#watched.has(log.id)) continue
      this.#watched.add(log.id)
      this.#stops.push(log.subscribe(event => void (event.kind !== 'quarantine' && this.#carrySoon())))
    }
    this.#carrySoon()
  }

  #carrySoon(): void {
    void this.#working
      .next(() => this.#carry())
      .catch((cause: unknown) => {
        if (!this.#isStopped) throw cause
      })
  }

  async #carry(): Promise<void> {
    const through: Through[] = []
    const byId = new Map(this.#account.sectionLogs().map(log => [log.id, log]))
    const privateLog = this.#account.logs.sections.get('private')
    for (const [id, former] of this.#account.logs.former) {
      const successors = allSuccessorsOf(this.#account.keyring, id).flatMap(each => byId.get(each) ?? [])
      // What the disk refuses now is carried over with the next change, or at the next unlock.
      if (successors.length === 0 || this.#isStopped) continue
      // Who works with it may yet write in it, and is through later.
      const isInUse = this.#account.inUse.has(former)
      const isThrough = await this.#carryInto(successors, former, byId)
      if (isThrough && !isInUse) through.push({ former, successors })
    }
    if (privateLog === undefined || this.#isStopped) return
    const changed = await carryLateMoves({
      privateLog,
      byId: id => byId.get(id),
      current: section => this.#account.logs.sections.get(section),
      mayWrite: (log, section) => this.#mayWrite(log, section),
    })
    for (const log of changed) await log.flush()
    for (const each of through) await this.#letGo(each, privateLog)
  }

  async #carryInto(
    successors: readonly SealedLog[],
    former: SealedLog,
    byId: ReadonlyMap<LogId, SealedLog>,
  ): Promise<boolean> {
    const { keyring, logs } = this.#account
    const section = [...keyring.logs, ...keyring.closedLogs].find(log => log.logId === former.id)?.section
    if (section === undefined || section === 'home' || isConversation(section)) return false
    const privateLog = logs.sections.get('private')
    const { names } = await leftOutOf(privateLog, section)
    const opened = await openedIn(privateLog, section, former.id)
    const isClosed = keyring.closedLogs.some(log => log.logId === former.id)
    const begunAt = [...keyring.logs, ...keyring.closedLogs].find(log => log.logId === former.id)?.begunAt
    const hidden = await hiddenImports(this.#account)
    const leftBehind = begunAt && { at: begunAt, hiddenImports: hidden }
    const ofSection = keyring.logs.flatMap(log => (log.section === section ? (byId.get(log.logId) ?? []) : []))
    let isThrough = true
    for (const successor of successors) {
      if (!(await this.#knowsLeftOut(successor))) {
        isThrough = false
        continue
      }
      const origin = byId.get(keyring.logs.find(log => log.logId === successor.id)?.rebasedFrom ?? former.id)
      const carried = await carryLate(former, successor, {
        isClosed,
        rivals: { logs: ofSection.filter(log => log !== former && log !== successor), hiddenImports: hidden },
        mayWrite: () => this.#mayWrite(successor, section),
        ...(section === 'private' ? {} : { leftOut: names, opened }),
        ...(origin === undefined || origin === former ? {} : { origin, ...(leftBehind && { leftBehind }) }),
      })
      isThrough &&= carried.ok && carried.value
    }
    return isThrough
  }

  /**
   * What is private of the section was left out when `log` was begun, maybe by a device that has more of the private log: what came to be
   * said of that here would go over to whoever reads in `log`. Of what a removed device did not send of it nobody hears.
   */
  async #knowsLeftOut(log: SealedLog): Promise<boolean> {
    const { keyring } = this.#account
    const keys = keyring.logs.find(each => each.logId === log.id)
    if (keys?.begunWithout === undefined || isLeftBehind(keyring, keys)) return true
    return holdsPrivateText(this.#account, keys.begunWithout)
  }

  /**
   * What goes over may have been written by another device after it had ended a share, whose recipient still is in this log. That end is
   * known here by now: it stands in the home log before the key under which this was written.
   */
  async #mayWrite(log: SealedLog, section: LogSection): Promise<boolean> {
    const { logs, deviceId } = this.#account
    const shares = readGiven(await logs.home.log.read<GivenDocument>(GIVEN_SHARD))
    return !isReadByGone(shares, log, section, deviceId)
  }

  /** This device needs nothing of it any more once what was carried is backed up; a closed one goes. */
  async #letGo({ former, successors }: Through, privateLog: SealedLog): Promise<void> {
    const { keyring, deviceId } = this.#account
    if (keyring.closedLogs.some(log => log.logId === former.id)) {
      await this.#account.forget(former.id)
      return
    }
    const keys = keyring.logs.find(log => log.logId === former.id)
    const isBackedUp = [former, ...successors, privateLog].every(log => log.outboxCount === 0 && !log.hasPending)
    if (keys === undefined || keys.moved.includes(deviceId) || !isBackedUp || this.#isStopped) return
    // It is the only place of what somebody wrote too late, and may still be taken in.
    if (await holdsUndecided(this.#account.logs.home.log, former)) return
    await this.#account.logs.home.changeKeyring(doc => putMoved(doc, former.id, deviceId))
  }
}
