import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { DeviceId, idBytes } from '#schema/ids.ts'
import type { Result } from '#schema/result.ts'
import type { ByteStore, Clock } from '../ports.ts'
import type { SyncProblem } from '../session.ts'
import type { RelayFailure } from '../sync/sync.ts'

const ROW_KEY = 'refused'
const ASK_AGAIN_MS = 10 * 60_000

/** As `SyncProblem` says. */
const KINDS = ['refused-here', 'record-gone', 'keys-changed'] as const satisfies readonly SyncProblem['kind'][]
export type RefusalKind = (typeof KINDS)[number]

export interface RefusalDeps {
  readonly store: ByteStore
  readonly clock: Clock
  /** Which one is refused: another may take its place on this disk. */
  readonly device: DeviceId
  /** Ok once the relay serves this device. */
  ask(): Promise<Result<unknown, RelayFailure>>
  onChange(): void
}

/**
 * That the relay serves this device no more, by its own word alone: it may be right, wrong, or a lie. Remembered over a restart, and
 * asked again from time to time.
 */
export class Refusal {
  readonly #deps: RefusalDeps
  #kind: RefusalKind | undefined
  #isAsking = false
  #isStopped = false
  #cancel: (() => void) | undefined

  constructor(deps: RefusalDeps) {
    this.#deps = deps
  }

  /** Undefined while it serves this device. */
  get kind(): RefusalKind | undefined {
    return this.#kind
  }

  /** As an earlier process left it. */
  async load(): Promise<void> {
    const { store, device } = this.#deps
    const row = await store.get('sealed', ROW_KEY)
    const known = row && decodeAll(row, reader => ({ device: DeviceId.read(reader), kind: KINDS[reader.u8()] }))
    if (known?.ok && known.value.device === device) this.#kind = known.value.kind
  }

  begin(kind: RefusalKind): void {
    if (this.#kind !== undefined || this.#isStopped) return
    this.#kind = kind
    const value = new ByteWriter().bytes(idBytes(this.#deps.device)).u8(KINDS.indexOf(kind)).done()
    // Should the disk have no room for this, the next process hears it from the relay.
    void this.#deps.store.commit([{ table: 'sealed', key: ROW_KEY, value }])
    this.#askLater(ASK_AGAIN_MS)
    this.#deps.onChange()
  }

  /** The network is back, or a process began. */
  askSoon(): void {
    if (this.#kind !== undefined) this.#askLater(0)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
  }

  #askLater(delayMs: number): void {
    if (this.#isStopped) return
    this.#cancel?.()
    this.#cancel = this.#deps.clock.after(delayMs, () => void this.#ask())
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const answer = await this.#deps.ask()
    this.#isAsking = false
    if (this.#isStopped) return
    if (!answer.ok) return this.#askLater(ASK_AGAIN_MS)
    this.#kind = undefined
    void this.#deps.store.commit([{ table: 'sealed', key: ROW_KEY, remove: true }])
    this.#deps.onChange()
  }
}
