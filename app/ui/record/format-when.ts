import type { When } from '#schema/record/entry.ts'
import { utcFormat } from '../language/intl.ts'
import { parseFhirDate, utcDate } from './fhir-date.ts'

/** Dates follow the Gregorian calendar in every language: they are the ones on the papers. */
const format = (locale: string, options: Intl.DateTimeFormatOptions, date: Date) =>
  utcFormat(locale, { calendar: 'gregory', ...options }).format(date)

/** `weekday` is long, with the day of the week where the day is known: of what is to come. */
export type WhenStyle = 'short' | 'long' | 'weekday'

/**
 * The date as exactly as it is known and no more exactly: `2021`, `March 2021`, `4 March 2021`, `4 March 2021, 10:00`.
 * Times are those of the place where it was written. Text that is no date is shown as it is.
 */
export function formatWhen(when: Pick<When, 'text'>, locale: string, style: WhenStyle = 'short'): string {
  const parts = parseFhirDate(when.text)
  if (parts === undefined) return when.text
  const date = utcDate(parts)
  const month = style === 'short' ? 'short' : 'long'
  const weekday = style === 'weekday' ? { weekday: 'short' as const } : {}
  if (parts.month === undefined) return format(locale, { year: 'numeric' }, date)
  if (parts.day === undefined) return format(locale, { year: 'numeric', month: 'long' }, date)
  if (parts.time === undefined) return format(locale, { ...weekday, year: 'numeric', month, day: 'numeric' }, date)
  return format(
    locale,
    { ...weekday, year: 'numeric', month, day: 'numeric', hour: 'numeric', minute: '2-digit' },
    date,
  )
}

/** The heading of a month of the timeline: `2021-03` → `March 2021`, `2021` → `2021`. */
export function formatMonth(month: string, locale: string): string {
  const parts = parseFhirDate(month)
  if (parts === undefined) return month
  const options: Intl.DateTimeFormatOptions =
    parts.month === undefined ? { year: 'numeric' } : { year: 'numeric', month: 'long' }
  return format(locale, options, utcDate(parts))
}

/** The date without its hour, where many stand below each other. */
export function formatDate(when: When, locale: string): string {
  return formatWhen({ text: when.text.slice(0, 10) }, locale)
}

/** Beside a heading that says year and month, a row needs the day and the hour only. */
export function formatDay(when: When, locale: string): string {
  const parts = parseFhirDate(when.text)
  if (parts?.day === undefined) return ''
  return format(locale, { month: 'short', day: 'numeric' }, utcDate(parts))
}

export function monthNames(locale: string): readonly { readonly value: string; readonly name: string }[] {
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1).padStart(2, '0'),
    name: format(locale, { month: 'long' }, new Date(Date.UTC(2000, index, 1))),
  }))
}
