import { SYSTEMS } from '#schema/codes/systems.ts'
import type { EntryParts } from '#schema/record/entry.ts'
import type { Row } from './row.ts'

/** What is measured in one way only: all else is told apart by its codes or its name. */
const BY_KIND: ReadonlySet<string> = new Set(['blood-pressure', 'weight', 'height'])

/**
 * Names a reading by what it says: the same kind, moment, value and unit. Undefined for what is none. A table has no other name for its
 * rows, so what came out of this record as one is known by this when it comes in again.
 */
export function readingName({ kind, title, when, value, codes }: EntryParts): string | undefined {
  if (when === undefined || value === undefined) return undefined
  const loinc = codes.flatMap(({ system, code }) => (system === SYSTEMS.loinc && code !== undefined ? [code] : []))
  const what = BY_KIND.has(kind) ? kind : loinc.toSorted().join(' ') || title
  return JSON.stringify([what, when.sortAt, when.text.length > 10, valueParts(value)])
}

function valueParts(value: NonNullable<EntryParts['value']>): readonly unknown[] {
  if (value.type === 'text') return [value.text]
  if (value.type === 'quantity') return [value.quantity.comparator, value.quantity.value, value.quantity.unit]
  return [value.systolicMmHg, value.diastolicMmHg, value.pulsePerMinute]
}

/** The names of all readings among these rows. */
export function readingNames(rows: Iterable<Row>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { summary } of rows) {
    const name = readingName(summary)
    if (name !== undefined) names.add(name)
  }
  return names
}
