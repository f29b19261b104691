import type { EntryValue, Quantity } from '#schema/record/entry.ts'
import { numberFormat } from '../language/intl.ts'
import { inUnits, type Units } from './units.ts'

/** UCUM codes that are written otherwise on every paper; all others are readable as they are. */
const UNIT_SIGNS: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[stone_av]': 'st',
  '[in_i]': 'in',
  '[ft_i]': 'ft',
  '/min': '/min',
  '{score}': '',
  '{steps}/d': '',
  '{nominal}': '',
  '1': '',
  '10*3/uL': '10³/µL',
  '10*6/uL': '10⁶/µL',
  '10*9/L': '10⁹/L',
  '10*12/L': '10¹²/L',
  'm[IU]/L': 'mIU/L',
  '[IU]/L': 'IU/L',
}

/** Of metres: areas and volumes. */
const POWERS: Readonly<Record<string, string>> = { 2: '²', 3: '³' }

const COMPARATORS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const

/** A UCUM code as people write it: signs for the common ones, annotations in braces left out, `u` of micro as µ. */
export function formatUnit(unit: string): string {
  const known = UNIT_SIGNS[unit]
  if (known !== undefined) return known
  const plain = unit
    // "per something" needs its something: mL/min/{1.73_m2}.
    .replace(/\/\{([^}]*)\}/g, (_, what: string) => `/${what.replaceAll('_', ' ').replace(/m2$/, 'm²')}`)
    .replace(/\{[^}]*\}/g, '')
  return plain
    .replace(/^u(?=[A-Za-z])/, 'µ')
    .replace(/\/uL/g, '/µL')
    .replace(/(?<![A-Za-z\d])([cdmkµ]?m)([23])(?!\d)/g, (_, metre: string, power: string) => metre + POWERS[power])
}

/** Feet and inches are how heights are said; the inches to a half. */
function formatHeight(inches: number, locale: string): string {
  const whole = Math.round(inches * 2) / 2
  const number = numberFormat(locale, { maximumFractionDigits: 1 })
  return `${number.format(Math.floor(whole / 12))} ft ${number.format(whole % 12)} in`
}

/** Devices and converters hand over more digits than anything was measured with: 98.053958 kg. */
const SHORT_DIGITS = 4

/** `short` rounds what has a fraction to four digits, and never a whole number. */
export type Precision = 'short' | 'exact'

function digitsOf(value: number, precision: Precision): Intl.NumberFormatOptions {
  if (precision === 'exact' || Number.isInteger(value)) return { maximumFractionDigits: 6 }
  const wholeDigits = Math.floor(Math.log10(Math.abs(value))) + 1
  return { maximumSignificantDigits: Math.max(SHORT_DIGITS, wholeDigits) }
}

/** In the reader's digits and unit. */
export function formatQuantity(
  quantity: Quantity,
  units: Units,
  locale: string,
  precision: Precision = 'short',
): string {
  const shown = inUnits(quantity, units)
  if (shown !== quantity && shown.unit === '[in_i]' && shown.value >= 24) return formatHeight(shown.value, locale)
  const number = numberFormat(locale, digitsOf(shown.value, precision)).format(shown.value)
  const amount = shown.comparator === undefined ? number : `${COMPARATORS[shown.comparator]} ${number}`
  const unit = shown.isUcum ? formatUnit(shown.unit) : shown.unit
  if (unit === '') return amount
  return unit === '%' ? `${amount}%` : `${amount} ${unit}`
}

/** Left-to-right in every script: 128/82 must never read as 82/128. */
const isolate = (text: string) => `\u2066${text}\u2069`

/** An entry's value in one line. Texts are the record's own words. */
export function formatValue(value: EntryValue, units: Units, locale: string, precision: Precision = 'short'): string {
  switch (value.type) {
    case 'blood-pressure': {
      const number = numberFormat(locale)
      return isolate(`${number.format(value.systolicMmHg)}/${number.format(value.diastolicMmHg)} mmHg`)
    }
    case 'quantity':
      return isolate(formatQuantity(value.quantity, units, locale, precision))
    case 'text':
      return value.text
  }
}
