import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { openPostgresStore } from '#sync-server/store/postgres/postgres-store.ts'
import { relayBeginContract } from '../../contract/relay-begin.ts'
import { relayLinksContract } from '../../contract/relay-links.ts'
import { relayStoreContract } from '../../contract/relay-store.ts'
import { postgresPrograms, sayPostgresIsMissing, TestPostgres } from '../../support/postgres.ts'

const programs = postgresPrograms()
if (programs === undefined) sayPostgresIsMissing()

describe.skipIf(programs === undefined)('on a real PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await TestPostgres.start(programs!)
  })
  afterAll(() => postgres.destroy())

  relayStoreContract('PostgreSQL', async limits => openPostgresStore({ url: await postgres.newDatabase(), limits }))
  relayBeginContract('PostgreSQL', async limits => openPostgresStore({ url: await postgres.newDatabase(), limits }))
  relayLinksContract('PostgreSQL', async limits => openPostgresStore({ url: await postgres.newDatabase(), limits }))

  test('several relays may make the tables at once', async () => {
    const url = await postgres.newDatabase()
    const stores = await Promise.all(
      Array.from({ length: 6 }, () => openPostgresStore({ url, limits: DEFAULT_LIMITS })),
    )
    expect(await Promise.all(stores.map(store => store.isHealthy()))).toEqual(stores.map(() => true))
    await Promise.all(stores.map(store => store.close()))
    expect(await postgres.query(url, 'SELECT version, oldest FROM wellkeep_tables')).toEqual([
      { version: 1, oldest: 1 },
    ])
  })

  test('a relay runs on tables of a newer one that allow it, and refuses others', async () => {
    const url = await postgres.newDatabase()
    await (await openPostgresStore({ url, limits: DEFAULT_LIMITS })).close()
    await postgres.query(url, 'UPDATE wellkeep_tables SET version = 2')
    await (await openPostgresStore({ url, limits: DEFAULT_LIMITS })).close()
    await postgres.query(url, 'UPDATE wellkeep_tables SET oldest = 2')
    await expect(openPostgresStore({ url, limits: DEFAULT_LIMITS })).rejects.toThrow(
      /for relays of version 2 and later/,
    )
  })

  test('a database that cannot be had is said without its address', async () => {
    const url = postgres.url('nowhere').replace('relay@', 'relay:geheim@')
    const refused = await openPostgresStore({ url, limits: DEFAULT_LIMITS }).catch((error: unknown) => String(error))
    expect(refused).toMatch(
      /Cannot open the relay's store in PostgreSQL \(DATABASE_URL\): database "nowhere" does not exist/,
    )
    expect(refused).not.toContain('geheim')
    const broken = await openPostgresStore({
      url: 'postgres://relay:p@ss/w@127.0.0.1/relay',
      limits: DEFAULT_LIMITS,
    }).catch((error: unknown) => String(error))
    expect(broken).toMatch(/there is no such host|cannot be looked up/)
    expect(broken).not.toContain('ss')
  })
})
