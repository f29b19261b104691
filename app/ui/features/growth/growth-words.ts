import { type Age, calendarAge } from '#schema/growth/age.ts'
import type { GrowthMeasure } from '#schema/growth/kinds.ts'
import type { Placed } from '#schema/growth/reference.ts'
import { formatNumber } from '../../language/format.ts'
import { numberFormat } from '../../language/intl.ts'
import { language, t } from '../../language/language.ts'
import { formatUnit } from '../../record/format-value.ts'
import type { Units } from '../../record/units.ts'

const MONTH_DAYS = 30.4375
const YEAR_DAYS = 365.25

const unitWords = (value: number, unit: 'year' | 'month' | 'day', unitDisplay: 'long' | 'short' = 'long') =>
  numberFormat(language(), { style: 'unit', unit, unitDisplay, maximumFractionDigits: 0 }).format(value)

/** `3 years, 2 months`, `14 months`, `2 months, 5 days`, `12 days`. */
function wordsOf({ years, months, days }: Age): string {
  const all = years * 12 + months
  const parts =
    years >= 2
      ? [unitWords(years, 'year'), ...(months > 0 ? [unitWords(months, 'month')] : [])]
      : [
          ...(all > 0 ? [unitWords(all, 'month')] : []),
          ...(all === 0 || (all < 6 && days > 0) ? [unitWords(days, 'day')] : []),
        ]
  return new Intl.ListFormat(language(), { type: 'unit' }).format(parts)
}

/** How old somebody was on a day; empty where it cannot be said. */
export function ageWords(birthDate: string, day: string): string {
  const age = calendarAge(birthDate, day)
  return age === undefined ? '' : wordsOf(age)
}

/** An age on an axis. */
export function axisAge(days: number): string {
  return days > 2 * YEAR_DAYS + 1
    ? unitWords(Math.round(days / YEAR_DAYS), 'year', 'short')
    : unitWords(Math.round(days / MONTH_DAYS), 'month', 'short')
}

/** Steps in months that an axis of ages may have. */
const STEPS = [1, 2, 3, 6, 12, 24, 36, 60] as const
const MOST_STEPS = 5

/** Ages in days that divide an axis into few parts of whole months or years. */
export function ageTicks(from: number, to: number): readonly number[] {
  const step = STEPS.find(each => (to - from) / (each * MONTH_DAYS) <= MOST_STEPS) ?? 60
  const first = Math.ceil(from / MONTH_DAYS / step - 0.05)
  const count = Math.floor(to / MONTH_DAYS / step + 0.05) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step * MONTH_DAYS)
}

const IMPERIAL: Readonly<Record<GrowthMeasure, { readonly unit: string; readonly factor: number }>> = {
  weight: { unit: '[lb_av]', factor: 1 / 0.45359237 },
  height: { unit: '[in_i]', factor: 1 / 2.54 },
  'head-circumference': { unit: '[in_i]', factor: 1 / 2.54 },
  bmi: { unit: 'kg/m2', factor: 1 },
}
const METRIC = { weight: 'kg', height: 'cm', 'head-circumference': 'cm', bmi: 'kg/m2' } as const

/** In the reader's units, without its unit. */
export const shownValue = (measure: GrowthMeasure, value: number, units: Units): number =>
  units === 'imperial' ? value * IMPERIAL[measure].factor : value

export const shownUnit = (measure: GrowthMeasure, units: Units): string =>
  formatUnit(units === 'imperial' ? IMPERIAL[measure].unit : METRIC[measure])

/** `12.35 kg`, left-to-right in every script. Weights of babies go to the ten grams. */
export function valueWords(measure: GrowthMeasure, value: number, units: Units): string {
  const digits = measure === 'weight' ? 2 : 1
  return `\u2066${formatNumber(shownValue(measure, value, units), digits)} ${shownUnit(measure, units)}\u2069`
}

const LEAST = 0.1
const MOST = 99.9

export function percentileWords({ percentile }: Placed): string {
  if (percentile < LEAST) return t('growth.below', { percentile: formatNumber(LEAST, 1) })
  if (percentile > MOST) return t('growth.above', { percentile: formatNumber(MOST, 1) })
  return formatNumber(percentile, 1)
}

/** `−0.42`, left-to-right in every script. */
export const zWords = ({ z }: Placed): string =>
  `\u2066${numberFormat(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(z)}\u2069`
