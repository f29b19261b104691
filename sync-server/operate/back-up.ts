import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { fromHex, toHex } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Config } from '../config.ts'
import { Database } from '../store/database.ts'
import { blob } from '../store/row.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { get, run } from '../store/work.ts'
import { openBlobs } from '../store/s3/open.ts'
import { bringBlobs } from './bring-blobs.ts'
import { copyStore } from './copy-store.ts'
import { KEY_FILE, lookAt, lookAtFolder, type LookedAt, STORE_FILE } from './looked-at.ts'
import { type Verified, verifyStore } from './verify-store.ts'

/** What is being copied. */
type Told = (table: string) => void

/**
 * Store, blobs and key as of one moment, into a folder of their own, while the relay serves. Of SQLite it is its own copy, with nothing of what was
 * deleted; what lies in PostgreSQL is written as SQLite would have it, so that a backup of either restores into either. The copy is
 * verified before it counts as one. Fails with a sentence for the operator.
 */
export async function backUp(config: Config, to: string, told: Told): Promise<Result<Verified, string>> {
  if (!isEmpty(to)) return fail(`${to} is not empty. Name a new folder: a backup never overwrites another.`)
  const from = resolve(config.dataFolder)
  const looked = await lookAt(config)
  if (!looked.ok) return looked
  if (config.databaseUrl === undefined && !existsSync(join(from, KEY_FILE))) {
    await looked.value.close()
    return fail(`There is no ${KEY_FILE} in ${from}: start the relay once, it makes one.`)
  }
  mkdirSync(to, { recursive: true, mode: 0o700 })
  try {
    if (config.databaseUrl !== undefined) await copyOut(looked.value, to, config, told)
    else await copyFolder(from, to, config, told)
  } catch (error) {
    rmSync(to, { recursive: true })
    return fail(`Cannot write ${to}: ${error instanceof Error ? error.message : 'unknown'}.`)
  } finally {
    await looked.value.close()
  }
  for (const file of [STORE_FILE, KEY_FILE]) chmodSync(join(to, file), 0o600)
  return verifyFolder(to)
}

async function copyFolder(from: string, to: string, { s3 }: Config, told: Told): Promise<void> {
  const db = new Database(join(from, STORE_FILE), { isReadOnly: true })
  try {
    db.run('VACUUM INTO ?', join(to, STORE_FILE))
  } finally {
    db.close()
  }
  const copy = new Database(join(to, STORE_FILE))
  try {
    copy.exec('BEGIN')
    await bringBlobs(copy, await openBlobs(s3), told)
    copy.exec('COMMIT')
  } finally {
    copy.close()
  }
  copyFileSync(join(from, KEY_FILE), join(to, KEY_FILE))
}

async function copyOut(from: LookedAt, to: string, { limits, s3 }: Config, told: Told): Promise<void> {
  const path = join(to, STORE_FILE)
  await openSqliteStore({ path, limits }).close()
  const db = new Database(path)
  try {
    db.exec('BEGIN')
    await copyStore(from, { run: async work => db.now(work) }, told)
    await bringBlobs(db, await openBlobs(s3), told)
    const key = blob(db.now(get('SELECT bytes FROM relay_keys WHERE name = ?', 'relay')), 'bytes')
    // In a folder it is a file.
    db.now(run('DELETE FROM relay_keys WHERE name = ?', 'relay'))
    db.exec('COMMIT; PRAGMA journal_mode = DELETE')
    writeFileSync(join(to, KEY_FILE), `${toHex(key)}\n`, { mode: 0o600 })
  } finally {
    db.close()
  }
  rmSync(`${path}-lock`, { force: true })
}

/** A backup into an empty data folder or database. What does not verify is not taken. */
export async function restore(from: string, config: Config, told: Told): Promise<Result<Verified, string>> {
  const to = resolve(config.dataFolder)
  const isInFolder = config.databaseUrl === undefined
  if (isInFolder && [STORE_FILE, KEY_FILE].some(file => existsSync(join(to, file))))
    return fail(`${to} holds a relay already. Set DATA to an empty folder: a restore never overwrites one.`)
  if (!existsSync(join(from, KEY_FILE)))
    return fail(`There is no ${KEY_FILE} in ${from}: this is not a backup of a relay.`)
  const checked = await verifyFolder(from)
  if (!checked.ok) return checked
  if (isInFolder) {
    restoreFolder(from, to)
    return checked
  }
  const put = await restoreDatabase(from, config.databaseUrl, told)
  return put.ok ? checked : put
}

function restoreFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const file of [KEY_FILE, STORE_FILE]) {
    copyFileSync(join(from, file), join(to, file))
    chmodSync(join(to, file), 0o600)
  }
  // As the relay wants it: a copy has no write-ahead log.
  const db = new Database(join(to, STORE_FILE))
  db.exec('PRAGMA journal_mode = WAL')
  db.close()
}

async function restoreDatabase(from: string, url: string, told: Told): Promise<Result<void, string>> {
  const key = fromHex(readFileSync(join(from, KEY_FILE), 'utf8').trim())
  if (key === undefined) return fail(`Cannot read ${join(from, KEY_FILE)}: it is not a key in hex.`)
  const looked = lookAtFolder(from)
  if (!looked.ok) return looked
  const { fillPostgres } = await import('../store/postgres/fill.ts')
  try {
    return await fillPostgres(url, async worker => {
      await copyStore(looked.value, worker, told)
      await worker.run(run('INSERT INTO relay_keys (name, bytes) VALUES (?, ?)', 'relay', key))
    })
  } finally {
    await looked.value.close()
  }
}

async function verifyFolder(folder: string): Promise<Result<Verified, string>> {
  const looked = lookAtFolder(folder)
  if (!looked.ok) return looked
  const verified = await verifyStore(looked.value, undefined)
  await looked.value.close()
  const { damaged, file } = verified
  if (damaged.length === 0 && file.length === 0) return ok(verified)
  return fail(`${folder} is damaged: DATA=${folder} npm run relay -- verify says where.`)
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0
}
