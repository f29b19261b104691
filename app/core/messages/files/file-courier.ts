import type { BlobId, FileId, LogId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import type { Transfer } from '../../file-session.ts'
import type { Clock } from '../../ports.ts'
import type { RelayClient, RelayFailure } from '../../sync/sync.ts'
import type { PieceStore, Waiting } from './piece-store.ts'

/** What was not sent is tried again so soon; a relay that refused it, later. */
const RETRY_MS = 3000
const REFUSED_RETRY_MS = 60_000

interface CourierDeps {
  readonly store: PieceStore
  readonly clock: Clock
  /** Who serves this log, once nothing of the log itself is left to send. */
  readonly clientOf: (logId: LogId) => RelayClient | undefined
  readonly onChange: () => void
}

interface Next {
  readonly logId: LogId
  readonly id: FileId
  readonly blobId: BlobId
}

/** Brings the relay what no frame names: one blob after the other, behind all that was said. */
export class FileCourier {
  readonly #deps: CourierDeps
  readonly #loaded: Promise<void>
  #waiting: Waiting = new Map()
  #stopped = new Set<FileId>()
  readonly #totals = new Map<FileId, number>()
  readonly #problems = new Map<FileId, NonNullable<Transfer['problem']>>()
  #isRunning = false
  #isOver = false
  #cancelRetry: (() => void) | undefined

  constructor(deps: CourierDeps) {
    this.#deps = deps
    this.#loaded = this.#load()
  }

  stop(): void {
    this.#isOver = true
    this.#cancelRetry?.()
  }

  /** More was placed beside a log. */
  async placed(): Promise<void> {
    await this.#loaded
    await this.#load()
    this.#deps.onChange()
    this.kick()
  }

  isWaiting(logId: LogId, id: FileId): boolean {
    return this.#waiting.get(logId)?.has(id) === true
  }

  async transfers(): Promise<readonly Transfer[]> {
    await this.#loaded
    return [...this.#waiting.values()].flatMap(files =>
      [...files].map(([id, blobs]) => {
        const problem = this.#problems.get(id)
        const done = 1 - blobs.size / Math.max(blobs.size, this.#totals.get(id) ?? 0)
        const isStopped = this.#stopped.has(id)
        return { id, kind: 'sending' as const, done, isStopped, ...(problem === undefined ? {} : { problem }) }
      }),
    )
  }

  async setStopped(id: FileId, isStopped: boolean): Promise<void> {
    if (isStopped) this.#stopped.add(id)
    else this.#stopped.delete(id)
    this.#problems.delete(id)
    // Only whether it goes on by itself next time hangs on it.
    await this.#deps.store.setStopped(id, isStopped)
    this.#deps.onChange()
    this.kick()
  }

  kick(): void {
    if (this.#isRunning || this.#isOver) return
    this.#isRunning = true
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    void this.#loaded
      .then(() => this.#run())
      .finally(() => {
        this.#isRunning = false
      })
  }

  async #load(): Promise<void> {
    const { store } = this.#deps
    this.#waiting = await store.waiting()
    this.#stopped = await store.stopped()
    for (const files of this.#waiting.values()) {
      for (const [id, blobs] of files) this.#totals.set(id, Math.max(blobs.size, this.#totals.get(id) ?? 0))
    }
  }

  async #run(): Promise<void> {
    const left = new Set<FileId>()
    let delayMs = RETRY_MS
    for (let next = this.#next(left); next !== undefined && !this.#isOver; next = this.#next(left)) {
      const sent = await this.#send(next)
      if (sent === 'refused') delayMs = REFUSED_RETRY_MS
      if (sent !== 'sent') left.add(next.id)
    }
    if (left.size > 0 && !this.#isOver) this.#cancelRetry = this.#deps.clock.after(delayMs, () => this.kick())
  }

  async #send(next: Next): Promise<'sent' | 'later' | 'refused'> {
    const client = this.#deps.clientOf(next.logId)
    if (client === undefined) return 'later'
    // Gone with its log: nobody waits for it.
    const bytes = await this.#deps.store.piece(next.logId, next.blobId)
    const put = bytes === undefined ? ok(undefined) : await client.putBlob(next.logId, next.blobId, bytes)
    if (!put.ok) return this.#failed(next.id, put.failure) ? 'refused' : 'later'
    return (await this.#sent(next)) ? 'sent' : 'later'
  }

  async #sent({ logId, id, blobId }: Next): Promise<boolean> {
    const noted = await this.#deps.store.sent(logId, id, blobId)
    if (!noted.ok) return false
    const files = this.#waiting.get(logId)
    files?.get(id)?.delete(blobId)
    this.#problems.delete(id)
    if (files?.get(id)?.size === 0) {
      files.delete(id)
      this.#totals.delete(id)
    }
    this.#deps.onChange()
    return true
  }

  /** Whether it was refused, so that trying soon again is of no use. */
  #failed(id: FileId, failure: RelayFailure): boolean {
    if (failure.kind !== 'refused') return false
    this.#problems.set(id, failure.code === 'quota' ? 'relay-full' : 'refused')
    this.#deps.onChange()
    return true
  }

  /** Small ones first, so that a film keeps no photo back. */
  #next(left: ReadonlySet<FileId>): Next | undefined {
    const files = [...this.#waiting].flatMap(([logId, ofLog]) =>
      [...ofLog].map(([id, blobs]) => ({ logId, id, blobs })),
    )
    const able = files.filter(({ id }) => !this.#stopped.has(id) && !left.has(id))
    const [first] = able.toSorted((a, b) => a.blobs.size - b.blobs.size)
    const [blobId] = first?.blobs ?? []
    return first && blobId !== undefined ? { logId: first.logId, id: first.id, blobId } : undefined
  }
}
