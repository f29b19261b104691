import type { LinkId } from '#schema/ids.ts'
import type { Result } from '#schema/result.ts'
import type { RefreshProblem } from '../out-link-session.ts'
import type { Clock } from '../ports.ts'
import { Turns } from '../turns.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { type KeptOutLink, OUT_LINKS_SHARD, type OutLinkBook, outLinkBook } from './out-links-document.ts'

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
  readonly #book: OutLinkBook
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
    this.#book = outLinkBook(open.account.logs.home)
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

  async #living(): Promise<readonly KeptOutLink[]> {
    const now = this.#clock.now()
    const kept = await this.#book.list()
    return kept.filter(
      ({ living, linkId, expiresAt }) => living !== undefined && expiresAt > now && !this.#gone.has(linkId),
    )
  }

  async #round(): Promise<void> {
    const { account } = this.#open
    if (this.#isStopped || account.isShutOut) return
    // What other devices wrote comes first: a file made without it would take theirs back until it came.
    await Promise.race([account.settle(), this.#waited(SETTLE_MS)])
    const links = await this.#living()
    for (const link of links) {
      if (this.#isStopped) return
      this.#note(link, await this.#refresh(link))
    }
    if (links.some(({ linkId }) => this.#problems.get(linkId) === 'unreachable')) this.plan(RETRY_MS)
  }

  #waited(delayMs: number): Promise<void> {
    return new Promise(resolve => void this.#clock.after(delayMs, resolve))
  }

  #note({ linkId }: KeptOutLink, came: RefreshProblem | 'level' | 'gone'): void {
    if (came === 'gone') this.#gone.add(linkId)
    if (came === 'level' || came === 'gone') this.#problems.delete(linkId)
    else this.#problems.set(linkId, came)
  }

  /** The relay has the file before it is noted that it has: what is cut short between is sent once more. */
  async #refresh(link: KeptOutLink): Promise<RefreshProblem | 'level' | 'gone'> {
    const { refreshLink } = await import('./refresh-link.ts')
    const sent = await refreshLink(this.#open, link)
    if (!sent.ok) return sent.failure
    if (sent.value !== undefined && !this.#isStopped) {
      await this.#book.noteRefreshed(link.linkId, { at: this.#clock.now(), digest: sent.value })
    }
    return 'level'
  }
}

/** The digest of the file that the relay has now; undefined when it was level before. */
export type Refreshed = Result<string | undefined, RefreshProblem | 'gone'>
