import { type Instant, instant } from '../instant.ts'
import { instantOfWall, wallAt } from '../zone.ts'
import { type AtTimes, type EveryHours, type Schedule, type Step, WEEKDAYS } from './schedule.ts'

/** A dose that is due. */
export interface DueDose {
  /** By the clock on the wall where the person is: `2026-03-04T08:00`. Names the dose for good, wherever they travel. */
  readonly wall: string
  readonly at: Instant
  readonly dose: number
  readonly meal?: Step['meal']
}

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** A schedule names at most so many doses of one question: 24 a day over three years. */
const MAX_DUE = 30_000

/**
 * The doses due from the day `from` to the day `until` (both included, `2026-03-04`, by the clocks of `zone`), the earliest first. Times
 * of the day stay by the clock on the wall over a change to summer time and over a journey. Every so many hours does so too where the hours
 * divide the day (every 8 hours is at 6, 14 and 22 o'clock for good), else it counts hours as they pass. Nothing of what is taken when needed.
 */
export function dueDoses(schedule: Schedule, from: string, until: string, zone: string): readonly DueDose[] {
  const due = schedule.steps.flatMap(step => {
    const [first, last] = [later(from, step.from), earlier(until, step.until)]
    return first > last ? [] : wallsOf(step, first, last, zone).map(wall => dueAt(wall, step, zone))
  })
  return due.slice(0, MAX_DUE)
}

const later = (day: string, other = day) => (day > other ? day : other)
const earlier = (day: string, other = day) => (day < other ? day : other)

function dueAt(wall: string, { dose, meal }: Step, zone: string): DueDose {
  return { wall, at: instantOfWall(wall, zone), dose, ...(meal === undefined ? {} : { meal }) }
}

function wallsOf(step: Step, first: string, last: string, zone: string): readonly string[] {
  switch (step.rhythm.type) {
    case 'times':
      return atTimes(step.rhythm, step.from, first, last)
    case 'hours':
      return everyHours(step.rhythm, step.from ?? first, { first, last, zone })
    case 'as-needed':
      return []
  }
}

/** Days since 1970. */
const dayNumber = (day: string) => Math.floor(Date.parse(`${day}T00:00Z`) / DAY_MS)
const dayText = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)

function* daysFrom(first: string, last: string): Generator<number> {
  const end = dayNumber(last)
  for (let day = dayNumber(first); day <= end; day++) yield day
}

function atTimes({ times, weekdays, everyDays = 1 }: AtTimes, start: string | undefined, first: string, last: string) {
  const begin = start === undefined ? 0 : dayNumber(start)
  const walls: string[] = []
  for (const day of daysFrom(first, last)) {
    // 1970-01-01 was a Thursday.
    const weekday = WEEKDAYS[(day + 3) % 7]
    if (weekdays !== undefined && !weekdays.some(each => each === weekday)) continue
    if (everyDays > 1 && (day - begin) % everyDays !== 0) continue
    walls.push(...times.map(time => `${dayText(day)}T${time}`))
    if (walls.length > MAX_DUE) break
  }
  return walls
}

interface Span {
  readonly first: string
  readonly last: string
  readonly zone: string
}

function everyHours({ hours, first: time }: EveryHours, start: string, span: Span): readonly string[] {
  return 24 % hours === 0 ? byTheClock(hours, `${start}T${time}`, span) : byHours(hours, `${start}T${time}`, span)
}

function byTheClock(hours: number, beginning: string, { first, last }: Span): readonly string[] {
  const minutes = Number(beginning.slice(11, 13)) * 60 + Number(beginning.slice(14))
  const perDay = 24 / hours
  const times = Array.from({ length: perDay }, (_, index) => timeText((minutes + index * hours * 60) % 1440)).toSorted()
  return atTimes({ type: 'times', times }, undefined, first, last).filter(wall => wall >= beginning)
}

function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function byHours(hours: number, beginning: string, { first, last, zone }: Span): readonly string[] {
  const begin = instantOfWall(beginning, zone)
  const from = instantOfWall(`${first}T00:00`, zone)
  const walls: string[] = []
  for (let turn = Math.max(0, Math.ceil((from - begin) / (hours * HOUR_MS))); walls.length < MAX_DUE; turn++) {
    const wall = wallAt(instant(begin + turn * hours * HOUR_MS), zone)
    if (wall.slice(0, 10) > last) break
    walls.push(wall)
  }
  return walls
}

/** Why a dose that is taken when needed should wait. */
export interface Wait {
  readonly until: Instant
  readonly because: 'gap' | 'most-per-day'
}

/**
 * Whether the rules that the record holds for a medicine taken when needed ask to wait, given when it was `taken`; the later of the
 * two where both do. Undefined: they do not. Says nothing of whether it is safe.
 */
export function waitFor(
  { gapHours, mostPerDay }: { readonly gapHours?: number; readonly mostPerDay?: number },
  taken: readonly Instant[],
  now: Instant,
): Wait | undefined {
  const past = taken.filter(at => at <= now).toSorted((a, b) => b - a)
  const waits: Wait[] = []
  const [last] = past
  if (gapHours !== undefined && last !== undefined)
    waits.push({ until: instant(Math.round(last + gapHours * HOUR_MS)), because: 'gap' })
  const oldestOfDay = mostPerDay === undefined ? undefined : past[mostPerDay - 1]
  if (oldestOfDay !== undefined) waits.push({ until: instant(oldestOfDay + DAY_MS), because: 'most-per-day' })
  return waits.filter(wait => wait.until > now).toSorted((a, b) => b.until - a.until)[0]
}
