import { Client, type ClientConfig, Pool, type QueryConfig, types } from 'pg'

const INT8 = 20

/** Every whole number of the tables is below 2^53. */
const ourTypes: ClientConfig['types'] = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? Number
      : types.getTypeParser(oid, format ?? 'text')) as typeof types.getTypeParser,
}

/** A database that does not answer must not keep a relay waiting for ever. */
const CONNECT_MS = 5000
const STATEMENT_MS = 30_000
/** For what many wait behind: who does not answer by then is left, and the next connection may reach another. */
export const WAITED_FOR_MS = 10_000
/** For an answer to nothing: a line that was cut without a word is known by its silence alone. */
const SIGN_OF_LIFE_MS = 3000

function configOf(url: string): ClientConfig {
  return {
    connectionString: url,
    types: ourTypes,
    application_name: 'wellkeep',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 5000,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
  }
}

/** `failed` hears of connections that break while nobody uses them. */
export function newPool(url: string, connections: number, failed: (error: Error) => void): Pool {
  const pool = new Pool({ ...configOf(url), max: connections, idleTimeoutMillis: 60_000 })
  pool.on('error', failed)
  return pool
}

/** A query that fails where the database can't be reached; `query_timeout` is pg's, for one query. */
export const SIGN_OF_LIFE: QueryConfig & { readonly query_timeout: number } = {
  text: 'SELECT 1',
  query_timeout: SIGN_OF_LIFE_MS,
}

/** Not connected yet. */
export function newClient(url: string): Client {
  return new Client(configOf(url))
}

const SAID: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of its host cannot be looked up',
  ECONNREFUSED: 'nothing answers there',
  ENOENT: 'nothing answers there',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it broke off the connection',
  EPIPE: 'it broke off the connection',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its host cannot be reached',
}

/** Of SQLSTATE: connections that broke, are refused, are too many; being stopped or started; logins and databases that are not there. */
const AWAY_STATE = /^(?:08...|28...|3D000|53300|55000|57P0[1-5])$/
/** Where the driver gives no code. */
const AWAY_WORDS =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|The database ended the connection)/

/** No fault of what was asked: the database can't be had just now. */
export function isAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return code in SAID || AWAY_STATE.test(code) || AWAY_WORDS.test(error.message)
}

/** Why the database cannot be had, without its address: a password with signs in it may stand where the host should. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const said = SAID[code]
  if (said !== undefined) return said
  return error instanceof Error && error.message !== '' ? error.message : 'it does not answer'
}
