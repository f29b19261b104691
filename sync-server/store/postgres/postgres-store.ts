import { randomBytes } from 'node:crypto'
import type { ClientBase, Pool, PoolClient, QueryConfig } from 'pg'
import type { Right } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { ok, type Result } from '#schema/result.ts'
import { AccessNotes } from '../access-notes.ts'
import type { BlobStore } from '../blob-store.ts'
import { BLOBS_ELSEWHERE, elsewhereBytes, isAnyElsewhere } from '../blobs.ts'
import type { StoreContext } from '../context.ts'
import type { AppendRefusal, Asker, Heard, NewFrame, RelayStore, StoreLimits, Stored, Swept } from '../relay-store.ts'
import { blob, int, type Row, text } from '../row.ts'
import { SharedStore } from '../shared-store.ts'
import { get, type Work } from '../work.ts'
import { appendBatch, type WaitingAppend } from './append-batch.ts'
import { isAway, newClient, newPool, reasonOf, SIGN_OF_LIFE } from './connect.ts'
import { type Grown, Listener } from './listener.ts'
import { migrate } from './migrate.ts'
import { RightsBatch } from './rights-batch.ts'
import { runWork } from './run-work.ts'

export interface PostgresOptions {
  /** As libpq takes it: `postgres://user:password@host/database`. */
  readonly url: string
  readonly limits: StoreLimits
  /** Where the bytes of new blobs lie; left out: in the database. */
  readonly blobs?: BlobStore
  readonly connections?: number
  /** Hears of connections that broke. */
  readonly failed?: (error: Error) => void
}

const CONNECTIONS = 8
/** Frames and bytes of one batch. */
const BATCH_FRAMES = 2000
const BATCH_BYTES = 8 << 20
/** Serialization failure, deadlock, and what two did at once: done again, one of them sees the other's. */
const RETRIED = new Set(['40001', '40P01', '23505'])
const TRIES = 5
const SOON_MS = 5000
/** So many frames are read for others' notifications at once; whoever watches fetches what is more. */
const GROWN = `
SELECT w.place, f.bytes
FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS w (log, before, cursor, place)
JOIN logs l ON l.id = w.log
JOIN frames f ON f.log = l.no AND f.cursor > w.before AND f.cursor <= w.cursor
ORDER BY w.place, f.cursor LIMIT 2000`
/** Of PostgreSQL's advisory locks: one relay at a time sweeps. */
const SWEEP_LOCK = 780_141_702

/** Makes or checks the tables. Throws with a sentence for the operator when the database cannot be had. */
export async function openPostgresStore(options: PostgresOptions): Promise<RelayStore> {
  const client = newClient(options.url)
  try {
    await client.connect()
    await migrate(client)
    if (options.blobs === undefined && (await runWork(client, isAnyElsewhere()))) throw new Error(BLOBS_ELSEWHERE)
    return new PostgresStore(options, await lookForRoom(client))
  } catch (error) {
    // Never the address: it holds the password.
    throw new Error(`Cannot open the relay's store in PostgreSQL (DATABASE_URL): ${reasonOf(error)}.`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function lookForRoom(client: ClientBase): Promise<StoreContext['room']> {
  const { rows } = await client.query('SELECT pg_database_size(current_database()) AS bytes')
  const elsewhere = await runWork(client, elsewhereBytes())
  return { usedBytes: int(rows[0], 'bytes') + elsewhere, elsewhereBytes: elsewhere }
}

class PostgresStore extends SharedStore implements RelayStore {
  readonly #pool: Pool
  readonly #limits: StoreLimits
  readonly #notes = new AccessNotes()
  readonly #room: StoreContext['room']
  /** Tells this relay's own notifications from others'. */
  readonly #relay = randomBytes(6).toString('hex')
  #waiting: WaitingAppend[] = []
  #appending: Promise<void> | undefined
  readonly #rights: RightsBatch
  readonly #url: string
  readonly #failed: (error: Error) => void
  #listener: Listener | undefined

  constructor(options: PostgresOptions, room: StoreContext['room']) {
    super(options.blobs)
    this.#limits = options.limits
    this.#room = room
    this.#url = options.url
    this.#failed = options.failed ?? (() => undefined)
    this.#pool = newPool(options.url, options.connections ?? CONNECTIONS, this.#failed)
    this.#rights = new RightsBatch(this.#pool)
  }

  /** `taken`: gets what was noted before and is written with the work. */
  #context(notes: AccessNotes, taken: AccessNotes, locking: StoreContext['locking']): StoreContext {
    return {
      notes,
      limits: this.#limits,
      room: this.#room,
      locking,
      changed: logId => this.#tell(logId),
      grew: (logId, { before, cursor }) => this.#tell(`${logId} ${before} ${cursor}`),
      writeNotes: () => {
        taken.putBack(this.#notes.take())
        taken.putBack(notes.take())
        return taken.written()
      },
    }
  }

  /** As `Listener` hears it. */
  *#tell(what: string): Work<void> {
    yield* get("SELECT pg_notify('wellkeep', ?)", `${this.#relay} ${what}`)
  }

  protected read<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value> {
    return this.#inTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', client =>
      runWork(client, work(this.#context(this.#notes, new AccessNotes(), ''))),
    )
  }

  protected async write<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value> {
    for (let tries = 1; ; tries++) {
      // Of this try alone: what is rolled back was not done.
      const [notes, taken] = [new AccessNotes(), new AccessNotes()]
      try {
        const value = await this.#inTransaction('BEGIN', client =>
          runWork(client, work(this.#context(notes, taken, ' FOR UPDATE'))),
        )
        this.#notes.putBack(notes)
        return value
      } catch (error) {
        this.#notes.putBack(taken)
        if (tries === TRIES || !RETRIED.has(codeOf(error))) throw error
      }
    }
  }

  async #inTransaction<Value>(begin: string, act: (client: PoolClient) => Promise<Value>): Promise<Value> {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    try {
      await client.query(begin)
      const value = await act(client)
      await client.query('COMMIT')
      return value
    } catch (error) {
      // Whoever does not answer need not be asked to forget it.
      if (isAway(error)) broken = error
      else {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure
        })
      }
      throw error
    } finally {
      client.release(broken)
    }
  }

  append(frame: NewFrame, asker: Asker): Promise<Result<Stored, AppendRefusal>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frame, asker, resolve, reject })
      // What arrives in this turn goes together; what arrives while a batch is on its way, with the next.
      this.#appending ??= new Promise<void>(turn => setImmediate(turn)).then(() => this.#appendAll())
    })
  }

  async #appendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#appendSome(this.#takeBatch())
    this.#appending = undefined
  }

  #takeBatch(): WaitingAppend[] {
    let [count, bytes] = [0, 0]
    for (const { frame } of this.#waiting) {
      bytes += frame.bytes.length
      if (count > 0 && (bytes > BATCH_BYTES || count === BATCH_FRAMES)) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }

  async #appendSome(batch: readonly WaitingAppend[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await appendBatch(
          this.#pool,
          { limits: this.#limits, room: this.#room, notes: this.#notes },
          batch,
          this.#relay,
        )
      } catch (error) {
        if (tries < TRIES && RETRIED.has(codeOf(error))) continue
        for (const one of batch) one.reject(error)
        return
      }
    }
  }

  override async allows(logId: LogId, right: Right, asker: Asker): Promise<Result<void, RefusalCode>> {
    const granted = await this.#rights.ask(logId, right, asker)
    return granted.ok ? ok(undefined) : granted
  }

  override async pushes(logId: LogId, bytes: number, asker: Asker): Promise<Result<void, RefusalCode>> {
    const granted = await this.#rights.ask(logId, 'read', asker)
    if (!granted.ok) return granted
    this.#notes.add(granted.value.log, granted.value.capability, 'read', bytes, asker.now)
    return ok(undefined)
  }

  override async cursor(logId: LogId, asker: Asker): Promise<Result<number, RefusalCode>> {
    const granted = await this.#rights.ask(logId, 'read', asker)
    return granted.ok ? ok(granted.value.cursor) : granted
  }

  async listen(heard: Heard): Promise<void> {
    const listener = new Listener({
      url: this.#url,
      relay: this.#relay,
      failed: this.#failed,
      changed: logId => heard.changed(logId),
      mayHaveMissed: () => this.#askAnew(heard),
      grew: logs => this.#tellGrown(heard, logs),
    })
    this.#listener = listener
    await listener.start()
  }

  /** What others appended, read at once for all logs that somebody here watches. */
  async #tellGrown(heard: Heard, logs: readonly Grown[]): Promise<void> {
    const watched = logs.filter(({ logId }) => heard.isWatched(logId))
    if (watched.length === 0) return
    const values = [watched.map(log => log.logId), watched.map(log => log.before), watched.map(log => log.cursor)]
    const rows = await this.#askSoon({ name: 'grown', text: GROWN, values }).catch((error: Error): Row[] => {
      this.#failed(error)
      // Whoever watches is told all the same, and fetches.
      return []
    })
    const byPlace = Map.groupBy(rows, row => int(row, 'place') - 1)
    for (const [place, { logId, before, cursor }] of watched.entries()) {
      const found = byPlace.get(place) ?? []
      const isWhole = found.length === cursor - before
      heard.grew(logId, { before, cursor, frames: isWhole ? found.map(row => blob(row, 'bytes')) : [] })
    }
  }

  /** What others are told next waits behind it. */
  async #askSoon(query: QueryConfig): Promise<Row[]> {
    const timed = { ...query, query_timeout: SOON_MS }
    return (await this.#pool.query(timed)).rows
  }

  async #askAnew(heard: Heard): Promise<void> {
    const watched = heard.watchedLogs()
    const rows = await this.#askSoon({ text: 'SELECT id, cursor FROM logs WHERE id = ANY ($1)', values: [watched] })
    const cursors = new Map(rows.map(row => [text(row, 'id'), int(row, 'cursor')]))
    for (const logId of watched) {
      heard.changed(logId)
      const cursor = cursors.get(logId)
      if (cursor !== undefined) heard.grew(logId, { before: cursor, cursor, frames: [] })
    }
  }

  async sweep(now: Instant): Promise<Swept> {
    const client = await this.#pool.connect()
    try {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS is_mine', [SWEEP_LOCK])
      if (rows[0]?.is_mine !== true) return { frames: 0, drops: 0 }
      try {
        const swept = await this.sweepDue(now)
        Object.assign(this.#room, await lookForRoom(client))
        // Last: the rest goes on while the place of blobs cannot be reached.
        await this.sweepStrays(now)
        return swept
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [SWEEP_LOCK])
      }
    } finally {
      client.release()
    }
  }

  async flush(): Promise<void> {
    if (this.#notes.isEmpty) return
    const taken = this.#notes.take()
    try {
      await this.write(() => taken.writtenAtOnce())
    } catch (error) {
      this.#notes.putBack(taken)
      throw error
    }
  }

  storedBytes(): number {
    return this.#room.usedBytes
  }

  async isHealthy(): Promise<boolean> {
    try {
      await this.#pool.query(SIGN_OF_LIFE)
      return true
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    await this.#listener?.close()
    await this.#appending
    await this.flush().catch(() => undefined)
    await this.#pool.end()
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
