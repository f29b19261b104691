import { at, isObject, type JsonObject, objectsOf, textOf } from '#schema/record/fhir/json.ts'
import { parseWhen } from '#schema/record/when.ts'
import { dosageWords } from '../report/dosage-words.ts'
import type { CalendarEvent } from './calendar-events.ts'

/** More steps of one medicine than these are no calendar. */
const MAX_STEPS = 20
const DAY_MS = 86_400_000

/**
 * When a medicine is to be taken, from FHIR Timing (https://hl7.org/fhir/R4/datatypes.html#Timing): an event for each time of day that its
 * source names, in the time of the place where the calendar is; else one that lasts the day, as no hour is made up. None for what is taken
 * as needed, is over, or cannot be said by days ("three times a week" without days). `today`: a FHIR date, where a current medicine says
 * no begin. Total.
 */
export function doseEvents(resource: JsonObject, today: string): readonly CalendarEvent[] {
  const dosages = objectsOf(resource[resource['resourceType'] === 'MedicationRequest' ? 'dosageInstruction' : 'dosage'])
  const isTaper = new Set(dosages.map(dosage => dosage['sequence'])).size > 1
  // Steps that follow each other without days of their own would all stand there at once.
  if (isTaper && !dosages.every(dosage => at(dosage, 'timing', 'repeat', 'boundsPeriod', 'start') !== undefined))
    return []
  return dosages.slice(0, MAX_STEPS).flatMap(dosage => stepEvents(resource, dosage, today))
}

function stepEvents(resource: JsonObject, dosage: JsonObject, today: string): readonly CalendarEvent[] {
  if (dosage['asNeededBoolean'] === true || dosage['asNeededCodeableConcept'] !== undefined) return []
  const repeat = at(dosage, 'timing', 'repeat')
  const span = isObject(repeat) ? spanOf(resource, repeat, today) : undefined
  const rhythm = isObject(repeat) ? rhythmOf(repeat) : undefined
  if (!isObject(repeat) || span === undefined || rhythm === undefined) return []
  const times = timesIn(repeat)
  const { count, frequency = 1, periodUnit } = repeat
  // So many doses are not so many days.
  if (count !== undefined && (times.length > 1 || frequency !== 1 || periodUnit === 'h')) return []
  const start = firstDay(span.start, rhythm.days)
  const note = dosageWords([dosage])
  const hourlyRule = times.length === 1 && periodUnit === 'h' ? hoursApart(repeat['period']) : undefined
  return (times.length === 0 ? [undefined] : times).map(time => ({
    start: time === undefined ? start : `${start}T${time}`,
    status: 'confirmed',
    isFree: true,
    ...(note === undefined ? {} : { note }),
    rule: [...(hourlyRule ?? rhythm.parts), ...endParts(count, span.end, time !== undefined)].join(';'),
  }))
}

interface Span {
  readonly start: string
  readonly end?: string
}

/** From when until when, as days; undefined for what is over, or ends on a day that is not known. */
function spanOf(resource: JsonObject, repeat: JsonObject, today: string): Span | undefined {
  const own = repeat['boundsPeriod'] ?? resource['effectivePeriod']
  const [begin, end] = [dayOf(at(own, 'start')), at(own, 'end')]
  const { boundsDuration: length, boundsRange } = repeat
  if (boundsRange !== undefined) return undefined
  if (length !== undefined) return lastingSpan(begin ?? dayOf(resource['authoredOn']), length, today)
  if (end === undefined) return { start: begin ?? today }
  const last = dayOf(end)
  return last === undefined || last < today ? undefined : { start: begin ?? today, end: last }
}

const DAYS_IN: Readonly<Record<string, number>> = { d: 1, wk: 7 }

function lastingSpan(start: string | undefined, length: unknown, today: string): Span | undefined {
  const days = Number(at(length, 'value')) * (DAYS_IN[String(at(length, 'code') ?? at(length, 'unit'))] ?? Number.NaN)
  if (start === undefined || !Number.isInteger(days) || days < 1 || days > 36_600) return undefined
  const end = dayPlus(start, days - 1)
  return end < today ? undefined : { start, end }
}

function dayOf(value: unknown): string | undefined {
  const text = textOf(value)
  return text !== undefined && text.length >= '2026-03-04'.length && parseWhen(text).ok ? text.slice(0, 10) : undefined
}

const dayPlus = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** RFC 5545 §3.8.5.3: the first event is one of the rule's own. */
function firstDay(start: string, days: readonly string[]): string {
  if (days.length === 0) return start
  const from = new Date(Date.parse(start)).getUTCDay()
  const wait = [0, 1, 2, 3, 4, 5, 6].find(each => days.includes(WEEK[(from + each) % 7] ?? '')) ?? 0
  return dayPlus(start, wait)
}

interface Rhythm {
  readonly parts: readonly string[]
  /** FHIR's names of the days. */
  readonly days: readonly string[]
}

const LONG: Readonly<Record<string, string>> = { wk: 'WEEKLY', mo: 'MONTHLY', a: 'YEARLY' }

/** On which days; undefined where they are not known. */
function rhythmOf(repeat: JsonObject): Rhythm | undefined {
  const { frequency = 1, period = 1, periodUnit = 'd', periodMax } = repeat
  const isWhole = typeof period === 'number' && Number.isInteger(period) && period > 0 && period < 1000
  if (!isWhole || typeof frequency !== 'number' || periodMax !== undefined) return undefined
  const list = repeat['dayOfWeek']
  const days = WEEK.filter(day => Array.isArray(list) && list.includes(day))
  const byDay = days.map(day => day.slice(0, 2).toUpperCase()).join(',')
  if (days.length > 0) {
    const isOnThem =
      periodUnit === 'wk' ? frequency === days.length || frequency === 1 : periodUnit === 'd' && period === 1
    return isOnThem
      ? { parts: [...every('WEEKLY', periodUnit === 'wk' ? period : 1), `BYDAY=${byDay}`], days }
      : undefined
  }
  if (periodUnit === 'h') return hourly(period)
  if (periodUnit === 'd') return frequency > 1 && period > 1 ? undefined : { parts: every('DAILY', period), days }
  if (periodUnit === 'wk' && frequency === 7 && period === 1) return { parts: every('DAILY', 1), days }
  const name = LONG[String(periodUnit)]
  return name === undefined || frequency !== 1 ? undefined : { parts: every(name, period), days }
}

/** From the first one on. */
const hoursApart = (period: unknown) =>
  typeof period === 'number' && period < 24 ? every('HOURLY', period) : undefined

/** Each eight hours is each day; each 72 hours is each third. */
function hourly(period: number): Rhythm | undefined {
  if (period <= 24) return { parts: every('DAILY', 1), days: [] }
  return period % 24 === 0 ? { parts: every('DAILY', period / 24), days: [] } : undefined
}

const every = (name: string, period: number) => [`FREQ=${name}`, ...(period === 1 ? [] : [`INTERVAL=${period}`])]

function timesIn(repeat: JsonObject): readonly string[] {
  const list = Array.isArray(repeat['timeOfDay']) ? repeat['timeOfDay'] : []
  const times = list.filter(time => typeof time === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(time))
  return [...new Set(times.map(time => String(time).slice(0, 5)))].toSorted().slice(0, MAX_STEPS)
}

/** RFC 5545 §3.3.10: a day where the start is one, else a time without a zone, as the start has none. */
function endParts(count: unknown, end: string | undefined, hasTime: boolean): readonly string[] {
  if (typeof count === 'number' && Number.isInteger(count) && count > 0) return [`COUNT=${count}`]
  return end === undefined ? [] : [`UNTIL=${end.replaceAll('-', '')}${hasTime ? 'T235959' : ''}`]
}
