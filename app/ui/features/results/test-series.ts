import type { EntrySummary, Quantity } from '#schema/record/entry.ts'
import type { TrendPoint } from '../../parts/trend-paths.ts'
import { inLabUnits, inUnits, type ReaderUnits } from '../../record/units.ts'

/** The numbers of a test in one unit, oldest first, each with the result that it is of. */
export interface UnitSeries {
  readonly unit: string
  readonly isUcum: boolean
  readonly points: readonly TrendPoint[]
  readonly results: readonly EntrySummary[]
}

/** Of results (newest first): one series for each unit in which the reader sees them, that of the newest first. What has no date has no place in any. */
export function seriesByUnit(results: readonly EntrySummary[], reader: ReaderUnits): readonly UnitSeries[] {
  const numbers = results.flatMap(result => {
    const { value, when } = result
    if (value?.type !== 'quantity' || when === undefined) return []
    return [{ shown: shownOf(value.quantity, result, reader), at: when.sortAt, result }]
  })
  const byUnit = Map.groupBy(numbers, ({ shown }) => shown.unit)
  return [...byUnit].map(([unit, found]) => {
    const inOrder = found.toReversed().toSorted((a, b) => a.at - b.at)
    return {
      unit,
      isUcum: inOrder.every(({ shown }) => shown.isUcum),
      points: inOrder.map(({ shown, at, result }) => pointOf(shown, at, result, reader)),
      results: inOrder.map(({ result }) => result),
    }
  })
}

const shownOf = (quantity: Quantity, { codes }: EntrySummary, { units, labUnits }: ReaderUnits) =>
  inUnits(inLabUnits(quantity, codes, labUnits), units)

function pointOf(shown: Quantity, at: number, result: EntrySummary, reader: ReaderUnits): TrendPoint {
  const bound = shown.comparator === undefined ? undefined : shown.comparator.startsWith('<') ? 'below' : 'above'
  const { low, high } = shownLimits(result, reader)
  const range = {
    ...(low?.unit === shown.unit ? { low: low.value } : {}),
    ...(high?.unit === shown.unit ? { high: high.value } : {}),
  }
  return { at, value: shown.value, ...(bound === undefined ? {} : { bound }), range }
}

/** The ends of the source's own range as the reader sees the value. */
export function shownLimits(
  result: EntrySummary,
  reader: ReaderUnits,
): { readonly low?: Quantity | undefined; readonly high?: Quantity | undefined } {
  const { range, value } = result
  if (range === undefined || 'words' in range || value?.type !== 'quantity') return {}
  const { unit, isUcum } = value.quantity
  const shown = (end: number | undefined) =>
    end === undefined ? undefined : shownOf({ value: end, unit, isUcum }, result, reader)
  return { low: shown(range.low), high: shown(range.high) }
}

/** From the first to the last moment of all of them. */
export function spanOf(series: readonly UnitSeries[]): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, -Infinity]
  for (const { points } of series) {
    for (const { at } of points) [from, to] = [Math.min(from, at), Math.max(to, at)]
  }
  return { from, to }
}
