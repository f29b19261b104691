import type { EntrySummary, GoalTarget, Quantity } from '#schema/record/entry.ts'
import type { TrendSeries } from '../../parts/trend-chart.tsx'
import { boundOf, shownQuantity } from '../../record/measure-words.ts'
import type { ReaderUnits } from '../../record/units.ts'
import type { Band, Reading } from './statistics.ts'

/** Values of one measure, oldest first, in one unit. */
export interface Series {
  readonly readings: readonly Reading[]
  /** Unit of every number; that of a blood pressure is mmHg. */
  readonly unit: string
  readonly isUcum: boolean
  /** Values in another unit that no conversion leads from, and those that say only "less than" or "more than". */
  readonly leftOut: number
}

/** In the reader's units; `entries` newest first. The unit is that of the newest value. */
export function seriesOf(entries: readonly EntrySummary[], reader: ReaderUnits): Series {
  let [unit, isUcum]: readonly [string | undefined, boolean] = [undefined, true]
  let leftOut = 0
  const readings: Reading[] = []
  for (const { when, value, codes } of entries) {
    if (when === undefined || value === undefined || value.type === 'text') continue
    if (value.type === 'blood-pressure') {
      unit ??= 'mm[Hg]'
      readings.push({ at: when.sortAt, text: when.text, values: [value.systolicMmHg, value.diastolicMmHg] })
      continue
    }
    const shown: Quantity = shownQuantity(value.quantity, codes, reader)
    if (shown.comparator === undefined && unit === undefined) [unit, isUcum] = [shown.unit, shown.isUcum]
    if (shown.comparator !== undefined || shown.unit !== unit) leftOut++
    else readings.push({ at: when.sortAt, text: when.text, values: [shown.value] })
  }
  return { readings: readings.toSorted((a, b) => a.at - b.at), unit: unit ?? '', isUcum, leftOut }
}

/** A goal's band in the unit of the series; undefined where no conversion leads there. */
export function bandOf(target: GoalTarget | undefined, series: Series, reader: ReaderUnits): Band | undefined {
  if (target === undefined) return undefined
  const inUnit = (value: number | undefined) => {
    const bound = value === undefined ? undefined : boundOf(target, value, reader)
    return bound?.unit === series.unit ? bound.value : undefined
  }
  const end = (low: number | undefined, high: number | undefined) => {
    const [from, to] = [inUnit(low), inUnit(high)]
    return { ...(from === undefined ? {} : { low: from }), ...(to === undefined ? {} : { high: to }) }
  }
  const first = end(target.low, target.high)
  const second = end(target.secondLow, target.secondHigh)
  const band = target.measure === 'blood-pressure' ? [first, second] : [first]
  return band.every(each => each.low === undefined && each.high === undefined) ? undefined : band
}

/** One line for each number of a reading, with the goal's band for it behind. */
export function linesOf(readings: readonly Reading[], names: readonly string[], band?: Band): readonly TrendSeries[] {
  return names.map((name, index) => ({
    name,
    points: readings.flatMap(({ at, values }) => {
      const value = values[index]
      const range = band?.[index]
      return value === undefined ? [] : [{ at, value, ...(range === undefined ? {} : { range }) }]
    }),
  }))
}
