import {
  checkSchedule,
  readSchedule,
  type Rhythm,
  scheduleText,
  type Step,
  type StepField,
  type Weekday,
} from '#schema/medicines/schedule.ts'
import { asciiDigits, parseTypedNumber } from '../../record/typed-number.ts'
import type { FieldError, FieldErrors } from '../../record/entry-draft.ts'

/** One step as it is typed. */
export interface StepDraft {
  readonly type: Rhythm['type'] | 'none'
  readonly times: readonly string[]
  readonly days: 'daily' | 'weekdays' | 'every'
  readonly weekdays: readonly Weekday[]
  readonly everyDays: string
  readonly hours: string
  readonly first: string
  readonly gapHours: string
  readonly mostPerDay: string
  readonly dose: string
  readonly meal: NonNullable<Step['meal']> | 'any'
  readonly from: string
  readonly until: string
}

export interface ScheduleDraft {
  readonly unit: string
  /** One at least; without a schedule its type is `none`. */
  readonly steps: readonly StepDraft[]
}

/** `unit`, or a field of a step counted from 0. */
export type ScheduleField = 'unit' | `${number}.${StepField}`

export const NO_STEP: StepDraft = {
  type: 'none',
  times: ['08:00'],
  days: 'daily',
  weekdays: [],
  everyDays: '2',
  hours: '8',
  first: '08:00',
  gapHours: '',
  mostPerDay: '',
  dose: '1',
  meal: 'any',
  from: '',
  until: '',
}

export const NO_SCHEDULE: ScheduleDraft = { unit: '', steps: [NO_STEP] }

export function draftOfSchedule(text: string | undefined): ScheduleDraft {
  const schedule = readSchedule(text ?? '')
  if (!schedule.ok) return NO_SCHEDULE
  return { unit: schedule.value.unit, steps: schedule.value.steps.map(draftOfStep) }
}

function draftOfStep({ rhythm, dose, meal, from = '', until = '' }: Step): StepDraft {
  const common: StepDraft = { ...NO_STEP, type: rhythm.type, dose: String(dose), meal: meal ?? 'any', from, until }
  switch (rhythm.type) {
    case 'times':
      return {
        ...common,
        times: rhythm.times,
        ...(rhythm.weekdays === undefined ? {} : { days: 'weekdays', weekdays: rhythm.weekdays }),
        ...(rhythm.everyDays === undefined ? {} : { days: 'every', everyDays: String(rhythm.everyDays) }),
      }
    case 'hours':
      return { ...common, hours: String(rhythm.hours), first: rhythm.first }
    case 'as-needed':
      return { ...common, gapHours: textOf(rhythm.gapHours), mostPerDay: textOf(rhythm.mostPerDay) }
  }
}

const textOf = (value: number | undefined) => (value === undefined ? '' : String(value))

/** The schedule's text, none where there is none, or what is wrong. `today`: its first day where none is typed and one is wanted. */
export function checkScheduleDraft(
  { unit, steps }: ScheduleDraft,
  today: string,
): { readonly text?: string; readonly errors: FieldErrors<ScheduleField> } {
  if (steps[0]?.type === 'none') return { errors: {} }
  if (unit.trim() === '' || unit.trim().length > 40) return { errors: { unit: 'bad-unit' } }
  const checked = checkSchedule({ unit, steps: steps.map((step, index) => stepOf(step, index === 0 ? today : '')) })
  if (checked.ok) return { text: scheduleText(checked.value), errors: {} }
  const { failure } = checked
  const errors: FieldErrors<ScheduleField> = {}
  if (failure.kind === 'overlap') errors[`${failure.step}.from`] = 'overlap'
  else if (failure.kind === 'bad-step') errors[`${failure.step}.${failure.field}`] = ERRORS[failure.field]
  else errors.unit = 'bad-unit'
  return { errors }
}

const ERRORS = {
  times: 'bad-times',
  weekdays: 'bad-days',
  everyDays: 'bad-everyDays',
  hours: 'bad-hours',
  gapHours: 'bad-gap',
  mostPerDay: 'bad-most',
  dose: 'bad-dose',
  from: 'no-first-day',
  until: 'bad-last-day',
} as const satisfies Record<StepField, FieldError>

function stepOf(step: StepDraft, today: string): unknown {
  const wantsStart = step.type === 'hours' || (step.type === 'times' && step.days === 'every')
  const from = step.from === '' && wantsStart ? today : step.from
  return {
    rhythm: rhythmOf(step),
    dose: parseTypedNumber(step.dose),
    meal: step.meal,
    from,
    until: step.until,
  }
}

function rhythmOf(step: StepDraft): unknown {
  switch (step.type) {
    case 'times':
      return {
        type: 'times',
        times: step.times,
        ...(step.days === 'weekdays' ? { weekdays: step.weekdays } : {}),
        ...(step.days === 'every' ? { everyDays: wholeOf(step.everyDays) } : {}),
      }
    case 'hours':
      return { type: 'hours', hours: wholeOf(step.hours), first: step.first }
    case 'as-needed':
      return { type: 'as-needed', gapHours: optionalOf(step.gapHours), mostPerDay: optionalOf(step.mostPerDay) }
    case 'none':
      return undefined
  }
}

const wholeOf = (text: string) => Number(asciiDigits(text).trim() || Number.NaN)
/** Nothing typed is no rule; nonsense is told. */
const optionalOf = (text: string) => (text.trim() === '' ? undefined : (parseTypedNumber(text) ?? Number.NaN))
