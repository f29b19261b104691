import { formatNumber } from '../../language/format.ts'
import { language } from '../../language/language.ts'
import { formatQuantity, formatValue } from '../../record/format-value.ts'
import type { Series } from './readings.ts'

/** A tenth is as fine as a mean is said. */
export const tenth = (value: number) => Math.round(value * 10) / 10

/** `128/82 mmHg`, `5.4 mmol/L`: numbers that are in the reader's unit already. Empty for none. */
export function numbersWords(values: readonly number[], series: Pick<Series, 'unit' | 'isUcum'>): string {
  const [first, second] = values.map(tenth)
  if (first === undefined) return ''
  if (second !== undefined) {
    return formatValue({ type: 'blood-pressure', systolicMmHg: first, diastolicMmHg: second }, 'metric', language())
  }
  // Imperial units stay as they are when read as imperial, metric ones as metric.
  const units = series.unit.startsWith('[') ? 'imperial' : 'metric'
  return `\u2066${formatQuantity({ value: first, ...series }, units, language())}\u2069`
}

/** `128/82`, `5.4`: in a table that says the unit once. Left-to-right in every script. */
export function numbersAlone(values: readonly number[]): string {
  return values.length === 0 ? '' : `\u2066${values.map(value => formatNumber(tenth(value), 1)).join('/')}\u2069`
}
