import type { Client } from 'pg'
import { APPEND_FUNCTION } from './append-function.ts'
import { POSTGRES_TABLES, POSTGRES_VERSION } from './tables.ts'

/** Of PostgreSQL's advisory locks: whoever changes the tables holds it. Any number, as long as it stays. */
const MIGRATION_LOCK = 780_141_701

/**
 * Makes the tables, or finds them as they should be. Safe from several processes at once: one does it, the others wait. Throws when the
 * tables belong to a relay that is too new for this one.
 */
export async function migrate(client: Client): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await client.query('CREATE TABLE IF NOT EXISTS wellkeep_tables (version integer NOT NULL, oldest integer NOT NULL)')
    const { rows } = await client.query('SELECT version, oldest FROM wellkeep_tables')
    const found: { version: number; oldest: number } | undefined = rows[0]
    if (found === undefined) {
      await client.query(POSTGRES_TABLES)
      await client.query('INSERT INTO wellkeep_tables (version, oldest) VALUES ($1, $2)', [
        POSTGRES_VERSION.version,
        POSTGRES_VERSION.oldest,
      ])
    }
    if (found !== undefined && found.oldest > POSTGRES_VERSION.version) {
      throw new Error(
        `its tables are of version ${found.version}, for relays of version ${found.oldest} and later; this one knows ${POSTGRES_VERSION.version}`,
      )
    }
    // A newer relay's function serves older ones too, so it is not put back.
    if (found === undefined || found.version === POSTGRES_VERSION.version) await client.query(APPEND_FUNCTION)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
