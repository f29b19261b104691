import { instant } from '#schema/instant.ts'
import { isConversation } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { LateEntry, LateWriting } from '../late-session.ts'
import type { LateFrame } from '../log/sealed-log.ts'
import type { Clock } from '../ports.ts'
import type { AuthorNames } from '../record/authors.ts'
import type { SaveFailure } from '../session.ts'
import type { StatusDesk } from '../status-desk.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { Watched } from '../watched.ts'
import { hasLate, isDecided, LATE_SHARD, type LateDocument, putDecided } from './late-document.ts'
import type { LateInLog } from './late-writing.ts'
import { ownAuthorNames } from './own-authors.ts'
import { leftOutOf } from './private-places.ts'

/** Lets the frames of one batch come together. */
const LOOK_MS = 100

/** Late frames of one person, or of one removed device of this person's own. */
interface LateGroup {
  readonly lateId: string
  readonly logs: readonly LateInLog[]
}

/** What removed writers wrote before they heard: shown to who owns the record, to be taken in or left out. */
export class LateDesk {
  readonly late = new Watched<readonly LateWriting[]>([])
  readonly #slot: VaultSlot
  readonly #status: StatusDesk
  readonly #clock: Clock
  #cancelLook: (() => void) | undefined
  #working: Promise<unknown> = Promise.resolve()

  constructor(slot: VaultSlot, status: StatusDesk, clock: Clock) {
    this.#slot = slot
    this.#status = status
    this.#clock = clock
    slot.onOpen(vault => this.#follow(vault))
  }

  async decide(lateId: string, decision: 'take' | 'leave'): Promise<Result<void, SaveFailure>> {
    const vault = this.#slot.open
    if (vault === undefined) return fail({ kind: 'locked' })
    const decideNow = () => this.#decide(vault, lateId, decision)
    const deciding = this.#working.then(() => withLogs(vault, decideNow))
    this.#working = deciding.catch(() => undefined)
    return deciding
  }

  async #decide(vault: OpenVault, lateId: string, decision: 'take' | 'leave'): Promise<Result<void, SaveFailure>> {
    const { account, record } = vault
    const group = groupsOf(await lateInLogs(account)).find(one => one.lateId === lateId)
    if (group === undefined) return fail({ kind: 'not-found' })
    await record.idle()
    const { takeLate } = await import('./late-writing.ts')
    for (const late of decision === 'take' ? group.logs : []) {
      for (const log of await takeLate(late, section => account.logs.sections.get(section))) {
        const stored = await log.flush()
        if (!stored.ok) return fail({ kind: 'not-stored', why: stored.failure })
      }
    }
    const { log } = account.logs.home
    await log.change<LateDocument>(LATE_SHARD, doc => {
      for (const late of group.logs) putDecided(doc, late.log.id, late.late, decision === 'take' ? 'taken' : 'left')
    })
    const noted = await log.flush()
    await this.#look(vault)
    return noted.ok ? ok(undefined) : fail({ kind: 'not-stored', why: noted.failure })
  }

  #follow(vault: OpenVault): () => void {
    const { account } = vault
    let stopLogs = this.#followLogs(vault)
    const stops = [
      account.watchSections(() => {
        stopLogs()
        stopLogs = this.#followLogs(vault)
        this.#lookSoon(vault)
      }),
      account.logs.home.log.subscribe(event => event.kind === 'documents' && this.#lookSoon(vault)),
      account.watchKeyring(() => this.#lookSoon(vault)),
    ]
    this.#slot.beforeClose(async () => {
      this.#cancelLook?.()
      await this.#working
    })
    this.#lookSoon(vault)
    return () => {
      stopLogs()
      for (const stop of stops) stop()
      this.#cancelLook?.()
      this.late.set([])
      this.#status.noteLate({ waiting: 0, known: 0 })
    }
  }

  #followLogs(vault: OpenVault): () => void {
    const stops = vault.account
      .sectionLogs()
      .map(log => log.subscribe(event => event.kind !== 'outbox' && this.#lookSoon(vault)))
    return () => {
      for (const stop of stops) stop()
    }
  }

  #lookSoon(vault: OpenVault): void {
    this.#cancelLook?.()
    this.#cancelLook = this.#clock.after(LOOK_MS, () => {
      const looking = this.#working.then(() => withLogs(vault, () => this.#look(vault)))
      this.#working = looking.catch(() => undefined)
      void looking.catch((cause: unknown) => {
        // A lock closes the logs under what is being read.
        if (this.#slot.open === vault) throw cause
      })
    })
  }

  async #look(vault: OpenVault): Promise<void> {
    if (this.#slot.open !== vault) return
    const late = await lateInLogs(vault.account)
    const names = late.length === 0 ? undefined : await ownAuthorNames(vault.account)
    const writings: LateWriting[] = []
    for (const group of names === undefined ? [] : groupsOf(late)) writings.push(await writingOf(group, names!))
    if (this.#slot.open !== vault) return
    this.late.set(writings.filter(({ entries }) => entries.length > 0))
    const known = late.reduce((sum, one) => sum + one.late.length + one.known.length, 0)
    this.#status.noteLate({ waiting: this.late.value.length, known })
  }
}

/** None of them goes while it is read. */
function withLogs<T>({ account }: OpenVault, work: () => Promise<T>): Promise<T> {
  return account.inUse.during(account.sectionLogs(), work)
}

/** Of every log with late frames in it, also those that were begun anew. */
async function lateInLogs(account: Account): Promise<LateInLog[]> {
  const decided = await account.logs.home.log.read<LateDocument>(LATE_SHARD)
  const found: LateInLog[] = []
  for (const log of account.sectionLogs()) {
    const frames = hasLate(log) ? await log.lateFrames() : []
    const section = account.keyring.logs.find(one => one.logId === log.id)?.section
    if (frames.length === 0 || section === undefined || section === 'home' || isConversation(section)) continue
    const { names: leftOut } = await leftOutOf(account.logs.sections.get('private'), section)
    const known = frames.filter(frame => isDecided(decided, log.id, frame))
    found.push({ log, section, late: frames.filter(frame => !known.includes(frame)), known, leftOut })
  }
  return found
}

/** A grant's principal names one person; of this person's own principal each device is somebody. */
function groupsOf(logs: readonly LateInLog[]): LateGroup[] {
  const whoOf = ({ principal, device }: LateFrame) => device ?? principal
  const ids = new Set(logs.flatMap(({ late }) => late.map(whoOf)))
  return [...ids].map(lateId => ({
    lateId,
    logs: logs.flatMap(one => {
      const late = one.late.filter(frame => whoOf(frame) === lateId)
      return late.length === 0 ? [] : [{ ...one, late }]
    }),
  }))
}

async function writingOf({ lateId, logs }: LateGroup, names: AuthorNames): Promise<LateWriting> {
  const { lateEntries } = await import('./late-writing.ts')
  const entries: LateEntry[] = []
  for (const late of logs) entries.push(...(await lateEntries(late, names)))
  const frames = logs.flatMap(({ late }) => late)
  const [first] = frames
  if (first === undefined) throw new Error('Cannot show late writing: it has no frames')
  const by = names.authorOf(first)
  return { lateId, by, writtenAt: instant(Math.max(...frames.map(({ claimedAt }) => claimedAt))), entries }
}
