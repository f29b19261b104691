import { fail, ok, type Result } from '#schema/result.ts'
import { NUMBERED, type Worker } from '../../operate/copy-store.ts'
import { newClient, reasonOf } from './connect.ts'
import { migrate } from './migrate.ts'
import { runWork } from './run-work.ts'

/** Fills an empty database, whole or not at all. Fails with a sentence for the operator where it holds a relay's store already. */
export async function fillPostgres(
  url: string,
  fill: (worker: Worker) => Promise<void>,
): Promise<Result<void, string>> {
  const client = newClient(url)
  try {
    await client.connect()
    await migrate(client)
    await client.query('BEGIN')
    await client.query('LOCK TABLE logs, deleted_logs, relay_keys IN ACCESS EXCLUSIVE MODE')
    const { rows } = await client.query(
      'SELECT EXISTS (SELECT 1 FROM logs) OR EXISTS (SELECT 1 FROM deleted_logs) OR EXISTS (SELECT 1 FROM relay_keys) AS is_used',
    )
    if (rows[0]?.is_used === true)
      return fail(
        'The database holds a relay already. Set DATABASE_URL to an empty one: a restore never overwrites one.',
      )
    await fill({ run: work => runWork(client, work) })
    for (const table of NUMBERED) {
      await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'no'), (SELECT max(no) FROM ${table}))`)
    }
    await client.query('COMMIT')
    return ok(undefined)
  } catch (error) {
    return fail(`Cannot restore into PostgreSQL (DATABASE_URL): ${reasonOf(error)}.`)
  } finally {
    // What was not committed goes with the connection.
    await client.end().catch(() => undefined)
  }
}
