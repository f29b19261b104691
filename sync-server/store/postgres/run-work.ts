import type { ClientBase } from 'pg'
import type { Outcome, Statement, Work } from '../work.ts'

/** SQL of the shared work as PostgreSQL takes it, prepared under a name once for each connection. */
const prepared = new Map<string, { readonly name: string; readonly text: string }>()

function preparedOf(sql: string): { readonly name: string; readonly text: string } {
  const known = prepared.get(sql)
  if (known !== undefined) return known
  let place = 0
  const made = { name: `w${prepared.size}`, text: sql.replaceAll('?', () => `$${(place += 1)}`) }
  prepared.set(sql, made)
  return made
}

/** Does the work on one connection, a statement after the other. */
export async function runWork<Value>(client: ClientBase, work: Work<Value>): Promise<Value> {
  let step = work.next()
  while (step.done !== true) step = work.next(await execute(client, step.value))
  return step.value
}

async function execute(client: ClientBase, { sql, values, wants }: Statement): Promise<Outcome> {
  const { name, text } = preparedOf(sql)
  const { rows, rowCount } = await client.query({ name, text, values: [...values] })
  return wants === 'rows' ? rows : (rowCount ?? 0)
}
