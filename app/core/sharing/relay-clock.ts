import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import type { ByteStore, Clock } from '../ports.ts'
import type { RelayClient } from '../sync/sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

const ROW_KEY = 'relay-time'
/** The last time heard is written down this often. */
const SAVE_EVERY_MS = 10 * 60_000

/** By what the relay last told this process; undefined before it has. */
export function heardTime(client: Pick<RelayClient, 'relayTime'>, clock: Clock): Instant | undefined {
  const known = client.relayTime()
  return known && instant(known.relay + Math.max(0, Math.floor(clock.monotonicMs() - known.atMs)))
}

/**
 * What time it is by the relay. Ends are judged by it: this device's own clock may be wrong by years, and may be set while the app
 * runs. Between two times heard only the monotonic clock counts.
 */
export class RelayClock {
  readonly #client: Pick<RelayClient, 'relayTime'>
  readonly #clock: Clock
  readonly #store: ByteStore
  readonly #key: Bytes
  readonly #startMs: number
  /** The latest time that an earlier process heard: it was then, so it is not earlier now. */
  #floor = instant(0)
  #savedAtMs = Number.NEGATIVE_INFINITY
  #isReachable: boolean | undefined
  /** Resolves when what an earlier process heard is known. */
  readonly ready: Promise<void>

  constructor(client: Pick<RelayClient, 'relayTime'>, clock: Clock, store: ByteStore, key: Bytes) {
    this.#client = client
    this.#clock = clock
    this.#store = store
    this.#key = key
    this.#startMs = clock.monotonicMs()
    this.ready = this.#load()
  }

  /** Whether the relay told the time since this process began. */
  get isSure(): boolean {
    return this.#client.relayTime() !== undefined
  }

  now(): Instant {
    const heard = this.#heard()
    return heard ?? instant(Math.max(this.#clock.now(), this.#fromFloor()))
  }

  /** It is not earlier, by what the relay told this process or the one before: for ending what is over without a network, too. */
  atLeast(): Instant {
    return this.#heard() ?? (this.#floor > 0 ? this.#fromFloor() : instant(0))
  }

  /**
   * For closing what may be over: as `now`, but where the relay was asked and could not be reached, this device's clock counts if it
   * says later, since a sleeping computer's monotonic clock stands still.
   */
  latest(): Instant {
    const known = this.#client.relayTime()
    if (this.#isReachable === false) {
      const byWall = known === undefined ? this.#clock.now() : known.relay + (this.#clock.now() - known.here)
      return instant(Math.max(byWall, this.#heard() ?? this.#fromFloor()))
    }
    return this.#heard() ?? (this.#floor > 0 ? this.#fromFloor() : this.#clock.now())
  }

  /** The relay was asked, and answered or could not be reached. */
  async asked(isReachable: boolean): Promise<void> {
    this.#isReachable = isReachable
    if (this.#clock.monotonicMs() - this.#savedAtMs >= SAVE_EVERY_MS) await this.save()
  }

  /** For the next process. */
  async save(): Promise<void> {
    const heard = this.#heard()
    if (heard === undefined) return
    this.#savedAtMs = this.#clock.monotonicMs()
    const value = sealSecret(this.#key, ROW_KEY, new ByteWriter().u64(heard).done())
    await this.#store.commit([{ table: 'sealed', key: ROW_KEY, value }])
  }

  #heard(): Instant | undefined {
    return heardTime(this.#client, this.#clock)
  }

  #fromFloor(): Instant {
    return instant(this.#floor + Math.max(0, Math.floor(this.#clock.monotonicMs() - this.#startMs)))
  }

  async #load(): Promise<void> {
    const sealed = await this.#store.get('sealed', ROW_KEY)
    const opened = sealed && openSecret(this.#key, ROW_KEY, sealed)
    const time = opened?.ok ? decodeAll(opened.value, readInstant) : undefined
    if (time?.ok) this.#floor = time.value
  }
}
