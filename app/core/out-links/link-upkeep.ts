import type { LinkId } from '#schema/ids.ts'
import type { RefreshProblem } from '../out-link-session.ts'
import type { Clock } from '../ports.ts'
import { Turns } from '../turns.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { livingLinks, OUT_LINKS_SHARD } from './living-links.ts'

/** After a change, before links are made anew: what somebody types in one go is one file. */
const REFRESH_MS = 10_000
/** Longer than this nobody waits for what others wrote: something may be missing for good. */
const SETTLE_MS = 20_000
/** After a round that did not reach the relay. */
const RETRY_MS = 30_000

/** Keeps living links level with the record while it is open and the relay answers; decision 0025. */
export interface LinkUpkeep {
  /** From unlock to lock, for each record service in turn; the answer ends it. */
  start(open: OpenVault): () => void
  /** A link was made: what changed meanwhile may not be in it. */
  look(): void
  /** Why a link is not level with the record, as far as this device has tried. */
  problemOf(linkId: LinkId): RefreshProblem | undefined
}

export function makeLinkUpkeep(clock: Clock): LinkUpkeep {
  const problems = new Map<LinkId, RefreshProblem>()
  let look = () => undefined as void
  return {
    look: () => look(),
    problemOf: linkId => problems.get(linkId),
    start(open) {
      problems.clear()
      const rounds = new Rounds(clock, open, problems)
      look = () => rounds.plan(REFRESH_MS)
      const watching = open.record.watchChanges(look)
      // One that another device made may lack what was typed here.
      const leave = open.account.logs.home.watch(OUT_LINKS_SHARD, look)
      return () => {
        look = () => undefined
        leave()
        rounds.stop()
        void watching.then(stop => stop())
      }
    },
  }
}

/** One open record's. */
class Rounds {
  readonly #clock: Clock
  readonly #open: OpenVault
  readonly #problems: Map<LinkId, RefreshProblem>
  /** Ended elsewhere: nothing is put in their place. */
  readonly #gone = new Set<LinkId>()
  readonly #turns = new Turns()
  #isPlanned = false
  /** While it was looked up whether there is any. */
  #isAskedAgain = false
  #isStopped = false
  #cancel: () => void = () => undefined

  constructor(clock: Clock, open: OpenVault, problems: Map<LinkId, RefreshProblem>) {
    this.#clock = clock
    this.#open = open
    this.#problems = problems
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel()
  }

  /** Whoever has no living link has no timer for them either. */
  plan(delayMs: number): void {
    if (this.#isStopped || this.#open.account.row.isSample) return
    this.#isAskedAgain = this.#isPlanned
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#guard(async () => {
      const hasAny = await this.#hasAny()
      if (hasAny && !this.#isStopped) this.#cancel = this.#clock.after(delayMs, () => this.#begin())
      else this.#isPlanned = false
    })
  }

  async #hasAny(): Promise<boolean> {
    let hasAny = false
    do {
      this.#isAskedAgain = false
      hasAny = (await this.#living()).length > 0
    } while (!hasAny && this.#isAskedAgain)
    return hasAny
  }

  /** A lock cuts a round short: it is made again after the next unlock. */
  #guard(work: () => Promise<void>): void {
    work().catch((cause: unknown) => {
      if (!this.#isStopped) throw cause
    })
  }

  /** What changes from now on asks for another round, which waits for this one. */
  #begin(): void {
    this.#isPlanned = false
    this.#guard(() => this.#turns.next(() => this.#round()))
  }

  async #living(): Promise<readonly LinkId[]> {
    const living = await livingLinks(this.#open.account.logs.home, this.#clock.now())
    return living.filter(id => !this.#gone.has(id))
  }

  async #round(): Promise<void> {
    const { account } = this.#open
    if (this.#isStopped || account.isShutOut) return
    // What other devices wrote comes first: a file made without it would take theirs back until it came.
    await Promise.race([account.settle(), this.#waited(SETTLE_MS)])
    // Loaded when first needed: hardly anybody has one.
    const { refreshLink } = await import('./refresh-link.ts')
    const links = await this.#living()
    for (const id of links) {
      if (this.#isStopped) return
      this.#note(id, await refreshLink(this.#open, id, this.#clock, () => this.#isStopped))
    }
    if (links.some(id => this.#problems.get(id) === 'unreachable')) this.plan(RETRY_MS)
  }

  #waited(delayMs: number): Promise<void> {
    return new Promise(resolve => void this.#clock.after(delayMs, resolve))
  }

  #note(id: LinkId, came: RefreshProblem | 'level' | 'gone'): void {
    if (came === 'gone') this.#gone.add(id)
    if (came === 'level' || came === 'gone') this.#problems.delete(id)
    else this.#problems.set(id, came)
  }
}
