import { fail, ok, type Result } from '../result.ts'
import { WEEKDAYS, type Weekday } from '../medicines/schedule.ts'
import { isObject } from '../record/fhir/json.ts'
import { parseWhen } from '../record/when.ts'

/** `2026-03-04`. */
export type Day = string

export type Repeat =
  | { readonly type: 'once' }
  /** Every so many days (1–366), from the first one on. */
  | { readonly type: 'days'; readonly every: number }
  /** One to seven of them, Monday first. */
  | { readonly type: 'weekdays'; readonly weekdays: readonly Weekday[] }
  /** On the first day's day of each month; where a month has none, on its last. */
  | { readonly type: 'monthly' }

/** When a task is to be done. */
export interface Rhythm {
  /** The first day it is due; of `weekdays` one of them. */
  readonly from: Day
  readonly repeat: Repeat
  /** `HH:MM` by the clock on the wall; absent: some time that day. */
  readonly time?: string
  /** The last day it may be due. */
  readonly until?: Day
}

export type RhythmField = 'from' | 'until' | 'time' | 'every' | 'weekdays'

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const DAY_MS = 86_400_000
/** Each repeated task is due at least once in so many days. */
const LONGEST = 366
/** One question names at most so many days. */
const MAX_DAYS = 4000

/** As an entry's field keeps it: JSON with its members in one order, so that the same rhythm is the same text. */
export function rhythmText({ from, repeat, time, until }: Rhythm): string {
  return JSON.stringify({ from, repeat: ordered(repeat), time, until })
}

function ordered(repeat: Repeat) {
  if (repeat.type === 'days') return { type: repeat.type, every: repeat.every }
  return repeat.type === 'weekdays' ? { type: repeat.type, weekdays: repeat.weekdays } : { type: repeat.type }
}

/** Reads what `rhythmText` wrote; undefined for anything else. Total. */
export function readRhythm(text: string): Rhythm | undefined {
  try {
    const read = checkRhythm(JSON.parse(text))
    return read.ok ? read.value : undefined
  } catch {
    return undefined
  }
}

/** Checks what a form or a file sent. Unknown members are left out. Total. */
export function checkRhythm(value: unknown): Result<Rhythm, RhythmField> {
  if (!isObject(value)) return fail('from')
  const { from, time, until } = value
  if (!isDay(from)) return fail('from')
  if (until !== undefined && (!isDay(until) || until < from)) return fail('until')
  if (time !== undefined && (typeof time !== 'string' || !TIME.test(time))) return fail('time')
  const repeat = checkRepeat(value['repeat'])
  if (!repeat.ok) return repeat
  const first = firstDay(from, repeat.value)
  if (until !== undefined && until < first) return fail('until')
  return ok({
    from: first,
    repeat: repeat.value,
    ...(time === undefined ? {} : { time }),
    ...(until === undefined ? {} : { until }),
  })
}

const isDay = (value: unknown): value is Day => typeof value === 'string' && value.length === 10 && parseWhen(value).ok

function checkRepeat(value: unknown): Result<Repeat, RhythmField> {
  const { type, every, weekdays } = isObject(value) ? value : {}
  switch (type) {
    case 'days': {
      const isWhole = typeof every === 'number' && Number.isInteger(every) && every >= 1 && every <= LONGEST
      return isWhole ? ok({ type, every }) : fail('every')
    }
    case 'weekdays': {
      const days = Array.isArray(weekdays) ? WEEKDAYS.filter(day => weekdays.includes(day)) : []
      return days.length === 0 ? fail('weekdays') : ok({ type, weekdays: days })
    }
    case 'once':
    case 'monthly':
      return ok({ type })
    default:
      return fail('from')
  }
}

const dayNumber = (day: Day) => Math.floor(Date.parse(`${day}T00:00Z`) / DAY_MS)

/** The day so many days after `day`. */
export const dayPlus = (day: Day, days: number): Day => dayText(dayNumber(day) + days)

function dayText(number: number): Day {
  // Past the year 9999 the text would grow by a sign; no task is due then.
  return new Date(Math.min(number * DAY_MS, Date.UTC(9999, 11, 31))).toISOString().slice(0, 10)
}

// 1970-01-01 was a Thursday.
const weekdayOf = (number: number) => WEEKDAYS[(((number + 3) % 7) + 7) % 7] ?? 'mon'

function firstDay(from: Day, repeat: Repeat): Day {
  if (repeat.type !== 'weekdays') return from
  const wait = [0, 1, 2, 3, 4, 5, 6].find(each => repeat.weekdays.includes(weekdayOf(dayNumber(from) + each)))
  return dayPlus(from, wait ?? 0)
}

/** The days from `first` to `last` (both included) on which it is due, the earliest first. */
export function dueDays(rhythm: Rhythm, first: Day, last: Day): readonly Day[] {
  const begin = dayNumber(first > rhythm.from ? first : rhythm.from)
  const end = dayNumber(rhythm.until !== undefined && rhythm.until < last ? rhythm.until : last)
  const days: Day[] = []
  for (let day = begin; day <= end && day - begin < MAX_DAYS; day++) if (isDue(rhythm, day)) days.push(dayText(day))
  return days
}

function isDue({ from, repeat }: Rhythm, day: number): boolean {
  const since = day - dayNumber(from)
  switch (repeat.type) {
    case 'once':
      return since === 0
    case 'days':
      return since % repeat.every === 0
    case 'weekdays':
      return repeat.weekdays.includes(weekdayOf(day))
    case 'monthly':
      return isSameOfMonth(from, day)
  }
}

function isSameOfMonth(from: Day, day: number): boolean {
  const wanted = Number(from.slice(8))
  const here = Number(dayText(day).slice(8))
  const isLast = dayText(day + 1).endsWith('-01')
  return here === wanted || (isLast && here < wanted)
}

/** The last day, `day` or before it, on which it was due. */
export function lastDue(rhythm: Rhythm, day: Day): Day | undefined {
  if (rhythm.repeat.type === 'once') return rhythm.from <= day ? rhythm.from : undefined
  const end = rhythm.until !== undefined && rhythm.until < day ? rhythm.until : day
  return dueDays(rhythm, dayPlus(end, -LONGEST), end).at(-1)
}

/** The days after `day` on which it will be due, as far as the longest rhythm reaches. */
export function comingDays(rhythm: Rhythm, day: Day): readonly Day[] {
  const first = dayPlus(day, 1)
  return dueDays(rhythm, first, dayPlus(first > rhythm.from ? first : rhythm.from, LONGEST))
}
