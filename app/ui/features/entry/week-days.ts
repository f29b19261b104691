import { isObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { quantityOf } from '#schema/record/fhir/value.ts'
import type { Quantity } from '#schema/record/entry.ts'

const DAY_MS = 86_400_000
/** Longer than any week or month. */
const MAX_DAYS = 400

/** What a resource says day by day. */
export interface WeekDays {
  /** Each day has one sum; else the least, the mean and the greatest. */
  readonly isSum: boolean
  readonly source: string
  readonly days: readonly { readonly date: string; readonly values: readonly Quantity[] }[]
}

/**
 * The values a day of an Observation that Wellkeep made of very many readings (decision 27): FHIR SampledData whose period is a day, from
 * the day its period starts. Undefined for all others. Days without readings are left out.
 */
export function weekDaysOf(original: string): WeekDays | undefined {
  const { effectivePeriod, component, performer } = parseObject(original)
  const start = Date.parse(textOf(isObject(effectivePeriod) ? effectivePeriod['start'] : undefined) ?? '')
  const sampled = objectsOf(component)
    .map(each => each['valueSampledData'])
    .find(isObject)
  if (sampled === undefined || sampled['period'] !== DAY_MS || Number.isNaN(start)) return undefined
  const origin = quantityOf(sampled['origin'])
  const dimensions = sampled['dimensions']
  if (origin === undefined || (dimensions !== 1 && dimensions !== 3)) return undefined
  const numbers = (textOf(sampled['data']) ?? '')
    .split(' ')
    .slice(0, MAX_DAYS * dimensions)
    .map(Number)
  const days = Array.from({ length: Math.floor(numbers.length / dimensions) }, (_, day) => ({
    date: new Date(start + day * DAY_MS).toISOString().slice(0, 10),
    values: numbers.slice(day * dimensions, (day + 1) * dimensions).map(value => ({ ...origin, value })),
  })).filter(({ values }) => values.every(({ value }) => Number.isFinite(value)))
  const source = textOf(objectsOf(performer)[0]?.['display']) ?? ''
  return days.length === 0 ? undefined : { isSum: dimensions === 1, source, days }
}
