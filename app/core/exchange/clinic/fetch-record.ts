import { fail, ok, type Result } from '#schema/result.ts'
import type { ClinicFault } from '../../clinic-session.ts'
import type { OutsideAnswer } from '../../link-session.ts'
import type { UnusableReason } from '../../import-session.ts'
import type { LinkFile } from '../link/follow-link.ts'
import { MedicationBook } from './medication-book.ts'
import { readPage, readSkills } from './read-clinic.ts'
import { type ClinicSearch, searchAddress, searchesFor } from './searches.ts'

/** Asks the clinic as whoever signed in. `signed-out`: it lets nobody in with what is kept here. */
export type AskClinic = (
  url: string,
  maxBytes: number,
  /** What it may come as; left out: FHIR in JSON. */
  accept?: string,
) => Promise<OutsideAnswer | { readonly kind: 'signed-out' }>

export interface FetchDeps {
  readonly ask: AskClinic
  /** Answers false when the person gave up meanwhile. */
  wait(delayMs: number): Promise<boolean>
  readonly signal: AbortSignal
  onPage(told: { readonly pages: number; readonly entries: number }): void
}

export interface FetchAsked {
  /** The FHIR server, without a slash at its end. */
  readonly address: string
  /** The Patient's id there. */
  readonly patient: string
  /** Left out: everything. */
  readonly since?: string
}

export interface FetchedRecord {
  /** Pages as they came, and what did not come with its reason. */
  readonly files: readonly LinkFile[]
  /** Nothing failed that could come another time: the next fetch may begin where this one did. */
  readonly isComplete: boolean
}

const MAX_PAGE_BYTES = 30_000_000
const MAX_BYTES = 100_000_000
const MAX_PAGES = 500
const MAX_MEDICATIONS = 300
const MAX_TRIES = 4
/** Where a server asks to wait and does not say how long. */
const WAIT_MS = 5000
const MAX_WAIT_MS = 60_000

type Why = 'refused' | 'busy' | 'unreachable' | 'nonsense' | 'elsewhere' | 'too-much'
/** Another time it may be there. */
const PASSING: ReadonlySet<Why> = new Set(['busy', 'unreachable', 'nonsense', 'elsewhere', 'too-much'])
type Stopped = 'signed-out' | 'cancelled'

/** All pages of one address came, or why not. `bad-request`: the server does not take this search as it is. */
type Followed = 'done' | 'bad-request' | Why

/** Fetches a patient's record, page by page. Total, whatever the other side answers; a part that fails costs only itself. */
export async function fetchRecord(asked: FetchAsked, deps: FetchDeps): Promise<Result<FetchedRecord, ClinicFault>> {
  const fetching = new Fetching(asked, deps)
  try {
    return await fetching.all()
  } catch (stopped) {
    if (stopped instanceof Stop) return fail(stopped.why)
    throw stopped
  }
}

/** Ends a fetch from within: what was fetched so far counts for nothing. */
class Stop extends Error {
  readonly why: Stopped

  constructor(why: Stopped) {
    super(`Cannot go on fetching: ${why}`)
    this.why = why
  }
}

class Fetching {
  readonly #asked: FetchAsked
  readonly #deps: FetchDeps
  readonly #files: LinkFile[] = []
  readonly #seen = new Set<string>()
  readonly #products = new MedicationBook()
  #pages = 0
  #entries = 0
  #bytes = 0
  #isComplete = true
  #lastFault: ClinicFault = 'empty'

  constructor(asked: FetchAsked, deps: FetchDeps) {
    this.#asked = asked
    this.#deps = deps
  }

  async all(): Promise<Result<FetchedRecord, ClinicFault>> {
    const { address, patient, since } = this.#asked
    const said = await this.#get(`${address}/metadata`)
    if (said.kind !== 'answer') return fail(faultOf(said))
    const skills = readSkills(said.status === 200 ? new TextDecoder().decode(said.bytes) : '')
    const canDoAll = skills.hasEverything && since === undefined
    const whole = canDoAll ? await this.#follow(`${address}/Patient/${patient}/$everything?_count=200`) : 'refused'
    if (whole !== 'done') {
      // What came of it before it broke off comes again by the searches.
      this.#files.length = 0
      this.#seen.clear()
      this.#products.clear()
      this.#bytes = 0
      this.#entries = 0
      await this.#patient()
      for (const search of searchesFor(skills)) await this.#search(search)
    }
    await this.#medications()
    if (!this.#files.some(file => 'bytes' in file)) return fail(this.#lastFault)
    return ok({ files: this.#files, isComplete: this.#isComplete })
  }

  /** So that the preview says whose record it is. */
  async #patient(): Promise<void> {
    const { address, patient } = this.#asked
    const answer = await this.#get(`${address}/Patient/${patient}`)
    if (answer.kind === 'answer' && answer.status === 200 && !this.#isTooMuch(answer.bytes)) {
      this.#files.push({ place: 'Patient', bytes: answer.bytes })
    } else this.#note('Patient', whyOf(answer))
  }

  /** The products that orders only refer to: without them nobody can tell which medicine was meant. */
  async #medications(): Promise<void> {
    const { address } = this.#asked
    const missing = this.#products.missing(address)
    const faults = new Set<Why>(missing.length > MAX_MEDICATIONS ? ['too-much'] : [])
    for (const name of missing.slice(0, MAX_MEDICATIONS)) {
      const answer = await this.#get(`${address}/${name}`)
      if (answer.kind !== 'answer' || answer.status !== 200) faults.add(whyOf(answer))
      else if (this.#isTooMuch(answer.bytes)) faults.add('too-much')
      else this.#files.push({ place: 'Medication', bytes: answer.bytes })
    }
    for (const why of faults) this.#note('Medication', why)
  }

  /** As it is; without the time where the server refuses that; by category where it wants one. */
  async #search({ type, categories = [], include }: ClinicSearch): Promise<void> {
    const { since } = this.#asked
    const at = (more: { readonly category?: string; readonly since?: string }) =>
      this.#follow(
        searchAddress(this.#asked.address, this.#asked.patient, {
          type,
          ...more,
          ...(include === undefined ? {} : { include }),
        }),
        type,
      )
    let done = await at(since === undefined ? {} : { since })
    if (done === 'bad-request' && since !== undefined) done = await at({})
    if (done !== 'bad-request') return this.#note(type, done)
    const parts: Followed[] = []
    for (const category of categories) parts.push(await at({ category }))
    const failed = parts.filter(part => part !== 'done' && part !== 'bad-request')
    if (failed.length > 0) for (const why of failed) this.#note(type, why)
    else if (!parts.includes('done')) this.#note(type, 'refused')
  }

  #note(place: string, why: Followed): void {
    if (why === 'done') return
    const reason = why === 'bad-request' ? 'refused' : why
    this.#files.push({ place, reason: `clinic-${reason}` satisfies UnusableReason })
    if (PASSING.has(reason)) this.#isComplete = false
    this.#lastFault = reason === 'elsewhere' || reason === 'too-much' ? 'nonsense' : reason
  }

  /** An address and all that follow it, within the clinic's own host. */
  async #follow(first: string, type = 'Bundle'): Promise<Followed> {
    const { host } = new URL(this.#asked.address)
    for (let url: string | undefined = first; url !== undefined; ) {
      if (this.#seen.has(url)) return 'nonsense'
      this.#seen.add(url)
      const answer = await this.#get(url)
      if (answer.kind === 'answer' && answer.status === 400) return 'bad-request'
      if (answer.kind !== 'answer' || answer.status !== 200) return whyOf(answer)
      if (this.#pages >= MAX_PAGES || this.#isTooMuch(answer.bytes)) return 'too-much'
      const page = readPage(new TextDecoder().decode(answer.bytes))
      if (page === undefined) return 'nonsense'
      this.#pages += 1
      this.#entries += page.entries
      this.#products.add(page.medications)
      this.#files.push({ place: type, bytes: answer.bytes })
      for (const place of page.filesElsewhere) this.#files.push({ place, reason: 'clinic-file' })
      this.#deps.onPage({ pages: this.#pages, entries: this.#entries })
      if (page.next === undefined) return 'done'
      const next: URL | undefined = URL.canParse(page.next, url) ? new URL(page.next, url) : undefined
      if (next?.protocol !== 'https:' || next.host !== host || next.username !== '') return 'elsewhere'
      url = next.href
    }
    return 'done'
  }

  #isTooMuch(bytes: Uint8Array): boolean {
    if (this.#bytes + bytes.length > MAX_BYTES) return true
    this.#bytes += bytes.length
    return false
  }

  /** Waits where the server asks for it. */
  async #get(url: string): Promise<OutsideAnswer> {
    for (let tries = 1; ; tries++) {
      if (this.#deps.signal.aborted) throw new Stop('cancelled')
      const answer = await this.#deps.ask(url, MAX_PAGE_BYTES)
      if (this.#deps.signal.aborted) throw new Stop('cancelled')
      if (answer.kind === 'signed-out') throw new Stop('signed-out')
      const isBusy = answer.kind === 'answer' && (answer.status === 429 || answer.status === 503)
      if (!isBusy || tries === MAX_TRIES) return answer
      if (!(await this.#deps.wait(Math.min(answer.retryAfterMs ?? WAIT_MS, MAX_WAIT_MS)))) throw new Stop('cancelled')
    }
  }
}

function whyOf(answer: OutsideAnswer): Why {
  if (answer.kind === 'too-large') return 'too-much'
  if (answer.kind === 'redirected') return 'elsewhere'
  if (answer.kind !== 'answer') return 'unreachable'
  if (answer.status === 429 || answer.status >= 500) return 'busy'
  return 'refused'
}

function faultOf(answer: OutsideAnswer): ClinicFault {
  return answer.kind === 'answer' || answer.kind === 'not-allowed' ? 'refused' : answer.kind
}
