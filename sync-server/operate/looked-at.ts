import { closeSync, existsSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Config } from '../config.ts'
import { Database } from '../store/database.ts'
import { holdStore } from '../store/only-one.ts'
import { int, text } from '../store/row.ts'
import { TABLES_VERSION } from '../store/tables.ts'
import type { Work } from '../store/work.ts'

/** The store and the relay's key in a data folder. */
export const STORE_FILE = 'relay.sqlite'
export const KEY_FILE = 'relay-key'

/** How long a look waits for a relay that is just starting or stopping. */
const WAIT_MS = 5000

/** A store that is only read, also while its relay serves. */
export interface LookedAt {
  /** Whether a relay runs on it, and where it is, in the operator's words. */
  readonly serving: string
  readonly isServing: boolean
  run<Value>(work: Work<Value>): Promise<Value>
  usedBytes(): Promise<number>
  /** What the database itself says is wrong with its files; empty when they are whole, or where it is asked elsewhere. */
  fileProblems(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Fails with a sentence for the operator where there is none, or it is of a version that this relay does not read. */
export async function lookAt({ dataFolder, databaseUrl }: Pick<Config, 'dataFolder' | 'databaseUrl'>) {
  if (databaseUrl === undefined) return lookAtFolder(resolve(dataFolder))
  const { lookAtPostgres } = await import('../store/postgres/look.ts')
  return lookAtPostgres(databaseUrl)
}

export function lookAtFolder(folder: string): Result<LookedAt & { readonly db: Database }, string> {
  const opened = openToRead(folder)
  if (!opened.ok) return opened
  const db = opened.value
  const isServing = isServingFrom(folder)
  return ok({
    db,
    isServing,
    serving: `${isServing ? 'serves' : 'is stopped'}, from ${folder}`,
    run: async work => db.now(work),
    usedBytes: async () => db.usedBytes(),
    fileProblems: async () => fileProblems(db),
    close: async () => db.close(),
  })
}

function openToRead(folder: string): Result<Database, string> {
  const path = join(folder, STORE_FILE)
  if (!mayRead(path))
    return fail(`This user may not look into ${folder}: run this as the relay's user, as with runuser -u wellkeep --.`)
  if (!existsSync(path)) return fail(`There is no ${STORE_FILE} in ${folder}. Set DATA to the relay's data folder.`)
  let db: Database | undefined
  try {
    db = new Database(path, { isReadOnly: true })
    db.exec(`PRAGMA busy_timeout = ${WAIT_MS}`)
    const version = int(db.get('PRAGMA user_version'), 'user_version')
    if (version === TABLES_VERSION) return ok(db)
    db.close()
    const isNewer = version > TABLES_VERSION
    return fail(
      `${path} is of version ${version}, this relay reads ${TABLES_VERSION}. ${isNewer ? 'Use the newer relay.' : 'Start the relay once: it brings the file up to date.'}`,
    )
  } catch (error) {
    db?.close()
    return fail(`Cannot read ${path}: ${error instanceof Error ? error.message : 'unknown'}.`)
  }
}

function mayRead(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'))
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EACCES'
  }
}

function isServingFrom(folder: string): boolean {
  const hold = holdStore(join(folder, STORE_FILE), 0)
  hold?.release()
  return hold === undefined
}

function fileProblems(db: Database): readonly string[] {
  try {
    const said = db.all('PRAGMA integrity_check(20)').map(row => text(row, 'integrity_check'))
    return said.filter(line => line !== 'ok')
  } catch (error) {
    return [error instanceof Error ? error.message : 'unknown']
  }
}
