import type { EntrySummary } from '#schema/record/entry.ts'
import type { TrendSeries } from '../../parts/trend-chart.tsx'
import { inUnits, type Units } from '../../record/units.ts'

/** Oldest first: the order in which lines are drawn. Entries without a date have no place on an axis of time. */
function dated(entries: readonly EntrySummary[]) {
  return entries
    .flatMap(({ when, value }) => (when === undefined || value === undefined ? [] : [{ at: when.sortAt, value }]))
    .toSorted((a, b) => a.at - b.at)
}

export function bloodPressureSeries(
  readings: readonly EntrySummary[],
  names: { readonly systolic: string; readonly diastolic: string },
): readonly TrendSeries[] {
  const pairs = dated(readings).flatMap(({ at, value }) => (value.type === 'blood-pressure' ? [{ at, value }] : []))
  return [
    { name: names.systolic, points: pairs.map(({ at, value }) => ({ at, value: value.systolicMmHg })) },
    { name: names.diastolic, points: pairs.map(({ at, value }) => ({ at, value: value.diastolicMmHg })) },
  ]
}

/** Only what came out in the unit of the newest one: two units never share an axis. */
export function weightSeries(readings: readonly EntrySummary[], units: Units): TrendSeries['points'] {
  const quantities = dated(readings).flatMap(({ at, value }) =>
    value.type === 'quantity' && value.quantity.comparator === undefined
      ? [{ at, quantity: inUnits(value.quantity, units) }]
      : [],
  )
  const unit = quantities.at(-1)?.quantity.unit
  return quantities.flatMap(({ at, quantity }) => (quantity.unit === unit ? [{ at, value: quantity.value }] : []))
}
