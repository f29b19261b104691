import { type Instant, instant } from '../instant.ts'
import { fail, ok, type Result } from '../result.ts'
import type { When } from './entry.ts'

/** `not-a-date`: not of the FHIR form. `impossible-date`: of the form, but no calendar has it (2021-02-30, month 13, 25:00). */
export type WhenFailure = 'not-a-date' | 'impossible-date'

/**
 * FHIR date, dateTime and instant (https://hl7.org/fhir/R4/datatypes.html#dateTime); looser than FHIR where files in the
 * wild are: seconds or zone may be missing, the zone may be `+0200`.
 */
const FORM = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/

const MINUTE_MS = 60_000

/** The days of a month, 1–12, in the proleptic Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Minutes east of UTC; undefined past ±14:00, which no place on earth has. */
function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(-2))
  const total = Number(zone.slice(1, 3)) * 60 + minutes
  if (minutes > 59 || total > 14 * 60) return undefined
  return zone.startsWith('-') ? -total : total
}

/** Reads one FHIR date text. Total: whatever comes in, nothing is thrown. */
export function parseWhen(text: unknown): Result<When, WhenFailure> {
  const parts = typeof text === 'string' ? FORM.exec(text.trim()) : null
  if (parts === null) return fail('not-a-date')
  const [y, m, d] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)]
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)]
  const offset = zoneMinutes(parts[8] ?? 'Z')
  // FHIR admits second 60 (a leap second); it sorts as the first of the next minute.
  const isPossible = y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m) && hour <= 23 && minute <= 59
  if (!isPossible || second > 60 || offset === undefined) return fail('impossible-date')
  const ms = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  return ok({
    text: parts[0],
    sortAt: instant(utc(y, m, d) + Date.UTC(1970, 0, 1, hour, minute, second, ms) - offset * MINUTE_MS),
  })
}

/** Midnight in UTC. `Date.UTC` takes the first hundred years for those of the twentieth century. */
function utc(year: number, month: number, day: number): number {
  return year < 100 ? new Date(0).setUTCFullYear(year, month - 1, day) : Date.UTC(year, month - 1, day)
}

/** A dateTime to the minute or finer, with its zone. */
export function isDateWithTimeAndZone(text: string): boolean {
  return parseWhen(text).ok && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)
}

/** `at` as a FHIR dateTime to the second, in the zone that lies `offsetMinutes` east of UTC. */
export function dateTimeText(at: Instant, offsetMinutes: number): string {
  const local = new Date(at + offsetMinutes * MINUTE_MS).toISOString().slice(0, 19)
  const size = Math.abs(offsetMinutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Whether `until` lies before `since`, compared only as exactly as both are known. */
export function endsBefore(since: string | undefined, until: string | undefined): boolean {
  if (since === undefined || until === undefined) return false
  const length = Math.min(since.length, until.length, '2021-03-04'.length)
  return until.slice(0, length) < since.slice(0, length)
}

/**
 * A date text that `parseWhen` reads, as FHIR wants it written: seconds where there is a time, a colon in the zone. A time whose zone
 * nobody knows is left out: FHIR allows none without.
 */
export function fhirDateTime(text: string): string {
  const parts = FORM.exec(text.trim())
  const [, , , , hour, minute, second = '00', fraction, zone] = parts ?? []
  if (hour === undefined || minute === undefined) return text.trim()
  const day = text.trim().slice(0, '2021-03-04'.length)
  if (zone === undefined) return day
  const written = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  return `${day}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${written}`
}
