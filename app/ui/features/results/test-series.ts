import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import type { Quantity } from '#schema/record/entry.ts'
import type { TrendPoint } from '../../parts/trend-paths.ts'
import { inLabUnits, inUnits, type ReaderUnits } from '../../record/units.ts'

/** The numbers of a test in one unit, oldest first, each with the result that it is of. */
export interface UnitSeries {
  readonly unit: string
  readonly isUcum: boolean
  readonly points: readonly TrendPoint[]
  readonly results: readonly EntryFacts[]
}

/** Of results (newest first): one series for each unit in which the reader sees them, that of the newest first. What has no date has no place in any. */
export function seriesByUnit(results: readonly EntryFacts[], reader: ReaderUnits): readonly UnitSeries[] {
  const byUnit = new Map<string, { readonly shown: Quantity; readonly facts: EntryFacts }[]>()
  for (const facts of results) {
    const { value, when } = facts.summary
    if (value?.type !== 'quantity' || when === undefined) continue
    const shown = shownOf(value.quantity, facts, reader)
    const known = byUnit.get(shown.unit)
    if (known === undefined) byUnit.set(shown.unit, [{ shown, facts }])
    else known.push({ shown, facts })
  }
  return [...byUnit].map(([unit, found]) => {
    const inOrder = found
      .toReversed()
      .toSorted((a, b) => (a.facts.summary.when?.sortAt ?? 0) - (b.facts.summary.when?.sortAt ?? 0))
    return {
      unit,
      isUcum: inOrder.every(({ shown }) => shown.isUcum),
      points: inOrder.map(({ shown, facts }) => pointOf(shown, facts, reader)),
      results: inOrder.map(({ facts }) => facts),
    }
  })
}

const shownOf = (quantity: Quantity, { summary }: EntryFacts, { units, labUnits }: ReaderUnits) =>
  inUnits(inLabUnits(quantity, summary.codes, labUnits), units)

function pointOf(shown: Quantity, facts: EntryFacts, reader: ReaderUnits): TrendPoint {
  const bound = shown.comparator === undefined ? undefined : shown.comparator.startsWith('<') ? 'below' : 'above'
  const range = rangeOf(facts, shown, reader)
  return {
    at: facts.summary.when?.sortAt ?? 0,
    value: shown.value,
    ...(bound === undefined ? {} : { bound }),
    ...(range === undefined ? {} : { range }),
  }
}

/** The source's limits as the reader sees the value. */
function rangeOf(facts: EntryFacts, shown: Quantity, reader: ReaderUnits): TrendPoint['range'] {
  const { limits, summary } = facts
  if (limits === undefined || summary.value?.type !== 'quantity') return undefined
  const { unit, isUcum } = summary.value.quantity
  const converted = (value: number | undefined) =>
    value === undefined ? undefined : shownOf({ value, unit, isUcum }, facts, reader)
  const [low, high] = [converted(limits.low), converted(limits.high)]
  return {
    ...(low?.unit === shown.unit ? { low: low.value } : {}),
    ...(high?.unit === shown.unit ? { high: high.value } : {}),
  }
}

/** From the first to the last moment of all of them. */
export function spanOf(series: readonly UnitSeries[]): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, -Infinity]
  for (const { points } of series) {
    for (const { at } of points) [from, to] = [Math.min(from, at), Math.max(to, at)]
  }
  return { from, to }
}
