import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { Database } from '#sync-server/store/database.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { relayStoreContract } from '../../contract/relay-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'wellkeep-store-'))
let files = 0
const newPath = () => join(folder, `${(files += 1)}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

relayStoreContract('SQLite in memory', limits => openSqliteStore({ path: ':memory:', limits }))
relayStoreContract('SQLite in a file', limits => openSqliteStore({ path: newPath(), limits }))

test('openSqliteStore() refuses a second relay on the same file, and another version of it', async () => {
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(() => openSqliteStore({ path, limits: DEFAULT_LIMITS })).toThrow(/another relay runs on it/)
  await store.close()
  const db = new Database(path)
  db.exec('PRAGMA user_version = 99')
  db.close()
  expect(() => openSqliteStore({ path, limits: DEFAULT_LIMITS })).toThrow(/version 99/)
})
