import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { int, type Row } from './row.ts'
import type { Work } from './work.ts'

/** One SQLite connection with its prepared statements. Everything is synchronous. */
export class Database {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(path: string, { isReadOnly = false } = {}) {
    this.#db = new DatabaseSync(path, { readOnly: isReadOnly })
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...values)
  }

  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#prepared(sql).iterate(...values)
  }

  /** How many rows changed, and the number of the last one inserted. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; no: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql).run(...values)
    return { changes: Number(changes), no: Number(lastInsertRowid) }
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  /** Does the work at once. */
  now<Value>(work: Work<Value>): Value {
    let step = work.next()
    while (step.done !== true) {
      const { sql, values, wants } = step.value
      // Lists are for PostgreSQL alone.
      const given = values as SQLInputValue[]
      step = work.next(wants === 'rows' ? this.all(sql, ...given) : this.run(sql, ...given).changes)
    }
    return step.value
  }

  /** All of `work` or, when it throws, none. */
  transact(work: () => void): void {
    this.exec('BEGIN IMMEDIATE')
    try {
      work()
      this.exec('COMMIT')
    } catch (error) {
      // A full disk may have rolled back already.
      if (this.#db.isTransaction) this.exec('ROLLBACK')
      throw error
    }
  }

  /** Bytes of pages in use. */
  usedBytes(): number {
    const pages =
      int(this.get('PRAGMA page_count'), 'page_count') - int(this.get('PRAGMA freelist_count'), 'freelist_count')
    return pages * int(this.get('PRAGMA page_size'), 'page_size')
  }

  close(): void {
    this.#db.close()
  }
}
