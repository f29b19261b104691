import type { ByteStore, StoreFailure, StoreWrite, Table } from '#app/core/ports.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Thrown by every call of a store whose process was killed. */
export class ProcessKilled extends Error {}

/** What survives a process: rows by table. Any number of stores can be opened on it, one after the other. */
export interface MemoryDisk {
  /** A new process's store. It may write once it claimed the disk. */
  open(): MemoryStore
  /** The same rows on another disk: a cloned browser profile. */
  clone(): MemoryDisk
  rows(table: Table): ReadonlyMap<string, Bytes>
  /** Changes a row behind everybody's back. */
  tamper(table: Table, key: string, change: (value: Bytes) => Bytes | undefined): void
}

/** A ByteStore in memory that fails and dies when told to. Commits are counted from 1. */
export interface MemoryStore extends ByteStore {
  readonly commits: number
  readonly isKilled: boolean
  /** The next `count` commits answer `failure` and change nothing. */
  failNext(failure: StoreFailure, count?: number): void
  /** The process dies in commit `number`: `before` it was durable, or `after`. */
  killAt(number: number, when: 'before' | 'after'): void
  kill(): void
  /** While it is full, claims and commits answer `quota`. */
  setFull(isFull: boolean): void
}

const TABLES: readonly Table[] = ['vault', 'frames', 'outbox', 'sealed', 'blobs']

/** Rows that keep their keys in order once somebody asked for them: a database does not sort all of a table for each list either. */
class OrderedRows extends Map<string, Bytes> {
  #ordered: string[] | undefined

  override set(key: string, value: Bytes): this {
    if (!this.has(key)) this.#ordered = undefined
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    this.#ordered = undefined
    return super.delete(key)
  }

  override clear(): void {
    this.#ordered = undefined
    super.clear()
  }

  keysWith(prefix: string): string[] {
    const ordered = (this.#ordered ??= [...this.keys()].toSorted(byCodeUnit))
    let [from, to] = [0, ordered.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (ordered[middle]! < prefix) from = middle + 1
      else to = middle
    }
    const found: string[] = []
    for (let at = from; ordered[at]?.startsWith(prefix) === true; at++) found.push(ordered[at]!)
    return found
  }
}

type Rows = Record<Table, OrderedRows>

/** `from`: rows that were there before, as they are. */
export function makeMemoryDisk(from?: Record<Table, ReadonlyMap<string, Bytes>>): MemoryDisk {
  const rows = emptyRows()
  if (from !== undefined)
    for (const table of TABLES) for (const [key, value] of from[table]) rows[table].set(key, value)
  const disk = { rows, owner: 0 }
  return {
    open: () => openMemoryStore(disk),
    clone: () => {
      const copy = emptyRows()
      for (const table of TABLES) for (const [key, value] of rows[table]) copy[table].set(key, value.slice())
      return makeMemoryDisk(copy)
    },
    rows: table => rows[table],
    tamper(table, key, change) {
      const value = rows[table].get(key)
      const next = value && change(value.slice())
      if (next === undefined) rows[table].delete(key)
      else rows[table].set(key, next)
    },
  }
}

/** A store on a disk of its own, claimed. */
export function makeMemoryStore(): MemoryStore {
  return makeMemoryDisk().open()
}

function emptyRows(): Rows {
  return {
    vault: new OrderedRows(),
    frames: new OrderedRows(),
    outbox: new OrderedRows(),
    sealed: new OrderedRows(),
    blobs: new OrderedRows(),
  }
}

function openMemoryStore(disk: { rows: Rows; owner: number }): MemoryStore {
  let owner = ++disk.owner
  let commits = 0
  let failures: StoreFailure[] = []
  let kill: { readonly number: number; readonly when: 'before' | 'after' } | undefined
  let isKilled = false
  let isFull = false

  function die(): never {
    isKilled = true
    throw new ProcessKilled('The process was killed')
  }
  async function alive(): Promise<void> {
    if (isKilled) die()
    await Promise.resolve()
    if (isKilled) die()
  }
  function refusal(): StoreFailure | undefined {
    if (isFull) return 'quota'
    return owner === disk.owner ? failures.shift() : 'fenced'
  }
  function apply(writes: readonly StoreWrite[]): void {
    for (const write of writes) {
      if ('remove' in write) disk.rows[write.table].delete(write.key)
      else disk.rows[write.table].set(write.key, write.value.slice())
    }
  }

  return {
    get commits() {
      return commits
    },
    get isKilled() {
      return isKilled
    },
    async get(table, key) {
      await alive()
      return disk.rows[table].get(key)?.slice()
    },
    async list(table, prefix, options = {}) {
      await alive()
      const { after, limit } = options
      const keys = disk.rows[table].keysWith(prefix).filter(key => after === undefined || key > after)
      return keys.slice(0, limit).map(key => [key, disk.rows[table].get(key)!.slice()] as const)
    },
    async keys(table, prefix) {
      await alive()
      return disk.rows[table].keysWith(prefix)
    },
    async commit(writes): Promise<Result<void, StoreFailure>> {
      await alive()
      commits++
      if (kill?.number === commits && kill.when === 'before') die()
      const failure = refusal()
      if (failure !== undefined) return fail(failure)
      apply(writes)
      if (kill?.number === commits) die()
      return ok(undefined)
    },
    async claim() {
      await alive()
      if (isFull) return fail('quota')
      owner = ++disk.owner
      return ok(undefined)
    },
    async erase() {
      await alive()
      const failure = refusal()
      if (failure !== undefined) return fail(failure)
      for (const table of TABLES) disk.rows[table].clear()
      return ok(undefined)
    },
    failNext(failure, count = 1) {
      failures = [...failures, ...Array.from({ length: count }, () => failure)]
    },
    killAt(number, when) {
      kill = { number, when }
    },
    kill() {
      isKilled = true
    },
    setFull(next) {
      isFull = next
    },
  }
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
