import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import type { EntryParts, SymptomFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText, tokensOf } from './fhir/concept.ts'
import { at, type JsonObject, objectsOf } from './fhir/json.ts'
import { quantityOf } from './fhir/value.ts'
import { concept, inWords, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

/** LOINC 75325-1: it stands beside the category, as a symptom's name is the person's own. */
const SYMPTOM = concept(SYSTEMS.loinc, '75325-1', 'Symptom')
const TRIGGERS = 'Triggers'
const RELIEF = 'Relief'

/** One occurrence: how bad it was from 0 (not there) to 10 (the worst). What is called alike is one symptom. */
export function parseSymptom(value: unknown): Result<SymptomFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['symptom']),
    name: read.text('name'),
    severity: read.number('severity', 0, 10),
    takenAt: read.dateTime('takenAt'),
    ...read.optionalText('triggers'),
    ...read.optionalText('relief'),
    ...read.note(),
  }))
}

export function symptomParts(fields: SymptomFields): EntryParts {
  const when = parseWhen(fields.takenAt)
  return {
    kind: 'symptom',
    section: 'vitals',
    title: fields.name,
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'quantity', quantity: { value: fields.severity, unit: '{score}', isUcum: true } },
    status: 'active',
    codes: [],
  }
}

export function symptomToFhir(fields: SymptomFields, own: OwnResource): JsonObject {
  const { name, severity, triggers, relief } = fields
  const components = [
    ...(triggers === undefined ? [] : [{ code: inWords(TRIGGERS), valueCodeableConcept: inWords(triggers) }]),
    ...(relief === undefined ? [] : [{ code: inWords(RELIEF), valueCodeableConcept: inWords(relief) }]),
  ]
  return {
    ...ownResource('Observation', own),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'survey', 'Survey'), SYMPTOM],
    code: inWords(name),
    subject: { reference: own.subject },
    effectiveDateTime: fhirDateTime(fields.takenAt),
    performer: [{ reference: own.subject }],
    valueQuantity: { value: severity, unit: '{score}', system: SYSTEMS.ucum, code: '{score}' },
    ...noteOf(fields.note),
    ...(components.length === 0 ? {} : { component: components }),
  }
}

/** Of what says that it is a symptom, from 0 to 10. */
export function symptomFromFhir(resource: JsonObject): SymptomFields | undefined {
  const quantity = quantityOf(resource['valueQuantity'])
  if (!isSymptom(resource) || quantity?.unit !== '{score}' || quantity.comparator !== undefined) return undefined
  const said = (what: string) =>
    conceptText(
      objectsOf(resource['component']).find(part => conceptText(part['code']) === what)?.['valueCodeableConcept'],
    )
  const parsed = parseSymptom({
    kind: 'symptom',
    name: conceptText(resource['code']),
    severity: quantity.value,
    takenAt: resource['effectiveDateTime'],
    triggers: said(TRIGGERS),
    relief: said(RELIEF),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}

const isSymptom = (resource: JsonObject) => tokensOf(resource['category']).has('75325-1')
