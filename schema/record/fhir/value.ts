import { DIASTOLIC_LOINC, SYSTOLIC_LOINC } from '#schema/codes/observations.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { EntryValue, Quantity } from '../entry.ts'
import { codesOf, conceptText, loincOf } from './concept.ts'
import { firstOf, isObject, type JsonObject, objectsOf, textOf, tokenOf } from './json.ts'

const COMPARATORS = ['<', '<=', '>', '>='] as const

/** A FHIR Quantity; undefined without a finite number, or with a comparator that R4 has not. The UCUM code wins over the unit's printed form. */
export function quantityOf(value: unknown): Quantity | undefined {
  if (!isObject(value)) return undefined
  const amount = value['value']
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return undefined
  const comparator = COMPARATORS.find(sign => sign === value['comparator'])
  // Another sign (R5 has `ad`) would say something else than the bare number.
  if (comparator === undefined && tokenOf(value['comparator']) !== undefined) return undefined
  const code = tokenOf(value['code'])
  const isUcum = value['system'] === SYSTEMS.ucum && code !== undefined
  const unit = isUcum ? code : (textOf(value['unit']) ?? code ?? '')
  return { value: amount, ...(comparator === undefined ? {} : { comparator }), unit, isUcum }
}

/** As people would print it; for values that a row shows as text only. */
function quantityText(value: unknown): string | undefined {
  const quantity = quantityOf(value)
  if (quantity === undefined) return undefined
  const unit = isObject(value) ? (textOf(value['unit']) ?? quantity.unit) : quantity.unit
  return `${quantity.comparator ?? ''}${quantity.value} ${unit}`.trim()
}

/** The value of an Observation or of one of its components, whatever its type. */
function valueOf(holder: JsonObject): EntryValue | undefined {
  const quantity = quantityOf(holder['valueQuantity'])
  if (quantity !== undefined) return { type: 'quantity', quantity }
  const whole = holder['valueInteger']
  if (typeof whole === 'number' && Number.isFinite(whole)) {
    return { type: 'quantity', quantity: { value: whole, unit: '', isUcum: false } }
  }
  const text = textValueOf(holder)
  return text === undefined ? undefined : { type: 'text', text }
}

function textValueOf(holder: JsonObject): string | undefined {
  const plain = firstOf(['valueCodeableConcept', 'valueString', 'valueDateTime', 'valueTime'], name =>
    conceptText(holder[name]),
  )
  if (plain !== undefined) return plain
  const coded = codesOf(holder['valueCodeableConcept'])[0]?.code
  if (coded !== undefined) return coded
  if (typeof holder['valueBoolean'] === 'boolean') return String(holder['valueBoolean'])
  const { valueRange: range, valueRatio: ratio, valuePeriod: period } = holder
  if (isObject(holder['valueQuantity'])) return looseQuantityText(holder['valueQuantity'])
  if (isObject(range)) return spanText(quantityText(range['low']), quantityText(range['high']), '–')
  if (isObject(ratio)) return spanText(quantityText(ratio['numerator']), quantityText(ratio['denominator']), ':')
  if (isObject(period)) return spanText(textOf(period['start']), textOf(period['end']), '–')
  return undefined
}

/** A quantity that is none by R4, as it stands: its number in quotes, or with another comparator. */
function looseQuantityText({ comparator, value, unit, code }: JsonObject): string | undefined {
  const amount = Number.isFinite(value) ? String(value) : textOf(value)
  if (amount === undefined) return undefined
  return [textOf(comparator), amount, textOf(unit) ?? textOf(code)].filter(part => part !== undefined).join(' ')
}

function spanText(from: string | undefined, to: string | undefined, sign: string): string | undefined {
  return from === undefined && to === undefined ? undefined : `${from ?? '…'} ${sign} ${to ?? '…'}`
}

function asText(value: EntryValue | undefined): string | undefined {
  if (value?.type === 'text') return value.text
  if (value?.type !== 'quantity') return undefined
  const { comparator = '', value: amount, unit } = value.quantity
  return `${comparator}${amount} ${unit}`.trim()
}

/** An Observation's value: its own, else the blood pressure or the list its components make; else the words why there is none. */
export function observationValue(observation: JsonObject): EntryValue | undefined {
  return valueOf(observation) ?? bloodPressureOf(observation) ?? componentsText(observation) ?? absenceOf(observation)
}

function absenceOf(holder: JsonObject): EntryValue | undefined {
  const text = conceptText(holder['dataAbsentReason'])
  return text === undefined ? undefined : { type: 'text', text }
}

function componentsText(observation: JsonObject): EntryValue | undefined {
  const lines = objectsOf(observation['component']).flatMap(component => {
    const text = asText(valueOf(component) ?? absenceOf(component))
    const name = conceptText(component['code'])
    return text === undefined ? [] : [name === undefined ? text : `${name}: ${text}`]
  })
  const text = textOf(lines.join('; '))
  return text === undefined ? undefined : { type: 'text', text }
}

/** A quantity in mmHg; undefined in any other unit, so that kPa is never read as mmHg. */
function mmHgOf(value: unknown): number | undefined {
  const quantity = quantityOf(value)
  if (quantity === undefined || quantity.comparator !== undefined) return undefined
  // Sources that claim UCUM and write `mmHg` still mean it.
  return /^mm ?\[?hg\]?$/i.test(quantity.unit) ? quantity.value : undefined
}

/**
 * The two parts by their codes, in any order. Undefined unless there is exactly one systolic and one diastolic part: where
 * both are coded as diastolic (a known defect of other programs) nothing is guessed from order or size.
 */
export function bloodPressureOf(
  observation: JsonObject,
): (EntryValue & { readonly type: 'blood-pressure' }) | undefined {
  const components = objectsOf(observation['component'])
  const only = (codes: ReadonlySet<string>) => {
    const found = components.filter(component => loincOf(codesOf(component['code'])).some(code => codes.has(code)))
    return found.length === 1 ? mmHgOf(found[0]?.['valueQuantity']) : undefined
  }
  const systolicMmHg = only(SYSTOLIC_LOINC)
  const diastolicMmHg = only(DIASTOLIC_LOINC)
  if (systolicMmHg === undefined || diastolicMmHg === undefined) return undefined
  const pulse = components.find(component => loincOf(codesOf(component['code'])).includes('8867-4'))
  const pulsePerMinute = quantityOf(pulse?.['valueQuantity'])?.value
  return {
    type: 'blood-pressure',
    systolicMmHg,
    diastolicMmHg,
    ...(pulsePerMinute === undefined ? {} : { pulsePerMinute }),
  }
}
