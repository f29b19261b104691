import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { analyteOf, inAnalyteUnit } from '#schema/codes/analytes.ts'
import type { EntryKind } from '#schema/record/entry.ts'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import type { Section } from '#schema/record/sections.ts'
import { sameThing } from '../../record/current-of.ts'
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

export interface Change {
  readonly facts: EntryFacts
  readonly how: 'new' | 'ended' | 'changed'
}

/** Measurements are drawn, reports only gather them, and visits are no news to whoever was there. */
const NO_NEWS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'blood-pressure',
  'weight',
  'height',
  'vital-sign',
  'lab-result',
  'report',
  'visit',
  'statement',
])

/**
 * What is new, has ended or was changed by hand since a moment, each thing once. What was brought in counts by its own date, not by when
 * it came.
 */
export function changesSince(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  const found = new Map<string, Change>()
  for (const change of allChanges(facts, sinceMs, nowMs)) {
    const key = `${change.how} ${change.facts.summary.kind} ${sameThing(change.facts.summary)}`
    if (!found.has(key)) found.set(key, change)
  }
  return [...found.values()]
}

function allChanges(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  return facts.flatMap((each): readonly Change[] => {
    const { summary, until, addedAt, changedAt } = each
    if (NO_NEWS.has(summary.kind) || summary.status === 'mistaken' || summary.status === 'planned') return []
    const ended = until === undefined ? Number.NaN : Date.parse(until)
    if (ended >= sinceMs && ended <= nowMs) return [{ facts: each, how: 'ended' }]
    const begun = summary.when?.sortAt
    if (begun !== undefined && begun >= sinceMs) return [{ facts: each, how: 'new' }]
    if (summary.source.type !== 'self') return []
    if (addedAt >= sinceMs) return [{ facts: each, how: 'new' }]
    return changedAt >= sinceMs ? [{ facts: each, how: 'changed' as const }] : []
  })
}

/** The day of the last visit that is over, as a native date field holds it. */
export function lastVisitDay(facts: readonly EntryFacts[], nowMs: number): string | undefined {
  const visit = facts.find(({ summary: { kind, status, when, isNegated } }) => {
    const isOver = kind === 'visit' && isNegated !== true && (status === 'past' || status === 'active')
    return isOver && when !== undefined && when.text.length >= '2026-03-04'.length && when.sortAt <= nowMs
  })
  return visit?.summary.when?.text.slice(0, 10)
}

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
