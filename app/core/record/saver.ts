import type { Section } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import type { PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import type { DocMap } from './flat-fields.ts'

export interface SaverDeps {
  logOf(section: Section): SealedLog
  /** Stores all in one transaction and then calls `committed` or `refused` of each. */
  commit(prepared: readonly PreparedWrite[]): Promise<Result<void, StoreFailure>>
  /** Something became durable: sync may send it. */
  onSaved(): void
}

/** One act's writes to the documents, by log. */
export type Writes = (write: WriteShard) => Promise<void>

interface WriteShard {
  (section: Section, label: string, change: (doc: DocMap) => void): Promise<void>
  whole(section: Section, label: string, save: Uint8Array<ArrayBuffer>): Promise<void>
}

interface Batch {
  readonly logs: Set<SealedLog>
  readonly answer: Promise<Result<void, StoreFailure>>
  resolve(result: Result<void, StoreFailure>): void
  reject(cause: unknown): void
}

/** Makes acts durable: those that come while one transaction runs share the next (and its frames). */
export interface Saver {
  save(writes: Writes): Promise<Result<void, StoreFailure>>
  /** Resolves when nothing is being saved. */
  idle(): Promise<void>
}

function makeBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<Result<void, StoreFailure>>()
  return { logs: new Set(), answer: promise, resolve, reject }
}

export function makeSaver(deps: SaverDeps): Saver {
  let waiting: Batch | undefined
  let changing = 0
  let running: Promise<void> | undefined
  let changed = Promise.withResolvers<void>()

  async function transact(logs: ReadonlySet<SealedLog>): Promise<Result<void, StoreFailure>> {
    const prepared: PreparedWrite[] = []
    for (const log of logs) {
      const write = await log.prepare()
      if (write !== undefined) prepared.push(write)
    }
    const result = prepared.length === 0 ? ok(undefined) : await deps.commit(prepared)
    if (result.ok) deps.onSaved()
    return result
  }

  async function run(): Promise<void> {
    while (waiting !== undefined) {
      // Acts of one turn travel in one frame: the last of them to be written starts the transaction.
      while (changing > 0) await changed.promise
      const batch = waiting
      waiting = undefined
      await transact(batch.logs).then(
        result => batch.resolve(result),
        cause => batch.reject(cause),
      )
    }
    running = undefined
  }

  async function write(writes: Writes, touched: Set<SealedLog>): Promise<void> {
    changing++
    try {
      const shard = async (section: Section, label: string, change: (doc: DocMap) => void) => {
        const log = deps.logOf(section)
        touched.add(log)
        await log.change<DocMap>(label, change)
      }
      const whole = async (section: Section, label: string, save: Uint8Array<ArrayBuffer>) => {
        const log = deps.logOf(section)
        touched.add(log)
        await log.putShard(label, save)
      }
      await writes(Object.assign(shard, { whole }))
    } finally {
      changing--
      if (changing === 0) {
        changed.resolve()
        changed = Promise.withResolvers<void>()
      }
    }
  }

  return {
    async save(writes) {
      const touched = new Set<SealedLog>()
      await write(writes, touched)
      if (touched.size === 0) return ok(undefined)
      waiting ??= makeBatch()
      const batch = waiting
      for (const log of touched) batch.logs.add(log)
      running ??= run()
      return batch.answer
    },
    async idle() {
      while (running !== undefined) await running
    },
  }
}
