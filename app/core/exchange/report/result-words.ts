import { conceptText, tokensOf } from '#schema/record/fhir/concept.ts'
import { firstOf, isObject, type JsonObject, objectsOf, textOf } from '#schema/record/fhir/json.ts'
import { quantityOf } from '#schema/record/fhir/value.ts'

/** What a laboratory says of a result beside its number. */
export const FLAGS = [
  'critical-low',
  'critical-high',
  'critical',
  'low',
  'high',
  'abnormal',
  'normal',
  'positive',
  'negative',
] as const
export type Flag = (typeof FLAGS)[number]

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation, as far as it says what a reader must see. */
const FLAG_BY_CODE: ReadonlyMap<string, Flag> = new Map([
  ['LL', 'critical-low'],
  ['LU', 'critical-low'],
  ['<', 'low'],
  ['HH', 'critical-high'],
  ['HU', 'critical-high'],
  ['>', 'high'],
  ['AA', 'critical'],
  ['L', 'low'],
  ['H', 'high'],
  ['A', 'abnormal'],
  ['N', 'normal'],
  ['POS', 'positive'],
  ['NEG', 'negative'],
])

/** What the source says of the result; where it only gives one range that fits everybody, whether the value lies in it. */
export function flagOf(observation: JsonObject): Flag | undefined {
  const codes = tokensOf(observation['interpretation'])
  return firstOf([...codes], code => FLAG_BY_CODE.get(code)) ?? (codes.size > 0 ? undefined : flagByRange(observation))
}

function flagByRange(observation: JsonObject): Flag | undefined {
  const ranges = objectsOf(observation['referenceRange'])
  const [range] = ranges
  const value = quantityOf(observation['valueQuantity'])
  if (value === undefined || value.comparator !== undefined || range === undefined || ranges.length > 1)
    return undefined
  if (range['appliesTo'] !== undefined || range['age'] !== undefined) return undefined
  const limit = (end: 'low' | 'high') => {
    const quantity = quantityOf(range[end])
    return quantity === undefined || (quantity.unit !== value.unit && quantity.unit !== '') ? undefined : quantity.value
  }
  const [low, high] = [limit('low'), limit('high')]
  if (low !== undefined && value.value < low) return 'low'
  return high !== undefined && value.value > high ? 'high' : undefined
}

/** More ranges than this (by age, by sex) are a table of their own. */
const MAX_RANGES = 4

/** `3.5 – 5.1 mmol/L`, `< 5 mg/dL`, or the laboratory's own words; several ranges each with whom they are for. */
export function rangeWords(observation: JsonObject): string | undefined {
  const ranges = objectsOf(observation['referenceRange']).slice(0, MAX_RANGES)
  return textOf(ranges.flatMap(range => oneRange(range) ?? []).join('; '))
}

function oneRange(range: JsonObject): string | undefined {
  const whom = conceptText(range['appliesTo']) ?? conceptText(range['type'])
  const words = limits(range['low'], range['high']) ?? textOf(range['text'])
  return words !== undefined && whom !== undefined && !/^normal/i.test(whom) ? `${words} (${whom})` : words
}

function limits(low: unknown, high: unknown): string | undefined {
  const [from, to] = [quantityOf(low), quantityOf(high)]
  const unit = [low, high].flatMap(each =>
    isObject(each) ? (textOf(each['unit']) ?? textOf(each['code']) ?? []) : [],
  )[0]
  const behind = unit === undefined ? '' : ` ${unit}`
  if (from !== undefined && to !== undefined) return `${from.value} – ${to.value}${behind}`
  if (from !== undefined) return `≥ ${from.value}${behind}`
  return to === undefined ? undefined : `≤ ${to.value}${behind}`
}
