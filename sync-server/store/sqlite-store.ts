import type { Right } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { ok, type Result } from '#schema/result.ts'
import { AccessNotes } from './access-notes.ts'
import { AppendRun } from './append-run.ts'
import type { BlobStore } from './blob-store.ts'
import { BLOBS_ELSEWHERE, elsewhereBytes, isAnyElsewhere } from './blobs.ts'
import { CommitQueue, isFull } from './commit-queue.ts'
import { type CapabilityRow, findAllowed, type StoreContext } from './context.ts'
import { Database } from './database.ts'
import { type Hold, holdStore } from './only-one.ts'
import type { Asker, NewFrame, RelayStore, StoreLimits, Swept } from './relay-store.ts'
import { int } from './row.ts'
import { SharedStore } from './shared-store.ts'
import { ANSWER_TABLES, ELSEWHERE_TABLES, LINK_TABLES, PUSH_TABLES, TABLES, TABLES_VERSION } from './tables.ts'
import { count, run, type Work } from './work.ts'

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  readonly limits: StoreLimits
  /** Where the bytes of new blobs lie; left out: here. */
  readonly blobs?: BlobStore
  /** When a group of writes is committed; by default at the end of the event loop's turn. */
  readonly schedule?: (run: () => void) => void
}

/** Throws when the file cannot be opened, is damaged, or is of another version. */
export function openSqliteStore(options: SqliteOptions): RelayStore {
  let hold: Hold | undefined
  let db: Database | undefined
  try {
    hold = holdStore(options.path)
    if (hold === undefined) throw new Error('another relay runs on it')
    db = new Database(options.path)
    // Before the first page exists, else it has no effect: freed pages go back to the disk in sweeps.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    // So that what was deleted is not left readable in the file's free pages.
    db.exec('PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000')
    makeTables(db)
    if (options.blobs === undefined && db.now(isAnyElsewhere())) throw new Error(BLOBS_ELSEWHERE)
    return new SqliteStore(db, hold, options)
  } catch (error) {
    db?.close()
    hold?.release()
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new Error(`Cannot open the relay's store ${options.path}: ${reason}.`, { cause: error })
  }
}

/** By the version of the file. */
const MISSING: Readonly<Record<number, string>> = {
  0: TABLES + LINK_TABLES + PUSH_TABLES + ANSWER_TABLES + ELSEWHERE_TABLES,
  2: LINK_TABLES + PUSH_TABLES + ANSWER_TABLES + ELSEWHERE_TABLES,
  3: PUSH_TABLES + ANSWER_TABLES + ELSEWHERE_TABLES,
  4: ANSWER_TABLES + ELSEWHERE_TABLES,
  5: ELSEWHERE_TABLES,
}

function makeTables(db: Database): void {
  const version = int(db.get('PRAGMA user_version'), 'user_version')
  const missing = MISSING[version]
  if (missing !== undefined) db.transact(() => db.exec(`${missing} PRAGMA user_version = ${TABLES_VERSION}`))
  else if (version !== TABLES_VERSION) {
    throw new Error(`it is of version ${version}, this relay knows ${TABLES_VERSION}`)
  }
}

interface Grant {
  readonly log: number
  readonly capability: CapabilityRow
}

const MOST_GRANTED = 50_000

/** Reads run at once and see committed rows only; writes wait for their group's commit. */
class SqliteStore extends SharedStore implements RelayStore {
  readonly #db: Database
  readonly #context: StoreContext
  readonly #writes: CommitQueue
  readonly #run: AppendRun
  readonly #hold: Hold
  readonly #granted = new Map<string, Grant>()
  /** The last thing to be stored found no room. */
  #isFull = false

  constructor(db: Database, hold: Hold, options: SqliteOptions) {
    super(options.blobs)
    this.#db = db
    this.#hold = hold
    const notes = new AccessNotes()
    const elsewhere = db.now(elsewhereBytes())
    const room = { usedBytes: db.usedBytes() + elsewhere, elsewhereBytes: elsewhere }
    const context: StoreContext = {
      notes,
      limits: options.limits,
      room,
      locking: '',
      // Nobody else runs on it.
      *changed() {},
      *grew() {},
      writeNotes: () => notes.take().written(),
    }
    this.#context = context
    const appends = new AppendRun(db, context)
    this.#run = appends
    this.#writes = new CommitQueue(db, options.schedule ?? setImmediate, {
      beforeCommit: () => appends.finish(),
      afterCommit: () => {
        room.usedBytes = db.usedBytes() + room.elsewhereBytes
        this.#isFull = false
      },
      afterRollback: error => {
        appends.forget()
        this.#isFull = isFull(error)
      },
    })
  }

  protected async read<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value> {
    return this.#db.now(work(this.#context))
  }

  protected write<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value> {
    return this.#writes.enqueue(() => {
      this.#granted.clear()
      this.#run.finish()
      this.#run.forget()
      return this.#db.now(work(this.#context))
    })
  }

  append(frame: NewFrame, asker: Asker) {
    return this.#writes.enqueue(() => this.#run.append(frame, asker))
  }

  override async allows(logId: LogId, right: Right, asker: Asker) {
    const granted = this.#grant(logId, right, asker)
    return granted.ok ? ok(undefined) : granted
  }

  override async pushes(logId: LogId, bytes: number, asker: Asker) {
    const granted = this.#grant(logId, 'read', asker)
    if (!granted.ok) return granted
    this.#context.notes.add(granted.value.log, granted.value.capability.id, 'read', bytes, asker.now)
    return ok(undefined)
  }

  /** Asked for each push to each reader: remembered until anything but a frame is written, which is all that could change it. */
  #grant(logId: LogId, right: Right, asker: Asker): Result<Grant, RefusalCode> {
    const key = `${logId} ${right} ${asker.holders.join(' ')}`
    const known = this.#granted.get(key)
    if (known !== undefined && known.capability.notBefore <= asker.now && asker.now < known.capability.notAfter)
      return ok(known)
    const allowed = this.#db.now(findAllowed(this.#context, logId, [right], asker))
    if (!allowed.ok) return allowed
    const grant = { log: allowed.value.log.no, capability: allowed.value.capabilities[0]! }
    if (this.#granted.size >= MOST_GRANTED) this.#granted.clear()
    this.#granted.set(key, grant)
    return ok(grant)
  }

  override async deleteLog(logId: LogId, asker: Asker) {
    const deleted = await super.deleteLog(logId, asker)
    if (deleted.ok) this.#forgetDeleted()
    return deleted
  }

  /** The write-ahead file has the old bytes of every page until it begins anew, which may be never on a quiet relay. */
  #forgetDeleted(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  async listen(): Promise<void> {}

  async sweep(now: Instant): Promise<Swept> {
    const swept = await this.sweepDue(now)
    this.#db.exec('PRAGMA incremental_vacuum(2000)')
    this.#forgetDeleted()
    // Last: the rest goes on while the place of blobs cannot be reached.
    await this.sweepStrays(now)
    this.#context.room.elsewhereBytes = this.#db.now(elsewhereBytes())
    return swept
  }

  async flush(): Promise<void> {
    const { notes } = this.#context
    if (notes.isEmpty) return
    const taken = notes.take()
    try {
      await this.write(() => taken.written())
    } catch (error) {
      notes.putBack(taken)
      throw error
    }
  }

  storedBytes(): number {
    return this.#context.room.usedBytes
  }

  async isHealthy(): Promise<boolean> {
    try {
      // Where the disk was full, something has to be written to know better.
      await this.write(() => (this.#isFull ? writeTrial() : count('SELECT count(*) AS n FROM deleted_logs')))
      return true
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    await this.flush()
    await this.#writes.enqueue(() => undefined)
    this.#db.close()
    this.#hold.release()
  }
}

/** About what a commit of a few frames takes. */
function* writeTrial(): Work<number> {
  yield* run('INSERT INTO relay_keys (name, bytes) VALUES (?, ?)', 'trial', new Uint8Array(TRIAL_BYTES))
  return yield* run('DELETE FROM relay_keys WHERE name = ?', 'trial')
}

const TRIAL_BYTES = 64 * 1024
