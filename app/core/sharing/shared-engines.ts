import type { SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import type { Clock, Random } from '../ports.ts'
import type { SyncStatus } from '../session.ts'
import { makeSyncEngine } from '../sync/engine.ts'
import type { Relays } from '../sync/relays.ts'
import type { SyncEngine } from '../sync/sync.ts'

/** How far what was written into records that others share has got. */
export type SharedSync = Pick<SyncStatus, 'kind' | 'waitingCount'>

export interface EnginesDeps {
  readonly relays: Relays
  readonly holder: SigningKey
  readonly clock: Clock
  readonly random: Random
  readonly onSharedSync: (shared: SharedSync) => void
}

const KINDS: readonly SyncStatus['kind'][] = ['saving', 'waiting', 'sending', 'backed-up']

/** All that this person did, wherever it belongs. */
export function joinSync(all: readonly SharedSync[]): SharedSync {
  const kind = KINDS.find(one => all.some(told => told.kind === one)) ?? 'backed-up'
  return { kind, waitingCount: all.reduce((total, told) => total + told.waitingCount, 0) }
}

/** What keeps others' logs level: one engine for each relay at which they lie, begun with the first log that lies there. */
export class SharedEngines {
  readonly #deps: EnginesDeps
  readonly #engines = new Map<string, SyncEngine>()
  readonly #told = new Map<string, SharedSync>()
  #isOnline = true

  constructor(deps: EnginesDeps) {
    this.#deps = deps
  }

  at(relay: string): SyncEngine {
    const { relays, holder, clock, random } = this.#deps
    const name = relays.nameOf(relay)
    const known = this.#engines.get(name)
    if (known !== undefined) return known
    const engine = makeSyncEngine({
      link: relays.linkTo(name),
      client: relays.clientOf(name),
      holder,
      clock,
      random,
    })
    this.#engines.set(name, engine)
    engine.setOnline(this.#isOnline)
    engine.watchStatus(status => this.#heard(name, status))
    return engine
  }

  cursor(logId: LogId): number | undefined {
    return this.#first(engine => engine.cursor(logId))
  }

  served(logId: LogId): ReturnType<SyncEngine['served']> {
    return this.#first(engine => engine.served(logId))
  }

  /** At another relay than this person's own. */
  isElsewhere(logId: LogId): boolean {
    return [...this.#engines].some(([name, engine]) => name !== '' && engine.served(logId) !== undefined)
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    for (const engine of this.#engines.values()) engine.setOnline(isOnline)
  }

  tryNow(): void {
    for (const engine of this.#engines.values()) void engine.tryNow()
  }

  stop(): void {
    for (const engine of this.#engines.values()) engine.stop()
  }

  #first<Value>(ask: (engine: SyncEngine) => Value | undefined): Value | undefined {
    for (const engine of this.#engines.values()) {
      const answer = ask(engine)
      if (answer !== undefined) return answer
    }
    return undefined
  }

  #heard(name: string, status: SharedSync): void {
    this.#told.set(name, status)
    this.#deps.onSharedSync(joinSync([...this.#told.values()]))
  }
}
