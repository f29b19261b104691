import type { LogSection } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { placeInLog, type Shard } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'

export interface SaverDeps {
  logOf(section: LogSection): SealedLog
  /** Stores all in one transaction and then calls `committed` or `refused` of each. */
  commit(prepared: readonly PreparedWrite[]): Promise<Result<void, StoreFailure>>
  /** Something became durable: sync may send it. */
  onSaved(): void
}

/** One act's writes to the documents, by log. */
export type Writes = (write: WriteShard) => Promise<void>

interface WriteShard {
  (shard: Shard, change: (doc: DocMap) => void): Promise<void>
  whole(shard: Shard, save: Uint8Array<ArrayBuffer>): Promise<void>
}

interface Batch {
  readonly logs: Set<SealedLog>
  readonly answer: Promise<Result<void, StoreFailure>>
  resolve(result: Result<void, StoreFailure>): void
  reject(cause: unknown): void
}

/**
 * Makes acts durable. Those of one moment share a transaction and its frames; those that come while one runs wait for it
 * before they touch a document, because a refused transaction takes back everything that is not stored.
 */
export interface Saver {
  save(writes: Writes): Promise<Result<void, StoreFailure>>
  /** Resolves when nothing is being saved. */
  idle(): Promise<void>
}

function makeBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<Result<void, StoreFailure>>()
  return { logs: new Set(), answer: promise, resolve, reject }
}

/** One transaction over several logs. Each waits for it, so none may be left waiting. */
async function transact(deps: SaverDeps, logs: ReadonlySet<SealedLog>): Promise<Result<void, StoreFailure>> {
  const prepared: PreparedWrite[] = []
  try {
    for (const log of logs) {
      const write = await log.prepare()
      if (write === 'no-key') return await refuse(prepared, logs)
      if (write !== undefined) prepared.push(write)
    }
  } catch (error) {
    for (const write of prepared) await write.refused()
    throw error
  }
  const result = prepared.length === 0 ? ok(undefined) : await deps.commit(prepared)
  if (result.ok) deps.onSaved()
  return result
}

/** A section that has not arrived on this device yet: nothing of the act is kept, in none of its logs. */
async function refuse(
  prepared: readonly PreparedWrite[],
  logs: ReadonlySet<SealedLog>,
): Promise<Result<void, StoreFailure>> {
  for (const write of prepared) await write.refused()
  for (const log of logs) {
    const write = await log.prepare()
    if (write !== 'no-key') await write?.refused()
  }
  return fail('no-key')
}

function writerFor(deps: SaverDeps, touched: Set<SealedLog>): WriteShard {
  const logOf = (section: LogSection) => {
    const log = deps.logOf(section)
    touched.add(log)
    return log
  }
  const change = async (shard: Shard, edit: (doc: DocMap) => void) => {
    const { log, label } = placeInLog(shard)
    await logOf(log).change<DocMap>(label, edit)
  }
  const whole = (shard: Shard, save: Uint8Array<ArrayBuffer>) => {
    const { log, label } = placeInLog(shard)
    return logOf(log).putShard(label, save)
  }
  return Object.assign(change, { whole })
}

export function makeSaver(deps: SaverDeps): Saver {
  let waiting: Batch | undefined
  let changing = 0
  let running: Promise<void> | undefined
  /** Acts write one after the other: a log's document must not be changed from two sides at once. */
  let written: Promise<unknown> = Promise.resolve()

  async function run(batch: Batch): Promise<void> {
    waiting = undefined
    await transact(deps, batch.logs).then(
      result => batch.resolve(result),
      cause => batch.reject(cause),
    )
    running = undefined
  }

  return {
    async save(writes) {
      while (running !== undefined) await running
      const touched = new Set<SealedLog>()
      waiting ??= makeBatch()
      const batch = waiting
      changing++
      try {
        const own = written.then(() => writes(writerFor(deps, touched)))
        written = own.catch(() => undefined)
        await own
      } finally {
        for (const log of touched) batch.logs.add(log)
        changing--
        // The last act of this moment to be written starts the transaction.
        if (changing === 0) running = run(batch)
      }
      return batch.answer
    },
    async idle() {
      while (running !== undefined || waiting !== undefined) await (running ?? waiting?.answer)
    },
  }
}
