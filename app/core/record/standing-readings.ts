import { SYSTEMS } from '#schema/codes/systems.ts'
import { textOf } from '#schema/record/fhir/json.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import { likenessOf } from './thing-groups.ts'

/** Of a kind of Apple Health's readings from a source: when those were taken that the record has one by one, in ms since 1970. */
type StandingReadings = (type: string, source: string) => readonly number[]

/** What waits in the bin is in the record. Looks through the rows once, at the first question. */
export function standingIn(index: Pick<RecordIndex, 'withAllBehind' | 'binned'>): StandingReadings {
  let times: ReadonlyMap<string, readonly number[]> | undefined
  return (type, source) => {
    times ??= timesIn([...index.withAllBehind(), ...index.binned()])
    return times.get(nameOf(type, source)) ?? []
  }
}

function timesIn(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>()
  for (const row of rows) {
    const { when, source } = row.summary
    // A week begins on a day, a reading at a moment.
    if (source.type !== 'import' || when === undefined || when.text.length <= 10) continue
    for (const { system, code } of likenessOf(row).codes) {
      if (system !== SYSTEMS.appleHealth || code === undefined) continue
      const name = nameOf(code, source.author ?? '')
      const known = times.get(name)
      if (known === undefined) times.set(name, [when.sortAt])
      else known.push(when.sortAt)
    }
  }
  return times
}

/** A phone writes "Apple Watch" with a space that does not break, and a row tells it with a plain one. */
const nameOf = (type: string, source: string) => `${type}\n${textOf(source) ?? ''}`
