import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { sameThing } from '#app/core/exchange/report/same-thing.ts'
import { analyteOf, inAnalyteUnit } from '#schema/codes/analytes.ts'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import type { Section } from '#schema/record/sections.ts'
import { inLabUnits, inUnits, type ReaderUnits } from '../../record/units.ts'

/** What the pages for the doctor are made of. */
export const DOCTOR_SECTIONS: readonly Section[] = [
  'problems',
  'past-problems',
  'medicines',
  'allergies',
  'vitals',
  'results',
  'visits',
  'procedures',
  'immunizations',
]

/** Of a doctor's two pages, so many rows of one measurement, and so many changes. */
export const MOST_ROWS = 4
export const MOST_CHANGES = 12

/** What is listed entry by entry, and how many of each are ticked at first: more would not fit on two pages. */
export const MOST_LISTED = { problems: 8, medicines: 10, allergies: 8 } as const
export type ListedPart = keyof typeof MOST_LISTED

/** All results of one test, newest first. */
export interface TestResults {
  readonly key: string
  readonly newest: EntryFacts
  readonly rows: readonly EntryFacts[]
}

function testKey({ summary }: EntryFacts): string {
  const analyte = analyteOf(summary.codes)
  if (analyte !== undefined) return analyte.name
  const code = summary.codes.find(each => each.code !== undefined)
  return code === undefined ? sameThing(summary) : `${code.system ?? ''}|${code.code ?? ''}`
}

/** The tests that there are results of, the one with the newest result first. */
export function testsIn(facts: readonly EntryFacts[]): readonly TestResults[] {
  const found = new Map<string, EntryFacts[]>()
  for (const each of facts) {
    const { kind, value, status, isNegated } = each.summary
    if (kind !== 'lab-result' || value === undefined || status === 'mistaken' || isNegated === true) continue
    const key = testKey(each)
    const rows = found.get(key)
    if (rows === undefined) found.set(key, [each])
    else rows.push(each)
  }
  return [...found].flatMap(([key, rows]) => (rows[0] === undefined ? [] : [{ key, newest: rows[0], rows }]))
}

/** Tests that a doctor wants to see first: the newest result is out of its range, else the newest tests. */
export function usualTests(tests: readonly TestResults[], most: number): readonly string[] {
  const first = tests.filter(({ newest }) => isOut(newest.summary.flag))
  return [...first, ...tests.filter(test => !first.includes(test))].slice(0, most).map(({ key }) => key)
}

export interface Line {
  readonly unit: string
  readonly points: readonly { readonly at: number; readonly value: number }[]
}

/** A test's numbers in the unit in which the newest one is shown, oldest first. What can't be converted for certain has no place on the line. */
export function lineOf({ rows }: Pick<TestResults, 'rows'>, { units, labUnits }: ReaderUnits): Line | undefined {
  const numbers = rows.flatMap(({ summary: { value, when, codes } }) =>
    value?.type === 'quantity' && value.quantity.comparator === undefined && when !== undefined
      ? [{ quantity: inUnits(inLabUnits(value.quantity, codes, labUnits), units), at: when.sortAt, codes }]
      : [],
  )
  const unit = numbers[0]?.quantity.unit
  if (unit === undefined) return undefined
  const points = numbers.flatMap(({ quantity, at, codes }) => {
    const same = quantity.unit === unit ? quantity : inAnalyteUnit(quantity, codes, unit)
    return same === undefined ? [] : [{ at, value: same.value }]
  })
  return points.length < 2 ? undefined : { unit, points: points.toReversed() }
}
