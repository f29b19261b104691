import {
  categoryOf,
  codeOf,
  MEASURE_NAMES,
  type MeasureName,
  TYPED_MEASURES,
  type TypedMeasure,
  unitOf,
} from '../codes/measures.ts'
import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import { type EntryParts, MEAL_CONTEXTS, type MealContext, type MeasureFields } from './entry.ts'
import { type FieldReader, type InvalidField, readFields } from './field-reader.ts'
import { tokensOf } from './fhir/concept.ts'
import { at, firstOf, type JsonObject, objectsOf, textOf } from './fhir/json.ts'
import { quantityOf } from './fhir/value.ts'
import { concept, inWords, known, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

/** Of a measure of the person's own, whose bounds nobody knows. */
const MAX_OWN = 1e9

export function parseMeasure(value: unknown): Result<MeasureFields, InvalidField> {
  return readFields(value, read => {
    const measure = read.choice('measure', [...TYPED_MEASURES, 'own'])
    const taken = { takenAt: read.dateTime('takenAt'), ...read.note() }
    if (measure === 'own') {
      const amount = { value: read.number('value', -MAX_OWN, MAX_OWN), name: read.text('name') }
      return { kind: read.choice('kind', ['measure']), measure, ...amount, ...read.optionalText('unit'), ...taken }
    }
    return {
      kind: read.choice('kind', ['measure']),
      measure,
      ...amountIn(read, measure),
      ...(measure === 'glucose' ? read.optionalChoice('context', MEAL_CONTEXTS) : {}),
      ...taken,
    }
  })
}

function amountIn(read: FieldReader, measure: TypedMeasure): { readonly value: number; readonly unit: string } {
  const unit = unitOf(measure, read.text('unit')) ?? read.stop('unit')
  return { value: read.number('value', ...unit.possible), unit: unit.code }
}

function placeOfMeasure(measure: MeasureFields['measure']): Pick<EntryParts, 'kind' | 'section'> {
  if (measure === 'glucose') return { kind: 'lab-result', section: 'results' }
  return { kind: measure === 'height' ? 'height' : 'vital-sign', section: 'vitals' }
}

export function measureParts(fields: MeasureFields): EntryParts {
  const { measure, value, unit = '' } = fields
  const when = parseWhen(fields.takenAt)
  const code = measure === 'own' ? undefined : codeOf(measure, unit)
  return {
    ...placeOfMeasure(measure),
    title: measure === 'own' ? (fields.name ?? '') : code?.loinc === undefined ? (code?.display ?? '') : '',
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'quantity', quantity: { value, unit, isUcum: measure !== 'own' } },
    status: 'active',
    codes: code?.loinc === undefined ? [] : [{ system: SYSTEMS.loinc, code: code.loinc }],
  }
}

const CATEGORIES = {
  'vital-signs': 'Vital Signs',
  laboratory: 'Laboratory',
  activity: 'Activity',
  survey: 'Survey',
} as const

/** HL7 v2 table 0916 and v3 TimingEvent: before a meal, after one, at the hour of sleep. */
const CONTEXTS: Readonly<Record<MealContext, JsonObject>> = {
  fasting: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0916', code: 'F' }],
    text: 'Fasting',
  },
  'before-meal': timing('AC', 'Before a meal'),
  'after-meal': timing('PC', 'After a meal'),
  bedtime: timing('HS', 'At bedtime'),
}

function timing(code: string, text: string): JsonObject {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-TimingEvent', code }], text }
}

const MEAL = inWords('Relation to meals')

/** FHIR's vital signs (https://hl7.org/fhir/R4/observation-vitalsigns.html) where it is one; what has no code is called by its name alone. */
export function measureToFhir(fields: MeasureFields, own: OwnResource): JsonObject {
  const { measure, value, unit, context, name = '' } = fields
  const category = measure === 'own' ? 'vital-signs' : categoryOf(measure)
  return {
    ...ownResource('Observation', own),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, category, CATEGORIES[category])],
    code: measure === 'own' ? inWords(name) : measureConcept(measure, unit ?? ''),
    subject: { reference: own.subject },
    effectiveDateTime: fhirDateTime(fields.takenAt),
    performer: [{ reference: own.subject }],
    valueQuantity: measure === 'own' ? { value, ...known('unit', unit) } : ucumQuantity(measure, value, unit ?? ''),
    ...noteOf(fields.note),
    ...known('component', context && [{ code: MEAL, valueCodeableConcept: CONTEXTS[context] }]),
  }
}

/** What is measured, as FHIR codes it in this unit. */
export function measureConcept(measure: MeasureName, unit: string): JsonObject {
  const { loinc, display } = codeOf(measure, unit)
  return loinc === undefined ? inWords(display) : concept(SYSTEMS.loinc, loinc, display)
}

export function ucumQuantity(measure: MeasureName, value: number, unit: string): JsonObject {
  return { value, unit: unitOf(measure, unit)?.print ?? unit, system: SYSTEMS.ucum, code: unit }
}

/** Undefined for `<` and `>` values, for units that no form has, and for what is not measured by hand. */
export function measureFromFhir(resource: JsonObject): MeasureFields | undefined {
  const quantity = quantityOf(resource['valueQuantity'])
  if (quantity === undefined || quantity.comparator !== undefined) return undefined
  const measure = typedMeasure(resource, quantity.unit)
  const name = measure === undefined ? ownName(resource) : undefined
  if (measure === undefined && name === undefined) return undefined
  const parsed = parseMeasure({
    kind: 'measure',
    measure: measure ?? 'own',
    takenAt: resource['effectiveDateTime'],
    value: quantity.value,
    unit: quantity.unit,
    name,
    context: contextOf(resource),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}

function typedMeasure(resource: JsonObject, unit: string): TypedMeasure | undefined {
  const codes = tokensOf(resource['code'])
  return TYPED_MEASURES.find(measure => {
    if (unitOf(measure, unit) === undefined) return false
    const { loinc, display } = codeOf(measure, unit)
    return loinc === undefined ? codes.size === 0 && at(resource, 'code', 'text') === display : codes.has(loinc)
  })
}

/** What only a name says, among the measurements. */
function ownName(resource: JsonObject): string | undefined {
  const isAmongVitals = tokensOf(resource['category']).has('vital-signs')
  return isAmongVitals && tokensOf(resource['code']).size === 0 ? textOf(at(resource, 'code', 'text')) : undefined
}

function contextOf(resource: JsonObject): MealContext | undefined {
  return firstOf(objectsOf(resource['component']), component => {
    const tokens = tokensOf(component['valueCodeableConcept'])
    return MEAL_CONTEXTS.find(context => [...tokensOf(CONTEXTS[context])].some(token => tokens.has(token)))
  })
}

/** Whether text names a measure of our table. */
export const isMeasureName = (text: string): text is MeasureName => MEASURE_NAMES.some(name => name === text)
