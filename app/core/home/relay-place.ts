import type { Relays } from '../sync/relays.ts'
import type { HomeLog } from './home-log.ts'
import { formerRelay, type KnownRelay, readRelay, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

/** Where the record is, as the home log says. */
export class RelayPlace {
  readonly #home: HomeLog
  readonly #listeners = new Set<() => void>()
  #known: KnownRelay

  private constructor(home: HomeLog, known: KnownRelay) {
    this.#home = home
    this.#known = known
  }

  static async of(home: HomeLog): Promise<RelayPlace> {
    return new RelayPlace(home, await readIn(home))
  }

  get known(): KnownRelay {
    return this.#known
  }

  /** The names of relays where people look for this person's mailboxes: who has not heard of a move yet, at the one before. */
  mailRelays(relays: Relays): readonly string[] {
    const former = relays.nameOf(formerRelay(this.#known) ?? '')
    return former === '' ? [''] : ['', former]
  }

  async load(): Promise<void> {
    const before = this.#known
    this.#known = await readIn(this.#home)
    if (this.#known.address !== before.address) for (const listener of this.#listeners) listener()
  }

  watchMoved(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

async function readIn({ log }: HomeLog): Promise<KnownRelay> {
  return readRelay(await log.read<RelayDocument>(RELAY_SHARD))
}
