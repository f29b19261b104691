import { offsetOfWall } from '#schema/zone.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { parseWhen } from '#schema/record/when.ts'
import type { DateOrder } from '../../table-session.ts'
import { plainCell } from './read-cell.ts'

/** A day, and a time of it where one is said, by the clock on the wall: `2026-03-04`, `07:15:00`, `+01:00`. */
export interface CivilTime {
  readonly date: string
  readonly time?: string
  /** Only where the table says it. */
  readonly zone?: string
}

/** A date before its parts have an order: `03/04/2026`. */
interface DateNumbers {
  readonly numbers: readonly [string, string, string]
  /** With points nobody writes the month first. */
  readonly hasPoints: boolean
}

type DatePart = { readonly year: string; readonly month: number; readonly day: number } | DateNumbers

/** `impossible`: no calendar has it in this order (13/14/2026). */
export type TimeFailure = 'not-a-date' | 'impossible-date'

const CLOCK =
  /(?:^|[T\s,])(上午|下午|凌晨|晚上)?\s?(\d{1,2})[:.h](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s?([ap]\.?\s?m\.?|ص|م)?\s?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d:?\d\d)?$/i

/** A date, a time, or both, however it is written. The numbers of a date stand in `order` where no name or year says more. */
export function readTime(text: string, order: DateOrder | undefined): Result<CivilTime, TimeFailure> {
  const plain = plainCell(text).trim()
  const clock = clockOf(plain)
  const date = dateOf(clock === undefined ? plain : plain.slice(0, clock.start).trim().replace(/,$/, ''))
  if (date === undefined) return fail('not-a-date')
  const day = 'numbers' in date ? inOrder(date.numbers, date.hasPoints ? 'day-first' : order) : date
  if (day === undefined) return fail('impossible-date')
  const { year, month, day: number } = day
  const written = `${year}-${two(month)}-${two(number)}`
  if (!parseWhen(written).ok) return fail('impossible-date')
  const { start: _, ...rest } = clock ?? { start: 0 }
  return ok({ date: written, ...rest })
}

/** A time alone: `07:15`, `7:15 PM`. */
export function readClock(text: string): Pick<CivilTime, 'time' | 'zone'> | undefined {
  const clock = clockOf(plainCell(text).trim())
  if (clock === undefined || clock.start !== 0) return undefined
  const { start: _, ...rest } = clock
  return rest
}

function clockOf(text: string) {
  const match = CLOCK.exec(text)
  if (match === null) return undefined
  const [, before, hours = '', minutes = '', seconds = '00', after, zone] = match
  const half = before ?? after
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/^(?:p|م|下午|晚上)/i.test(half) ? 12 : 0)
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59 || (half !== undefined && Number(hours) > 12))
    return undefined
  const time = `${two(hour)}:${minutes}:${seconds}`
  return { start: match.index, time, ...(zone === undefined ? {} : { zone: zoneOf(zone) }) }
}

function zoneOf(zone: string): string {
  const offset = /[+-]\d\d:?\d\d$/.exec(zone)?.[0]
  return offset === undefined ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`
}

const two = (value: number) => String(value).padStart(2, '0')
const longYear = (year: string) => (year.length === 2 ? `${Number(year) > 69 ? '19' : '20'}${year}` : year)

function dateOf(text: string): DatePart | undefined {
  const [, y, m, d] =
    /^(\d{4})(?:[-/. ]|年)\s?(\d{1,2})(?:[-/. ]|月)\s?(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    []
  if (y !== undefined) return { year: y, month: Number(m), day: Number(d) }
  const [, a, mark, b, c] = /^(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)\.?$/.exec(text) ?? []
  if (a !== undefined && b !== undefined && c !== undefined) return { numbers: [a, b, c], hasPoints: mark === '.' }
  return namedMonth(text)
}

/** `4 March 2026`, `Mar 4, 2026`, `04-Mar-26`, `4 de marzo de 2026`; a weekday before it counts for nothing. */
function namedMonth(text: string): DatePart | undefined {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}.]*|\d+/gu) ?? []
  const month = words.map(word => monthOf(word)).find(number => number !== undefined)
  const numbers = words.filter(word => /^\d+$/.test(word))
  const [day = '', year = ''] = numbers
  if (month === undefined || words.length > 8 || numbers.length !== 2) return undefined
  if (!/^\d{1,2}$/.test(day) || !/^(?:\d\d|\d{4})$/.test(year)) return undefined
  return { year: longYear(year), month, day: Number(day) }
}

function inOrder([a, b, c]: DateNumbers['numbers'], order: DateOrder | undefined) {
  if (order === 'year-first')
    return c.length === 4 ? undefined : { year: longYear(a), month: Number(b), day: Number(c) }
  // Where both would do, only one can be meant: undefined until somebody says which.
  if (order === 'day-first') return { year: longYear(c), month: Number(b), day: Number(a) }
  return order === 'month-first' ? { year: longYear(c), month: Number(a), day: Number(b) } : undefined
}

/** Which orders the numbers of this date can stand in; undefined where it is certain by itself, or no date. */
export function ordersOf(text: string): readonly DateOrder[] | undefined {
  const plain = plainCell(text).trim()
  const clock = clockOf(plain)
  const date = dateOf(clock === undefined ? plain : plain.slice(0, clock.start).trim().replace(/,$/, ''))
  if (date === undefined || !('numbers' in date) || date.hasPoints) return undefined
  return (['day-first', 'month-first', 'year-first'] as const).filter(order => readTime(text, order).ok)
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'tr', 'ar', 'id']
let months: ReadonlyMap<string, number> | undefined

/** The names of months that browsers know, long and short. */
function monthOf(word: string): number | undefined {
  months ??= new Map(
    LANGUAGES.flatMap(language =>
      (['long', 'short'] as const).flatMap(style => {
        const format = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' })
        return Array.from({ length: 12 }, (_, month) => {
          const parts = format.formatToParts(Date.UTC(2026, month, 1))
          const name = parts.find(({ type }) => type === 'month')?.value ?? ''
          return [bare(name), month + 1] as const
        })
      }),
    ),
  )
  return months.get(bare(word))
}

const bare = (word: string) => word.toLowerCase().replaceAll('.', '')

/** `UTC+0100`, as a column beside times in UTC says it; undefined for anything else. */
export function utcOffset(text: string): string | undefined {
  const [, hours, minutes] = /^UTC([+-]\d\d)(\d\d)$/.exec(text) ?? []
  return hours === undefined || minutes === undefined ? undefined : `${hours}:${minutes}`
}

/** A time in UTC as a clock at `offset` (`+01:00`) showed it. */
export function atOffset(civil: CivilTime, offset: string): CivilTime {
  if (civil.time === undefined || civil.zone !== undefined) return civil
  const size = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  const minutes = offset.startsWith('-') ? -size : size
  const wall = new Date(Date.parse(`${civil.date}T${civil.time}Z`) + minutes * 60_000).toISOString()
  return { date: wall.slice(0, 10), time: wall.slice(11, 19), zone: offset }
}

/**
 * The FHIR dateTime of a civil time: in the zone it names, else in `zone` (an IANA name) as its clocks stood on that day. A time that
 * a clock skipped is taken as the clock before it went. Only the day where no time is said.
 */
export function dateTimeIn({ date, time, zone: own }: CivilTime, zone: string): string {
  if (time === undefined) return date
  if (own !== undefined) return `${date}T${time}${own}`
  const minutes = offsetOfWall(`${date}T${time}`, zone)
  const size = Math.abs(minutes)
  return `${date}T${time}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
