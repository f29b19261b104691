import { type Rhythm, type Schedule, type Step, WEEKDAYS, type Weekday } from '#schema/medicines/schedule.ts'
import { formatList, formatNumber } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { formatWhen } from '../format-when.ts'
import { isolated } from '../../language/isolated.ts'
import { countedIn } from './dose-units.ts'

/** “1 tablet at 8:00 and 20:00, with meals, only on Monday and Thursday”; steps one after the other. Reactive. */
export function scheduleWords({ unit, steps }: Schedule): string {
  return steps.map(step => stepWords(step, unit)).reduce((first, second) => t('plan.then', { first, second }))
}

/** What is measured, not counted: its word stays the same for any number. */
const MEASURE = /^(?:[mµu]?[lg]|mcg|i\.?u\.?)$/i

/** `1 tablet`, `2 tablets`, `5 mL`; `2 × scoop` where the word is the person's own and has no plural that we know. Reactive. */
export function doseWords(amount: number, unit: string): string {
  const size = Math.abs(amount)
  const words = formatNumber(amount, 4)
  const counted = countedIn(unit)
  // Half a tablet, not half tablets.
  if (counted !== undefined) return t(counted, { count: size > 0 && size < 1 ? 1 : size, amount: words })
  return t(size <= 1 || MEASURE.test(unit) ? 'plan.dose' : 'plan.doses', { amount: words, unit })
}

/** `8:00` of a wall time (`2026-03-04T08:00`) or a time of day (`08:00`). Reactive. */
export function clockWords(wall: string): string {
  const time = new Date(`2000-01-01T${wall.slice(-5)}Z`)
  return new Intl.DateTimeFormat(language(), { timeStyle: 'short', timeZone: 'UTC' }).format(time)
}

/** The 1st of January 2001 was a Monday. */
export function weekdayWords(day: Weekday, width: 'long' | 'short' | 'narrow' = 'long'): string {
  const date = new Date(Date.UTC(2001, 0, 1 + WEEKDAYS.indexOf(day)))
  return new Intl.DateTimeFormat(language(), { weekday: width, timeZone: 'UTC' }).format(date)
}

function stepWords(step: Step, unit: string): string {
  const { meal, from, until } = step
  const parts = [
    ...rhythmWords(step.rhythm, isolated(doseWords(step.dose, unit))),
    ...(meal === undefined ? [] : [t(`plan.meal.${meal}`)]),
    ...(from === undefined ? [] : [t('plan.from', { date: dayWords(from) })]),
    ...(until === undefined ? [] : [t('plan.until', { date: dayWords(until) })]),
  ]
  return parts.reduce((first, second) => t('plan.join', { first, second }))
}

const dayWords = (day: string) => formatWhen({ text: day }, language(), 'short')

function rhythmWords(rhythm: Rhythm, dose: string): readonly string[] {
  switch (rhythm.type) {
    case 'times': {
      const { times, weekdays, everyDays } = rhythm
      return [
        t('plan.at', { dose, times: formatList(times.map(clockWords)) }),
        ...(weekdays === undefined
          ? []
          : [t('plan.days', { days: formatList(weekdays.map(day => weekdayWords(day))) })]),
        ...(everyDays === undefined ? [] : [t('plan.everyDays', { count: everyDays })]),
      ]
    }
    case 'hours':
      return [t('plan.every', { dose, count: rhythm.hours, time: clockWords(rhythm.first) })]
    case 'as-needed':
      return [
        t('plan.needed', { dose }),
        ...(rhythm.gapHours === undefined ? [] : [t('plan.gap', { count: rhythm.gapHours })]),
        ...(rhythm.mostPerDay === undefined ? [] : [t('plan.most', { count: rhythm.mostPerDay })]),
      ]
  }
}
