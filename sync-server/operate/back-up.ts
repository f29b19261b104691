import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '#schema/result.ts'
import { Database } from '../store/database.ts'
import { KEY_FILE, lookAt, STORE_FILE } from './looked-at.ts'
import { type Verified, verifyStore } from './verify-store.ts'

/**
 * Store and key as of one moment, into a folder of their own, while the relay serves: SQLite copies what was committed when it began, and
 * nothing of what was deleted. The copy is verified before it counts as one. Fails with a sentence for the operator.
 */
export function backUp(from: string, to: string): Result<Verified, string> {
  if (!isEmpty(to)) return fail(`${to} is not empty. Name a new folder: a backup never overwrites another.`)
  const looked = lookAt(from)
  if (!looked.ok) return looked
  const key = join(from, KEY_FILE)
  if (!existsSync(key)) return fail(`There is no ${KEY_FILE} in ${from}: start the relay once, it makes one.`)
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const copy = join(to, STORE_FILE)
  try {
    looked.value.run('VACUUM INTO ?', copy)
  } catch (error) {
    return fail(`Cannot write ${copy}: ${error instanceof Error ? error.message : 'unknown'}.`)
  } finally {
    looked.value.close()
  }
  copyFileSync(key, join(to, KEY_FILE))
  for (const file of [copy, join(to, KEY_FILE)]) chmodSync(file, 0o600)
  return verifyFolder(to)
}

/** A backup into an empty data folder. What does not verify is not taken. */
export function restore(from: string, to: string): Result<Verified, string> {
  if ([STORE_FILE, KEY_FILE].some(file => existsSync(join(to, file))))
    return fail(`${to} holds a relay already. Set DATA to an empty folder: a restore never overwrites one.`)
  if (!existsSync(join(from, KEY_FILE)))
    return fail(`There is no ${KEY_FILE} in ${from}: this is not a backup of a relay.`)
  const checked = verifyFolder(from)
  if (!checked.ok) return checked
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const file of [KEY_FILE, STORE_FILE]) {
    copyFileSync(join(from, file), join(to, file))
    chmodSync(join(to, file), 0o600)
  }
  // As the relay wants it: a copy made by VACUUM has no write-ahead log.
  const db = new Database(join(to, STORE_FILE))
  db.exec('PRAGMA journal_mode = WAL')
  db.close()
  return checked
}

function verifyFolder(folder: string): Result<Verified, string> {
  const looked = lookAt(folder)
  if (!looked.ok) return looked
  const verified = verifyStore(looked.value)
  looked.value.close()
  const { damaged, file } = verified
  if (damaged.length === 0 && file.length === 0) return ok(verified)
  return fail(`${folder} is damaged: DATA=${folder} npm run relay -- verify says where.`)
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0
}
