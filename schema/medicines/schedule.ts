import { fail, ok, type Result } from '../result.ts'
import { isObject } from '../record/fhir/json.ts'
import { parseWhen } from '../record/when.ts'

/** `HH:MM` by the clock on the wall, 00:00 to 23:59. */
type TimeOfDay = string
/** `2026-03-04`. */
type Day = string

export const MEALS = ['before', 'with', 'after'] as const
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** At times of the day: on each day, on some weekdays, or on each so-many-th day from the step's first one. */
export interface AtTimes {
  readonly type: 'times'
  /** One to 24, each once, the earliest first. */
  readonly times: readonly TimeOfDay[]
  readonly weekdays?: readonly Weekday[]
  /** 2–366; wants `from`. */
  readonly everyDays?: number
}

/** Every so many hours (1–72) from the first dose on; wants `from`. */
export interface EveryHours {
  readonly type: 'hours'
  readonly hours: number
  readonly first: TimeOfDay
}

/** When needed: hours that have to lie between two (0.25–168), and the most doses in 24 hours (1–48), where somebody said them. */
export interface AsNeeded {
  readonly type: 'as-needed'
  readonly gapHours?: number
  readonly mostPerDay?: number
}

export type Rhythm = AtTimes | EveryHours | AsNeeded

/** One part of a schedule; a medicine that is tapered has several, one after the other. */
export interface Step {
  readonly rhythm: Rhythm
  /** How much each time, in units of the medicine (tablets, puffs, mL): above 0, at most 1000. */
  readonly dose: number
  readonly meal?: (typeof MEALS)[number]
  /** The first and the last day. Left out: from ever, for good. */
  readonly from?: Day
  readonly until?: Day
}

/** Steps in the order of their days, none of which overlap. One to 20. */
export interface Schedule {
  /** What a dose is counted in, in the person's words: “tablet”. At most 40 characters. */
  readonly unit: string
  readonly steps: readonly Step[]
}

export type ScheduleFailure =
  | { readonly kind: 'not-a-schedule' }
  /** Counted from 0. */
  | { readonly kind: 'bad-step'; readonly step: number; readonly field: StepField }
  /** It begins before the one before it has ended, or that one has no end. */
  | { readonly kind: 'overlap'; readonly step: number }

export type StepField =
  | 'times'
  | 'weekdays'
  | 'everyDays'
  | 'hours'
  | 'gapHours'
  | 'mostPerDay'
  | 'dose'
  | 'from'
  | 'until'

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const MAX_STEPS = 20
const MAX_TIMES = 24
const MAX_UNIT = 40

/** A schedule as an entry's field keeps it: JSON, with its members in one order, so that the same schedule is the same text. */
export function scheduleText({ unit, steps }: Schedule): string {
  return JSON.stringify({ unit, steps: steps.map(orderedStep) })
}

function orderedStep({ rhythm, dose, meal, from, until }: Step) {
  return { rhythm: orderedRhythm(rhythm), dose, meal, from, until }
}

function orderedRhythm(rhythm: Rhythm) {
  const { type } = rhythm
  switch (rhythm.type) {
    case 'times':
      return { type, times: rhythm.times, weekdays: rhythm.weekdays, everyDays: rhythm.everyDays }
    case 'hours':
      return { type, hours: rhythm.hours, first: rhythm.first }
    case 'as-needed':
      return { type, gapHours: rhythm.gapHours, mostPerDay: rhythm.mostPerDay }
  }
}

/** Reads what `scheduleText` wrote. Total. */
export function readSchedule(text: string): Result<Schedule, ScheduleFailure> {
  try {
    return checkSchedule(JSON.parse(text))
  } catch {
    return fail({ kind: 'not-a-schedule' })
  }
}

/** Checks what a form or a file sent. Unknown members are left out. Total. */
export function checkSchedule(value: unknown): Result<Schedule, ScheduleFailure> {
  const unit = isObject(value) ? value['unit'] : undefined
  const listed = isObject(value) ? value['steps'] : undefined
  if (typeof unit !== 'string' || unit.trim() === '' || unit.length > MAX_UNIT || !Array.isArray(listed)) {
    return fail({ kind: 'not-a-schedule' })
  }
  if (listed.length === 0 || listed.length > MAX_STEPS) return fail({ kind: 'not-a-schedule' })
  const steps: Step[] = []
  for (const [index, each] of listed.entries()) {
    const step = checkStep(each)
    if (!step.ok) return fail({ kind: 'bad-step', step: index, field: step.failure })
    const before = steps.at(-1)
    if (before !== undefined && !follows(step.value, before)) return fail({ kind: 'overlap', step: index })
    steps.push(step.value)
  }
  return ok({ unit: unit.trim(), steps })
}

const follows = (step: Step, before: Step) =>
  before.until !== undefined && step.from !== undefined && step.from > before.until

function checkStep(value: unknown): Result<Step, StepField> {
  if (!isObject(value)) return fail('times')
  const { dose, meal: saidMeal, from: saidFrom, until: saidUntil } = value
  if (!isBetween(dose, 0, 1000) || dose === 0) return fail('dose')
  const [from, until] = [dayOf(saidFrom), dayOf(saidUntil)]
  if (from === false) return fail('from')
  if (until === false || (from !== undefined && until !== undefined && until < from)) return fail('until')
  const rhythm = checkRhythm(value['rhythm'], from !== undefined)
  if (!rhythm.ok) return rhythm
  const meal = MEALS.find(each => each === saidMeal)
  return ok({
    rhythm: rhythm.value,
    dose,
    ...(meal === undefined ? {} : { meal }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  })
}

/** `false` for what is no day. */
function dayOf(value: unknown): Day | false | undefined {
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' && value.length === 10 && parseWhen(value).ok ? value : false
}

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most

const isWholeBetween = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && isBetween(value, least, most)

function checkRhythm(value: unknown, hasStart: boolean): Result<Rhythm, StepField> {
  if (!isObject(value)) return fail('times')
  switch (value['type']) {
    case 'times':
      return checkTimes(value, hasStart)
    case 'hours': {
      const { hours, first } = value
      if (!isWholeBetween(hours, 1, 72)) return fail('hours')
      if (typeof first !== 'string' || !TIME.test(first)) return fail('times')
      return hasStart ? ok({ type: 'hours', hours, first }) : fail('from')
    }
    case 'as-needed':
      return checkAsNeeded(value)
    default:
      return fail('times')
  }
}

function checkTimes(value: Readonly<Record<string, unknown>>, hasStart: boolean): Result<AtTimes, StepField> {
  const { times, weekdays, everyDays } = value
  if (!Array.isArray(times) || times.length === 0 || times.length > MAX_TIMES) return fail('times')
  const read = times.filter((time): time is TimeOfDay => typeof time === 'string' && TIME.test(time))
  if (new Set(read).size !== times.length) return fail('times')
  const days = Array.isArray(weekdays) ? WEEKDAYS.filter(day => weekdays.includes(day)) : undefined
  if (days?.length === 0) return fail('weekdays')
  if (everyDays !== undefined && (!isWholeBetween(everyDays, 2, 366) || days !== undefined)) return fail('everyDays')
  if (everyDays !== undefined && !hasStart) return fail('from')
  return ok({
    type: 'times',
    times: read.toSorted(),
    ...(days === undefined || days.length === WEEKDAYS.length ? {} : { weekdays: days }),
    ...(everyDays === undefined ? {} : { everyDays }),
  })
}

function checkAsNeeded({ gapHours, mostPerDay }: Readonly<Record<string, unknown>>): Result<AsNeeded, StepField> {
  if (gapHours !== undefined && !isBetween(gapHours, 0.25, 168)) return fail('gapHours')
  if (mostPerDay !== undefined && !isWholeBetween(mostPerDay, 1, 48)) return fail('mostPerDay')
  return ok({
    type: 'as-needed',
    ...(gapHours === undefined ? {} : { gapHours }),
    ...(mostPerDay === undefined ? {} : { mostPerDay }),
  })
}
