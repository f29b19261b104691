import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import type { EntryParts, WeightFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { at, type JsonObject } from './fhir/json.ts'
import { quantityOf } from './fhir/value.ts'
import { concept, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MIN_KG = 0.001
const MAX_KG = 700

/** UCUM units of body weight, in kg each; the pound is exact by definition (1959). */
const KG_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ['kg', 1],
  ['g', 0.001],
  ['[lb_av]', 0.45359237],
])

export function parseWeight(value: unknown): Result<WeightFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['weight']),
    takenAt: read.dateTime('takenAt'),
    weightKg: read.number('weightKg', MIN_KG, MAX_KG),
    ...read.note(),
  }))
}

export function weightParts(fields: WeightFields): EntryParts {
  const when = parseWhen(fields.takenAt)
  return {
    kind: 'weight',
    section: 'vitals',
    title: '',
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'quantity', quantity: { value: fields.weightKg, unit: 'kg', isUcum: true } },
    status: 'active',
    codes: [{ system: SYSTEMS.loinc, code: '29463-7' }],
  }
}

/** FHIR's body weight profile: https://hl7.org/fhir/R4/bodyweight.html */
export function weightToFhir(fields: WeightFields, own: OwnResource): JsonObject {
  return {
    ...ownResource('Observation', own),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'vital-signs', 'Vital Signs')],
    code: concept(SYSTEMS.loinc, '29463-7', 'Body weight'),
    subject: { reference: own.subject },
    effectiveDateTime: fhirDateTime(fields.takenAt),
    performer: [{ reference: own.subject }],
    valueQuantity: { value: fields.weightKg, unit: 'kg', system: SYSTEMS.ucum, code: 'kg' },
    ...noteOf(fields.note),
  }
}

/** Undefined for units it cannot convert and for `<` and `>` values. */
export function weightFromFhir(resource: JsonObject): WeightFields | undefined {
  const quantity = quantityOf(resource['valueQuantity'])
  const factor = quantity?.isUcum && quantity.comparator === undefined ? KG_PER_UNIT.get(quantity.unit) : undefined
  if (quantity === undefined || factor === undefined) return undefined
  const parsed = parseWeight({
    kind: 'weight',
    takenAt: resource['effectiveDateTime'],
    weightKg: Number((quantity.value * factor).toFixed(3)),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
