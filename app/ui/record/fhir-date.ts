import { asciiDigits } from './typed-number.ts'

/** A FHIR date or dateTime taken apart; what it leaves open is absent. */
export interface DateParts {
  readonly year: number
  readonly month?: number
  readonly day?: number
  /** `10:00`, as written, in its own zone. */
  readonly time?: string
  /** `+02:00` or `Z`. */
  readonly offset?: string
}

const PATTERN = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** Undefined for text that is no FHIR date or names a day that does not exist. */
export function parseFhirDate(text: string): DateParts | undefined {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  const [, year, month, day, time, offset] = match
  const parts: DateParts = {
    year: Number(year),
    ...(month !== undefined && { month: Number(month) }),
    ...(day !== undefined && { day: Number(day) }),
    ...(time !== undefined && { time }),
    ...(offset !== undefined && { offset }),
  }
  return isRealDate(parts) ? parts : undefined
}

function isRealDate({ year, month = 1, day = 1 }: DateParts): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Midnight UTC of the parts' first day: what `Intl` formats with `timeZone: 'UTC'`. */
export function utcDate(parts: DateParts): Date {
  const date = new Date(Date.UTC(2000, 0, 1))
  date.setUTCFullYear(parts.year, (parts.month ?? 1) - 1, parts.day ?? 1)
  if (parts.time !== undefined) {
    const [hours, minutes] = parts.time.split(':')
    date.setUTCHours(Number(hours), Number(minutes))
  }
  return date
}

/** What a person typed of a date they may know only in part. */
export interface DateDraft {
  readonly year: string
  /** `01`–`12`, or empty. */
  readonly month: string
  readonly day: string
}

export const NO_DATE: DateDraft = { year: '', month: '', day: '' }

export function draftOfDate(text: string | undefined): DateDraft {
  const parts = text === undefined ? undefined : parseFhirDate(text)
  if (parts === undefined) return NO_DATE
  const two = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'))
  return { year: String(parts.year), month: two(parts.month), day: parts.day === undefined ? '' : String(parts.day) }
}

/** The FHIR date of what was typed: a year, a month, or a day. `ok` without text when nothing was typed. */
export function parseDateDraft(draft: DateDraft): { readonly ok: boolean; readonly text?: string } {
  const year = asciiDigits(draft.year).trim()
  const day = asciiDigits(draft.day).trim()
  if (year === '' && draft.month === '' && day === '') return { ok: true }
  if (!/^(?:18|19|20|21)\d\d$/.test(year) || (day !== '' && draft.month === '')) return { ok: false }
  const text = [year, draft.month, day.padStart(day === '' ? 0 : 2, '0')].filter(part => part !== '').join('-')
  return parseFhirDate(text) === undefined ? { ok: false } : { ok: true, text }
}

const two = (part: number) => String(part).padStart(2, '0')

/** `+02:00` of the reader's own clock at that local time. */
export function localOffset(date: string, time: string): string {
  const minutes = -new Date(`${date}T${time}`).getTimezoneOffset()
  if (Number.isNaN(minutes)) return 'Z'
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `date` and `time` as native inputs hold them, from the reader's own clock. */
export function localDateTime(now: Date): { readonly date: string; readonly time: string } {
  return {
    date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    time: `${two(now.getHours())}:${two(now.getMinutes())}`,
  }
}

/** A date and a time of day; `written` is the FHIR dateTime it came from, kept to the letter while nothing changes. */
export interface TakenDraft {
  readonly date: string
  readonly time: string
  readonly written?: string
}

export function draftOfTaken(written: string): TakenDraft {
  const parts = parseFhirDate(written)
  return { date: written.slice(0, 10), time: parts?.time ?? '00:00', written }
}

/**
 * The FHIR dateTime of what was typed; undefined for no or an impossible date. A changed time stays in the zone it was
 * written in, so correcting ten minutes on a journey does not move it by hours.
 */
export function parseTaken(draft: TakenDraft, offsetAt = localOffset): string | undefined {
  const { date, time, written } = draft
  if (parseFhirDate(date)?.day === undefined || !/^\d\d:\d\d$/.test(time)) return undefined
  if (written !== undefined) {
    const before = draftOfTaken(written)
    if (before.date === date && before.time === time) return written
    const offset = parseFhirDate(written)?.offset
    if (offset !== undefined && offset !== offsetAt(before.date, before.time)) return `${date}T${time}:00${offset}`
  }
  return `${date}T${time}:00${offsetAt(date, time)}`
}
