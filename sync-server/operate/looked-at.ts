import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '#schema/result.ts'
import { Database } from '../store/database.ts'
import { int } from '../store/row.ts'
import { holdStore } from '../store/only-one.ts'
import { TABLES_VERSION } from '../store/tables.ts'

/** The store and the relay's key in a data folder. */
export const STORE_FILE = 'relay.sqlite'
export const KEY_FILE = 'relay-key'

/** How long a look waits for a relay that is just starting or stopping. */
const WAIT_MS = 5000

/**
 * A store that is only read, also while its relay serves. Fails with a sentence for the operator where there is none, or it is of a
 * version that this relay does not read.
 */
export function lookAt(folder: string): Result<Database, string> {
  const path = join(folder, STORE_FILE)
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

export function isServing(folder: string): boolean {
  const hold = holdStore(join(folder, STORE_FILE), 0)
  hold?.release()
  return hold === undefined
}
