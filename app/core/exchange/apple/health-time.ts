import { plainCell } from '../csv/read-cell.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A moment of an export, `2024-03-05 07:12:44 +0100`, in numbers. Written over at each reading: no object a record. */
export class HealthTime {
  /** Milliseconds since 1970 in UTC. */
  at = 0
  /** Minutes east of UTC. */
  zone = 0

  /** Reads `text`; false for what is no moment that a calendar has, of the years 1800 to 2199. */
  read(text: string | undefined): boolean {
    if (text === undefined) return false
    return this.#readPlain(text) || (text.length < 80 && this.#readPlain(plainMoment(text)))
  }

  #readPlain(text: string): boolean {
    if (text.length < 25) return false
    const year = digits(text, 0, 4)
    const month = digits(text, 5, 2)
    const day = digits(text, 8, 2)
    const hour = digits(text, 11, 2)
    const minute = digits(text, 14, 2)
    const second = digits(text, 17, 2)
    const zone = digits(text, 21, 2) * 60 + digits(text, 23, 2)
    // One that is no number makes the sum none.
    if (!(year + month + day + hour + minute + second + zone >= 0) || text.length > 25) return false
    if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60)
      return false
    const midnight = Date.UTC(year, month - 1, day)
    if (zone > 14 * 60 || (day > 28 && new Date(midnight).getUTCDate() !== day)) return false
    this.zone = text.charCodeAt(20) === MINUS ? -zone : zone
    this.at = midnight + ((hour * 60 + minute) * 60 + second) * 1000 - this.zone * MINUTE_MS
    return true
  }

  /** Days since 1970 by the clock on the wall; `lateByHours` moves the day's beginning. */
  day(lateByHours = 0): number {
    return dayOf(this.at - lateByHours * 60 * MINUTE_MS, this.zone)
  }
}

/** Days since 1970 of a moment (ms since 1970) by a clock so many minutes east of UTC. */
export const dayOf = (at: number, zone: number) => Math.floor((at + zone * MINUTE_MS) / DAY_MS)

const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2}) (上午|下午)? ?(\d{1,2}):(\d\d):(\d\d) ?([ap]\.? ?m\.?|ص|م)? ?([+-]\d{4})$/i
const LATER = /^(?:p|م|下午)/i

/** What a phone wrote by its own language and clock (`2024-03-05 7:12:44 p. m. +0100`, other digits) in the usual form; empty for what is none. */
function plainMoment(text: string): string {
  const found = MOMENT.exec(plainCell(text).trim())
  if (found === null) return ''
  const [, year = '', month = '', day = '', before, hours = '', minutes, seconds, after, zone] = found
  const half = before ?? after
  if (half !== undefined && (Number(hours) < 1 || Number(hours) > 12)) return ''
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (LATER.test(half) ? 12 : 0)
  const two = (number: string) => number.padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(String(hour))}:${minutes}:${seconds} ${zone}`
}

const MINUS = 45

function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let index = at; index < at + count; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** `2024-03-05` of days since 1970. */
export const dateOfDay = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The Monday of a day's week (ISO 8601). 1970 began on a Thursday. */
export const mondayOf = (day: number) => day - (((day % 7) + 7 + 3) % 7)
