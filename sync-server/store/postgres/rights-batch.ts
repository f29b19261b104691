import type { Pool } from 'pg'
import { RIGHTS, type Right } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { CapabilityId, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Asker } from '../relay-store.ts'
import { int, type Row, text } from '../row.ts'
import { WAITED_FOR_MS } from './connect.ts'

export interface Granted {
  readonly log: number
  readonly cursor: number
  readonly capability: CapabilityId
}

interface Waiting {
  readonly logId: LogId
  readonly right: Right
  readonly asker: Asker
  resolve(outcome: Result<Granted, RefusalCode>): void
  reject(error: unknown): void
}

const ASK = `
SELECT w.no AS asked, l.no, l.cursor, d.id IS NOT NULL AS is_deleted, c.id, c.not_before, c.not_after
FROM unnest($1::integer[], $2::text[], $3::text[], $4::integer[]) AS w (no, log, holders, rights)
LEFT JOIN logs l ON l.id = w.log
LEFT JOIN deleted_logs d ON d.id = w.log AND l.no IS NULL
LEFT JOIN capabilities c ON c.log = l.no AND c.holder = ANY (string_to_array(w.holders, ' '))
  AND c.is_ended = 0 AND (c.rights & w.rights) <> 0
ORDER BY w.no, c.no`

/** Whether askers may do something now: what is asked for in one turn of the event loop goes in one question. */
export class RightsBatch {
  readonly #pool: Pool
  #waiting: Waiting[] = []

  constructor(pool: Pool) {
    this.#pool = pool
  }

  ask(logId: LogId, right: Right, asker: Asker): Promise<Result<Granted, RefusalCode>> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => void this.#askAll())
      this.#waiting.push({ logId, right, asker, resolve, reject })
    })
  }

  async #askAll(): Promise<void> {
    const asked = this.#waiting
    this.#waiting = []
    try {
      const question = {
        name: 'rights',
        text: ASK,
        query_timeout: WAITED_FOR_MS,
        values: [
          asked.map((_, no) => no),
          asked.map(one => one.logId),
          asked.map(one => one.asker.holders.join(' ')),
          asked.map(one => RIGHTS[one.right]),
        ],
      }
      const { rows } = await this.#pool.query(question)
      const byAsked = Map.groupBy(rows as Row[], row => int(row, 'asked'))
      for (const [no, one] of asked.entries()) one.resolve(grantedOf(byAsked.get(no) ?? [], one.asker))
    } catch (error) {
      for (const one of asked) one.reject(error)
    }
  }
}

/** As `findAllowed`. */
function grantedOf(rows: readonly Row[], asker: Asker): Result<Granted, RefusalCode> {
  const [first] = rows
  if (first?.['no'] === null) return fail(first['is_deleted'] === true ? 'gone' : 'unknown-log')
  const held = rows.filter(row => row['id'] !== null)
  const current = held.find(row => int(row, 'not_before') <= asker.now && asker.now < int(row, 'not_after'))
  if (current === undefined) {
    return fail(held.some(row => int(row, 'not_after') <= asker.now) ? 'expired' : 'not-allowed')
  }
  const capability = CapabilityId.of(Buffer.from(text(current, 'id'), 'hex'))
  return ok({ log: int(current, 'no'), cursor: int(current, 'cursor'), capability })
}
