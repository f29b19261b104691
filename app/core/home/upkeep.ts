import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { idBytes, LogId } from '#schema/ids.ts'
import { encodePrune } from '#schema/protocol/owner.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, Clock } from '../ports.ts'
import type { Account } from './account.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Quiet time after unlock before the first round, then between rounds. */
const FIRST_MS = 60_000
const ROUND_MS = 15 * 60_000
/** A snapshot pays once this many frames came after the last one. */
const SNAPSHOT_FRAMES = 500
const ROW_KEY = 'upkeep'

/**
 * Keeps logs short and unlocking quick, from unlock to lock: HEADS at most daily, a snapshot when many frames came since the
 * last one, a prune of what it covers, and the caches. Whatever is refused is tried in the next round.
 */
export class Upkeep {
  readonly #account: Account
  readonly #store: ByteStore
  readonly #clock: Clock
  readonly #rowKey: Bytes
  #cancel: () => void
  #isStopped = false

  constructor(account: Account, store: ByteStore, clock: Clock, rowKey: Bytes) {
    this.#account = account
    this.#store = store
    this.#clock = clock
    this.#rowKey = rowKey
    this.#cancel = clock.after(FIRST_MS, () => this.#go())
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel()
  }

  /** A lock cuts a round short: what it wrote stays good. */
  #go(): void {
    void this.#round().catch((cause: unknown) => {
      if (!this.#isStopped) throw cause
    })
  }

  async #round(): Promise<void> {
    const covered = new Map(await this.#read())
    for (const log of this.#account.allLogs()) {
      if (this.#isStopped) return
      if (!this.#account.isShutOut && !this.#isOver(log)) await this.#shorten(log, covered)
      if (!this.#isOver(log)) await log.saveCaches()
    }
    await this.#write(covered)
    if (!this.#isStopped) this.#cancel = this.#clock.after(ROUND_MS, () => this.#go())
  }

  /** Also one that was let go while the round waited for something. */
  #isOver(log: SealedLog): boolean {
    return this.#isStopped || !this.#account.holds(log)
  }

  async #shorten(log: SealedLog, covered: Map<LogId, number>): Promise<void> {
    await log.writeHeads()
    if (this.#isOver(log)) return
    const frames = log.feeds().reduce((total, feed) => total + feed.next, 0)
    if (frames - (covered.get(log.id) ?? 0) < SNAPSHOT_FRAMES) return
    const written = await log.writeSnapshot()
    if (!written.ok) return
    covered.set(log.id, frames)
    const settled = await this.#account.settle()
    const owner = this.#account.keyring.logs.find(one => one.logId === log.id)?.owners[0]
    const prune = owner && settled.ok && !this.#isOver(log) ? await log.makePrune(owner.key) : undefined
    if (prune !== undefined) await this.#account.client.prune(log.id, encodePrune(prune))
  }

  /** How many frames each log had at its last snapshot by this device. */
  async #read(): Promise<readonly (readonly [LogId, number])[]> {
    const sealed = await this.#store.get('sealed', ROW_KEY)
    const opened = sealed && openSecret(this.#rowKey, ROW_KEY, sealed)
    if (!opened?.ok) return []
    const rows = decodeAll(opened.value, reader => reader.list(0xffff, r => [LogId.read(r), r.u64()] as const))
    return rows.ok ? rows.value : []
  }

  async #write(covered: ReadonlyMap<LogId, number>): Promise<void> {
    if (this.#isStopped) return
    const rows = new ByteWriter().list([...covered], (writer, [id, frames]) => writer.bytes(idBytes(id)).u64(frames))
    await this.#store.commit([{ table: 'sealed', key: ROW_KEY, value: sealSecret(this.#rowKey, ROW_KEY, rows.done()) }])
  }
}
