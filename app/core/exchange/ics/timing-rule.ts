import { at, isObject, textOf } from '#schema/record/fhir/json.ts'
import { icsDate } from './ics-text.ts'

const FREQUENCIES: ReadonlyMap<unknown, string> = new Map([
  ['h', 'HOURLY'],
  ['d', 'DAILY'],
  ['wk', 'WEEKLY'],
  ['mo', 'MONTHLY'],
  ['a', 'YEARLY'],
])
const DAYS: ReadonlyMap<unknown, string> = new Map(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(day => [day, day.slice(0, 2).toUpperCase()] as const),
)

/**
 * A FHIR Timing's repeat (https://hl7.org/fhir/R4/datatypes.html#Timing) as RFC 5545's RRULE. Undefined where a calendar can't say it:
 * three times a day needs hours that nobody named.
 */
export function timingRule(repeat: unknown, start: string): string | undefined {
  if (!isObject(repeat)) return undefined
  const { frequency = 1, period, periodUnit, count } = repeat
  const every = FREQUENCIES.get(periodUnit)
  const isWhole = typeof period === 'number' && Number.isInteger(period) && period > 0 && period < 1000
  if (every === undefined || !isWhole || frequency !== 1) return undefined
  const days = Array.isArray(repeat['dayOfWeek']) ? repeat['dayOfWeek'].flatMap(day => DAYS.get(day) ?? []) : []
  const until = untilOf(textOf(at(repeat, 'boundsPeriod', 'end')) ?? '', start)
  const parts = [
    `FREQ=${every}`,
    ...(period === 1 ? [] : [`INTERVAL=${period}`]),
    ...(days.length === 0 ? [] : [`BYDAY=${days.join(',')}`]),
    ...(periodUnit === 'mo' ? lastDays(Number(start.slice(8, 10))) : []),
    ...(typeof count === 'number' && Number.isInteger(count) && count > 0 ? [`COUNT=${count}`] : until),
  ]
  return parts.join(';')
}

/** A month that has no such day has it on its last: RFC 5545 would leave that month out. */
function lastDays(day: number): readonly string[] {
  if (day <= 28) return []
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index)
  return [`BYMONTHDAY=${days.join(',')}`, 'BYSETPOS=-1']
}

/** RFC 5545 §3.3.10: a day where the start is a day, a time of the place where the start is one, else a time in UTC. */
function untilOf(end: string, start: string): readonly string[] {
  const date = icsDate(end)
  if (date === undefined) return []
  const day = date.value.slice(0, 8)
  if (!start.includes('T')) return [`UNTIL=${day}`]
  if (!hasZone(start)) return [`UNTIL=${day}T235959`]
  return [`UNTIL=${date.value.endsWith('Z') ? date.value : `${day}T235959Z`}`]
}

const hasZone = (text: string) => /(?:Z|[+-]\d\d:?\d\d)$/.test(text)
