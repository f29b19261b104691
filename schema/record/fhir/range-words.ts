import { conceptText } from './concept.ts'
import { isObject, type JsonObject, objectsOf, textOf } from './json.ts'
import { quantityOf } from './value.ts'

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
