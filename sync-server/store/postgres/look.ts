import { fail, ok, type Result } from '#schema/result.ts'
import type { LookedAt } from '../../operate/looked-at.ts'
import { int } from '../row.ts'
import { newClient, reasonOf } from './connect.ts'
import { runWork } from './run-work.ts'
import { POSTGRES_VERSION } from './tables.ts'

/** One moment of the database, for reading only, while relays go on. */
export async function lookAtPostgres(url: string): Promise<Result<LookedAt, string>> {
  const client = newClient(url)
  try {
    await client.connect()
    const { rows: relays } = await client.query(
      `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN wellkeep'`,
    )
    await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows: tables } = await client.query(`SELECT to_regclass('wellkeep_tables') IS NOT NULL AS is_there`)
    const problem = tables[0]?.is_there === true ? await versionProblem(client) : 'no relay has used it yet'
    if (problem !== undefined) {
      await client.end()
      return fail(`Cannot read the store in PostgreSQL (DATABASE_URL): ${problem}.`)
    }
    const count = int(relays[0], 'n')
    return ok({
      isServing: count > 0,
      serving: `${count === 0 ? 'is stopped' : count === 1 ? 'one relay serves' : `${count} relays serve`}, from PostgreSQL (DATABASE_URL)`,
      run: work => runWork(client, work),
      usedBytes: async () => int((await client.query('SELECT pg_database_size(current_database()) AS n')).rows[0], 'n'),
      // Its own tools look at them: pg_amcheck, and checksums.
      fileProblems: async () => [],
      close: () => client.end(),
    })
  } catch (error) {
    await client.end().catch(() => undefined)
    return fail(`Cannot read the store in PostgreSQL (DATABASE_URL): ${reasonOf(error)}.`)
  }
}

async function versionProblem(client: ReturnType<typeof newClient>): Promise<string | undefined> {
  const { rows } = await client.query('SELECT version, oldest FROM wellkeep_tables')
  if (int(rows[0], 'oldest') <= POSTGRES_VERSION.version) return undefined
  return `its tables are of version ${int(rows[0], 'version')}, this relay reads ${POSTGRES_VERSION.version}. Use the newer relay`
}
