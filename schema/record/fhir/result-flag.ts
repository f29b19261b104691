import { conceptText, tokensOf } from './concept.ts'
import { at, type JsonObject, objectsOf, textOf, tokenOf } from './json.ts'
import { rangeWords } from './range-words.ts'
import { quantityOf } from './value.ts'

/** What a laboratory says of a result beside its number, the gravest first; `in-range`: it only gives a range, and the number lies in it. */
export const FLAGS = [
  'critical-low',
  'critical-high',
  'critical',
  'low',
  'high',
  'abnormal',
  'positive',
  'negative',
  'normal',
  'in-range',
] as const
export type Flag = (typeof FLAGS)[number]

/** Whether somebody should look at the result: its source says more of it than that it is as it should be. */
export const isOut = (flag: Flag | undefined): boolean =>
  flag !== undefined && flag !== 'normal' && flag !== 'in-range' && flag !== 'negative'

/**
 * http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation, as far as it says what a reader must see. HU and LU are
 * "significantly" high and low there, which is not critical.
 */
const FLAG_BY_CODE: ReadonlyMap<string, Flag> = new Map([
  ['LL', 'critical-low'],
  ['LU', 'low'],
  ['<', 'low'],
  ['HH', 'critical-high'],
  ['HU', 'high'],
  ['>', 'high'],
  ['AA', 'critical'],
  ['L', 'low'],
  ['H', 'high'],
  ['A', 'abnormal'],
  ['N', 'normal'],
  ['POS', 'positive'],
  ['NEG', 'negative'],
])

/** What the source says of the result, of several the gravest; where it only gives one range that fits everybody, how the value lies to it. */
export function flagOf(observation: JsonObject): Flag | undefined {
  const codes = tokensOf(observation['interpretation'])
  if (codes.size === 0) return flagByRange(observation)
  const said = new Set([...codes].map(code => FLAG_BY_CODE.get(code)))
  return FLAGS.find(flag => said.has(flag))
}

function flagByRange(observation: JsonObject): Flag | undefined {
  const value = quantityOf(observation['valueQuantity'])
  const limits = limitsOf(observation)
  if (value === undefined || value.comparator !== undefined || limits === undefined) return undefined
  if (limits.unit !== value.unit) return undefined
  const { low, high } = limits
  if (low !== undefined && value.value < low) return 'low'
  return high !== undefined && value.value > high ? 'high' : 'in-range'
}

/** Numbers between which the source calls a result normal; in `unit`, as the source writes it. */
export interface Limits {
  readonly low?: number
  readonly high?: number
  readonly unit: string
}

/** The source's own range, where it gives one in numbers that fits everybody; a limit without a unit has the value's. */
export function limitsOf(observation: JsonObject): Limits | undefined {
  const [range, ...others] = objectsOf(observation['referenceRange']).filter(isOfNormal)
  if (range === undefined || others.length > 0) return undefined
  if (range['appliesTo'] !== undefined || range['age'] !== undefined) return undefined
  const [low, high] = [quantityOf(range['low']), quantityOf(range['high'])]
  const valueUnit = quantityOf(observation['valueQuantity'])?.unit ?? ''
  const [unit = valueUnit, otherUnit = unit] = [low, high].flatMap(each => each?.unit || [])
  if ((low === undefined && high === undefined) || unit !== otherUnit) return undefined
  if (low !== undefined && high !== undefined && low.value > high.value) return undefined
  return {
    ...(low === undefined ? {} : { low: low.value }),
    ...(high === undefined ? {} : { high: high.value }),
    unit,
  }
}

/**
 * What a result's source calls normal: numbers in the unit of its value, where it gives one range in numbers that fits everybody; else
 * what it says in words, with the units and for whom.
 */
export type NormalRange = { readonly low?: number; readonly high?: number } | { readonly words: string }

export function normalRangeOf(observation: JsonObject): NormalRange | undefined {
  const limits = limitsOf(observation)
  if (limits !== undefined && limits.unit === quantityOf(observation['valueQuantity'])?.unit) {
    const { unit: _, ...numbers } = limits
    return numbers
  }
  const words = rangeWords(observation)
  return words === undefined ? undefined : { words }
}

/** Ranges may also be those of a treatment, or from where on it is critical (http://terminology.hl7.org/CodeSystem/referencerange-meaning). */
function isOfNormal(range: JsonObject): boolean {
  const code = tokenOf(at(range, 'type', 'coding', 'code'))
  const words = conceptText(range['type'])
  return code === undefined ? words === undefined || /^normal/i.test(words) : code === 'normal'
}

/** How far the source is with it, where that must be said: not checked yet, or changed after it was final. */
export type Stage = 'preliminary' | 'corrected' | 'amended'

/** https://hl7.org/fhir/R4/valueset-observation-status.html and https://hl7.org/fhir/R4/valueset-diagnostic-report-status.html */
const STAGES: ReadonlyMap<unknown, Stage> = new Map([
  ['registered', 'preliminary'],
  ['partial', 'preliminary'],
  ['preliminary', 'preliminary'],
  ['corrected', 'corrected'],
  ['amended', 'amended'],
  ['appended', 'amended'],
])

export function stageOf({ status }: JsonObject): Stage | undefined {
  return STAGES.get(textOf(status))
}
