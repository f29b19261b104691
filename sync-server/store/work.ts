import type { Row } from './row.ts'

/** What a statement takes for each of its question marks; lists are for PostgreSQL alone. */
export type Value = string | number | Uint8Array | null | readonly (string | number)[]

export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
  readonly wants: 'rows' | 'changes'
}

/** What came of it: rows, or how many rows it changed. */
export type Outcome = readonly Row[] | number

/**
 * Work on the store as one statement after the other, in SQL that SQLite and PostgreSQL both know (decision 0062): so that one story says
 * what the relay does, and SQLite runs it at once while PostgreSQL is waited for. Runs as a whole or not at all, and may be run again.
 */
export type Work<Value> = Generator<Statement, Value, Outcome>

export function* all(sql: string, ...values: readonly Value[]): Work<readonly Row[]> {
  const rows = yield { sql, values, wants: 'rows' }
  if (typeof rows === 'number') throw new TypeError('Cannot go on: the database gave no rows')
  return rows
}

export function* get(sql: string, ...values: readonly Value[]): Work<Row | undefined> {
  return (yield* all(sql, ...values))[0]
}

/** Answers how many rows changed. */
export function* run(sql: string, ...values: readonly Value[]): Work<number> {
  const changes = yield { sql, values, wants: 'changes' }
  if (typeof changes !== 'number') throw new TypeError('Cannot go on: the database did not say what changed')
  return changes
}

export function* count(sql: string, ...values: readonly Value[]): Work<number> {
  const row = yield* get(sql, ...values)
  return Number(row?.['n'] ?? 0)
}
