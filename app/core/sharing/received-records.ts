import type { ContactId, LogId, ShareId } from '#schema/ids.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { ok, type Result } from '#schema/result.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import type { PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { TimelineQuery } from '../session.ts'
import type { SyncEngine } from '../sync/sync.ts'
import { whatMoved } from '../sync/what-moved.ts'
import { Turns } from '../turns.ts'
import { birthDateIn } from './birth-date.ts'
import { grantKeys } from './grant.ts'
import { LeftLogs } from './left-logs.ts'
import { ownedLogs, ownersOfLogs, takeLogs, unnamedOf } from './log-owners.ts'
import { OPEN_AT_ONCE, OpenRecords } from './open-records.ts'
import { OverShares } from './over-shares.ts'
import { hasMoved, type PatientRow, PatientRows } from './patient-rows.ts'
import { putGrantEpochs } from './received-changes.ts'
import type { KnownGrant, ReceivedDocument } from './received-document.ts'
import type { RelayClock } from './relay-clock.ts'
import { closedIndexOf, openSharedRecord } from './shared-record.ts'
import { SharedEngines, type SharedSync } from './shared-engines.ts'
import { type OpenShare, openSharedLogs, type SharedLogsDeps } from './shared-logs.ts'
import { bringsConversation, sectionsOf } from './shared-names.ts'
import { lateWritingOf } from './unsent-frames.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** In one open record. */
const MOST_FOUND = 10_000
/** An end is looked for at least this often: a clock may have been put right. */
const LOOK_FOR_END_MS = 60_000

export interface RecordsDeps {
  readonly ports: Ports
  readonly account: Account
  readonly time: RelayClock
  /** Where the logs lie that a contact shares. */
  relayOf(contact: ContactId): Promise<string>
  /** Seals what stays on this device. */
  readonly localKey: Bytes
  readonly commit: (prepared: readonly PreparedWrite[]) => Promise<Result<void, StoreFailure>>
  grants(): Promise<readonly KnownGrant[]>
  /** Not among the grants just now, and not unknown. */
  beingJoined(): Promise<readonly ShareId[]>
  change(edit: (doc: ReceivedDocument) => void): Promise<Result<void, StoreFailure>>
  /** Which records can be looked at has changed. */
  onChange(): void
  onSharedSync(shared: SharedSync): void
  onUnwatched(): void
}

export interface Found {
  readonly total: number
  readonly entries: readonly EntrySummary[]
}

/** The records that others share, on this device: a few open and level with the relay, the others closed, and gone when they end. */
export class ReceivedRecords {
  readonly #deps: RecordsDeps
  readonly #engines: SharedEngines
  /** Where the logs of each open record are looked for. */
  readonly #relays = new Map<ShareId, string>()
  readonly #records: OpenRecords
  readonly #left: LeftLogs
  readonly #rows: Promise<PatientRows>
  readonly #over: OverShares
  readonly #following = new Turns()
  #cancelLook: (() => void) | undefined
  #isClosed = false

  constructor(deps: RecordsDeps) {
    this.#deps = deps
    const { store, clock, random } = deps.ports
    const { relays, row } = deps.account
    const { holder } = deviceKeys(row.seeds)
    // Engines of their own: what somebody else's log can't do is no trouble of this person's record.
    this.#engines = new SharedEngines({
      relays,
      holder,
      clock,
      random,
      onSharedSync: shared => deps.onSharedSync(shared),
    })
    this.#records = new OpenRecords(grant => this.#openRecord(grant))
    this.#left = new LeftLogs({
      store,
      account: deps.account,
      records: this.#records,
      recordDeps: grant => this.#recordDeps(grant),
      change: edit => deps.change(edit),
      onMore: () => this.#followLater(),
    })
    this.#rows = PatientRows.open(store, deps.localKey)
    this.#over = new OverShares({ store, records: this.#records, forget: async id => (await this.#rows).forget(id) })
  }

  /** Another one once one that was open was closed. */
  get opened(): unknown {
    return this.#records.opened
  }

  /** If it is open just now. */
  get(id: ShareId): OpenShare | undefined {
    return this.#records.get(id)
  }

  /** An accepted share's record, opened if it was closed; undefined when it is not here (any more). */
  async open(id: ShareId): Promise<OpenShare | undefined> {
    if (this.#records.get(id) === undefined) await this.#next(() => this.#openNow(id))
    return this.#records.use(id)
  }

  /** Keeps it open, once it is, until the answer is called. */
  hold(id: ShareId): () => void {
    return this.#records.hold(id)
  }

  /** Those that are open, with the share by which each came. */
  async conversations(): Promise<readonly { readonly grant: KnownGrant; readonly log: SealedLog }[]> {
    const grants = (await this.#deps.grants()).filter(bringsConversation)
    return grants.flatMap(grant => {
      const logs = this.#records.get(grant.id)?.logs.values() ?? []
      return [...logs].map(log => ({ grant, log }))
    })
  }

  served(logId: LogId): ReturnType<SyncEngine['served']> {
    return this.#engines.served(logId)
  }

  isElsewhere(logId: LogId): boolean {
    return this.#engines.isElsewhere(logId)
  }

  /** What is known of it without opening it. */
  async row(grant: KnownGrant): Promise<PatientRow & { readonly hasMoved: boolean }> {
    const row = (await this.#rows).get(grant.id)
    const logIds = grant.logs.map(log => log.logId)
    return { ...row, hasMoved: hasMoved({ ...row, newest: { ...row.newest, ...this.#cursors(logIds) } }, logIds) }
  }

  /** All there is of it now has been on the screen. */
  async looked(id: ShareId): Promise<void> {
    const open = this.#records.use(id)
    if (open?.record === undefined) return
    const { record, logs } = open
    const logIds = [...logs.values()].map(log => log.id)
    const rows = await this.#rows
    await rows.looked(id, this.#deps.time.now(), this.#cursors(logIds))
    if (!logs.has('about-me') || rows.get(id).birthDate !== undefined) return
    const birthDate = await birthDateIn(record)
    if (birthDate !== undefined && this.#records.get(id) === open) await rows.putBirthDate(id, birthDate)
  }

  /** The newest entries in which every word of the text occurs, and how many there are; undefined for a record that was never opened here. */
  async find(grant: KnownGrant, query: TimelineQuery, most: number): Promise<Found | undefined> {
    const { record } = this.#records.get(grant.id) ?? {}
    if (record !== undefined) {
      const all = await record.timelineRows(query, 0, MOST_FOUND)
      return { total: all.length, entries: all.slice(0, most) }
    }
    const { store } = this.#deps.ports
    const index = await closedIndexOf(store, this.#deps.localKey, grant.id, sectionsOf(grant))
    if (index === undefined) return undefined
    const { makeTimelineReader } = await import('../record/timeline-reader.ts')
    const timeline = makeTimelineReader(index, this.#deps.ports.clock)
    return { total: (await timeline.overview(query)).total, entries: await timeline.rows(query, 0, most) }
  }

  /** Of a share that ended: what became of what was written here last. */
  lateWriting(id: ShareId): ReturnType<typeof lateWritingOf> {
    return lateWritingOf(this.#deps.ports.store, id)
  }

  /** Asks the relay which of the closed ones have anything new. */
  async checkMoved(): Promise<Result<void, 'unreachable'>> {
    const rows = await this.#rows
    const closed = (await this.#deps.grants()).filter(
      grant => grant.isAccepted && !this.isOver(grant) && !grant.isPaused && this.#records.get(grant.id) === undefined,
    )
    const byRelay = new Map<string, KnownGrant[]>()
    for (const grant of closed) {
      const name = this.#deps.account.relays.nameOf(await this.#deps.relayOf(grant.contact))
      byRelay.set(name, [...(byRelay.get(name) ?? []), grant])
    }
    let own: Result<void, 'unreachable'> = ok(undefined)
    for (const [relay, grants] of byRelay) {
      const answer = await this.#checkMovedAt(relay, grants, rows)
      if (relay === '') own = answer
    }
    if (!own.ok || this.#isClosed) return own
    this.#deps.onChange()
    return ok(undefined)
  }

  async #checkMovedAt(
    relay: string,
    closed: readonly KnownGrant[],
    rows: PatientRows,
  ): Promise<Result<void, 'unreachable'>> {
    const asked = closed.map(({ id, seed, logs }) => {
      const { newest } = rows.get(id)
      return { holder: grantKeys(seed).holder, logs: logs.map(({ logId }) => ({ logId, cursor: newest[logId] ?? 0 })) }
    })
    const { clock } = this.#deps.ports
    const answer = await whatMoved({ link: this.#deps.account.relays.linkTo(relay), clock }, asked)
    if (!answer.ok) return answer
    for (const { id, logs } of this.#isClosed ? [] : closed) {
      const moved = logs.flatMap(({ logId }) => {
        const cursor = answer.value.moved.get(logId)
        return cursor === undefined ? [] : [[logId, cursor] as const]
      })
      await rows.heard(id, Object.fromEntries(moved))
    }
    return ok(undefined)
  }

  /** By the relay's clock, as far as it is known. */
  isOver({ endedBy, until }: KnownGrant): boolean {
    return endedBy !== undefined || this.#deps.time.latest() >= until
  }

  /** Over by this device's own clock alone: the relay has not said that it is so late, to this process or an earlier one. */
  isUnsure(grant: KnownGrant): boolean {
    return grant.endedBy === undefined && this.isOver(grant) && this.#deps.time.atLeast() < grant.until
  }

  /** After the relay was asked, or could not be: what is over by then goes at once. */
  async lookForOver(): Promise<void> {
    const isNew = (grant: KnownGrant) =>
      grant.endedBy === undefined && this.isOver(grant) && !this.#over.isCleared(grant.id)
    if ((await this.#deps.grants()).some(isNew)) await this.follow()
  }

  /** Opens what is used, lets go of what has ended. Resolves when it is level with the document. */
  follow(): Promise<void> {
    return this.#next(() => this.#follow())
  }

  /** A lock closes the logs under it. */
  #followLater(): void {
    void this.follow().catch((cause: unknown) => {
      if (!this.#isClosed) throw cause
    })
  }

  setOnline(isOnline: boolean): void {
    this.#engines.setOnline(isOnline)
  }

  tryNow(): void {
    this.#engines.tryNow()
  }

  /** Saves and closes everything; keys are wiped. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancelLook?.()
    await this.#following.idle()
    this.#engines.stop()
    await this.#records.closeAll()
  }

  #next(act: () => Promise<void>): Promise<void> {
    return this.#following.next(() => (this.#isClosed ? undefined : act()))
  }

  async #follow(): Promise<void> {
    await this.#deps.time.ready
    const grants = await this.#deps.grants()
    // A later share may name the same logs: what an ended one left must be gone before they are opened.
    for (const grant of grants.filter(one => one.endedBy !== undefined && !isKept(one))) await this.#over.letGo(grant)
    for (const grant of grants.filter(isKept)) await this.#over.keepReadable(grant)
    const unsent = await this.#unsentLogs()
    for (const grant of grants.filter(one => one.endedBy === undefined && this.isOver(one)))
      await this.#over.clear(grant, unsent)
    const going = grants.filter(one => !this.isOver(one))
    const wanted = await this.#wanted(going, unsent)
    const owned = await ownedLogs(this.#deps.ports.store)
    const known = new Set([...grants.map(grant => grant.id), ...(await this.#deps.beingJoined())])
    for (const [id, logs] of owned) if (!known.has(id)) await this.#over.letGoUnknown(id, logs, unsent)
    for (const grant of going) {
      if (this.#isClosed) return
      this.#over.goesOn(grant.id)
      if (wanted.has(grant.id)) await this.#openOrRefresh(grant, going)
      // Two devices of the giver took out different sections, perhaps: an open record would go on in logs that are let go below.
      else await this.#records.close(grant.id)
      for (const former of grant.former) await this.#left.leaveFormer(grant, former, unsent)
      await this.#left.leaveUnnamed(grant, unnamedOf(grant, owned))
    }
    await this.#records.closeUnused()
    this.#deps.onChange()
    this.#lookForEnds(going)
  }

  /** What is open, what somebody looks at, what has something to send, and of the others the latest used. */
  async #wanted(going: readonly KnownGrant[], unsent: ReadonlySet<LogId>): Promise<ReadonlySet<ShareId>> {
    const rows = await this.#rows
    const accepted = going.filter(grant => grant.isAccepted && grant.logs.length > 0)
    const lastUsed = ({ id, receivedAt }: KnownGrant) => rows.get(id).lookedAt ?? receivedAt
    const latest = accepted
      .filter(one => !bringsConversation(one))
      .toSorted((a, b) => lastUsed(b) - lastUsed(a))
      .slice(0, OPEN_AT_ONCE)
    const needed = accepted.filter(
      ({ id, logs, former }) =>
        bringsConversation({ logs, former }) ||
        this.#records.get(id) !== undefined ||
        this.#records.isHeld(id) ||
        [...logs, ...former].some(log => unsent.has(log.logId)),
    )
    return new Set([...latest, ...needed].map(grant => grant.id))
  }

  async #openNow(id: ShareId): Promise<void> {
    await this.#deps.time.ready
    const going = (await this.#deps.grants()).filter(one => one.isAccepted && !this.isOver(one))
    const grant = going.find(one => one.id === id)
    if (grant === undefined) return
    await this.#openOrRefresh(grant, going)
    await this.#records.closeUnused()
    this.#deps.onChange()
  }

  /** Only logs that are this share's on this disk. */
  async #openOrRefresh(grant: KnownGrant, going: readonly KnownGrant[]): Promise<void> {
    const named = new Set(grant.logs.map(log => log.logId))
    const rivals = going.filter(one => one.logs.some(log => named.has(log.logId)))
    const owners = rivals.length > 1 ? await ownersOfLogs(this.#deps.ports.store, rivals) : undefined
    const logs = grant.logs.filter(log => (owners?.get(log.logId) ?? grant.id) === grant.id)
    const isThere = this.#relays.get(grant.id) === (await this.#deps.relayOf(grant.contact))
    if (this.#records.get(grant.id) !== undefined && !isThere) await this.#records.close(grant.id)
    if (logs.length > 0) await this.#records.openOrRefresh({ ...grant, logs })
    else await this.#records.close(grant.id)
  }

  async #openRecord(grant: KnownGrant): Promise<OpenShare | undefined> {
    // It may have run out here before it was given more time.
    if (!(await this.#over.bringBack(grant.id)).ok) return undefined
    // What another share left of a log, or has of it no more, was written in that one's name.
    if (!(await takeLogs(this.#deps.ports.store, grant)).ok) return undefined
    if (bringsConversation(grant)) return openedIn(await openSharedLogs(await this.#recordDeps(grant), grant))
    const ofContact = (await this.#deps.grants()).filter(one => one.contact === grant.contact)
    const granted = ofContact.flatMap(({ seeds }) => seeds.map(seed => grantKeys(seed).principal))
    // By their own idSign stands what they wrote as a guardian, in a record that was handed over since.
    const principals = new Set([this.#deps.account.keyring.principal, ...granted])
    const opened = await openSharedRecord(await this.#recordDeps(grant), grant, principals)
    return openedIn(opened)
  }

  #lookForEnds(going: readonly KnownGrant[]): void {
    this.#cancelLook?.()
    if (this.#isClosed || going.length === 0) return
    const next = Math.min(...going.map(grant => grant.until)) - this.#deps.time.latest()
    const delayMs = Math.max(0, Math.min(next, LOOK_FOR_END_MS))
    this.#cancelLook = this.#deps.ports.clock.after(delayMs, () => void this.#endOrLookAgain(going))
  }

  async #endOrLookAgain(going: readonly KnownGrant[]): Promise<void> {
    if (going.some(grant => this.isOver(grant))) await this.follow()
    else this.#lookForEnds(going)
  }

  async #unsentLogs(): Promise<ReadonlySet<LogId>> {
    const keys = await this.#deps.ports.store.keys('outbox', '')
    return new Set(keys.map(key => key.slice(0, key.indexOf('/')) as LogId))
  }

  #cursors(logIds: readonly LogId[]): Record<LogId, number> {
    const known = logIds.flatMap(logId => {
      const cursor = this.#engines.cursor(logId)
      return cursor === undefined ? [] : [[logId, cursor] as const]
    })
    return Object.fromEntries(known)
  }

  async #recordDeps({ id, contact }: Pick<KnownGrant, 'id' | 'contact'>): Promise<SharedLogsDeps> {
    const { ports, localKey, commit, account } = this.#deps
    const relay = await this.#deps.relayOf(contact)
    this.#relays.set(id, relay)
    const { store, clock, random } = ports
    return {
      store,
      clock,
      random,
      localKey,
      commit,
      engine: this.#engines.at(relay),
      kems: () => {
        const { shareKem, formerShareKems } = account.keyring
        return [shareKem, ...formerShareKems.map(former => former.key)]
      },
      onUnwatched: () => this.#deps.onUnwatched(),
      keep: (id, logId, keys) => this.#deps.change(doc => putGrantEpochs(doc, id, logId, keys)),
    }
  }
}

/** What was said to each other stays with who took part until they want it no more. */
function isKept(grant: KnownGrant): boolean {
  return grant.endedBy !== undefined && grant.isAccepted && !grant.isPutAway && bringsConversation(grant)
}

function openedIn(opened: Result<OpenShare, 'damaged'>): OpenShare | undefined {
  return opened.ok ? opened.value : undefined
}
