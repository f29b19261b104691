import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import type { BloodPressureFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText, tokensOf } from './fhir/concept.ts'
import { at, firstOf, type JsonObject, objectsOf } from './fhir/json.ts'
import { bloodPressureOf } from './fhir/value.ts'
import { concept, inWords, known, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const PANEL = concept(SYSTEMS.loinc, '85354-9', 'Blood pressure panel with all children optional')
const SYSTOLIC = concept(SYSTEMS.loinc, '8480-6', 'Systolic blood pressure')
const DIASTOLIC = concept(SYSTEMS.loinc, '8462-4', 'Diastolic blood pressure')
const HEART_RATE = concept(SYSTEMS.loinc, '8867-4', 'Heart rate')
export const BODY_POSITION = 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition'

export const ARMS = {
  left: concept(SYSTEMS.snomed, '368208006', 'Left upper arm structure'),
  right: concept(SYSTEMS.snomed, '368209003', 'Right upper arm structure'),
} as const

export const POSTURES = {
  sitting: concept(SYSTEMS.snomed, '33586001', 'Sitting position'),
  standing: concept(SYSTEMS.snomed, '10904000', 'Orthostatic body position'),
  lying: concept(SYSTEMS.snomed, '102538003', 'Recumbent body position'),
} as const

const MEDICINE = inWords('Taken before or after medicine')
const MEDICINES = { before: 'Before medicine', after: 'After medicine' } as const

export function parseBloodPressure(value: unknown): Result<BloodPressureFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['blood-pressure']),
    takenAt: read.dateTime('takenAt'),
    systolicMmHg: read.number('systolicMmHg', 1, 400),
    diastolicMmHg: read.number('diastolicMmHg', 1, 400),
    ...read.optionalNumber('pulsePerMinute', 1, 400),
    ...read.optionalChoice('arm', ['left', 'right']),
    ...read.optionalChoice('posture', ['sitting', 'standing', 'lying']),
    ...read.optionalChoice('medicine', ['before', 'after']),
    ...read.note(),
  }))
}

export function bloodPressureParts(fields: BloodPressureFields): EntryParts {
  const { systolicMmHg, diastolicMmHg, pulsePerMinute } = fields
  const when = parseWhen(fields.takenAt)
  return {
    kind: 'blood-pressure',
    section: 'vitals',
    title: '',
    ...(when.ok ? { when: when.value } : {}),
    value: {
      type: 'blood-pressure',
      systolicMmHg,
      diastolicMmHg,
      ...(pulsePerMinute === undefined ? {} : { pulsePerMinute }),
    },
    status: 'active',
    codes: [{ system: SYSTEMS.loinc, code: '85354-9' }],
  }
}

/** FHIR's blood pressure profile: https://hl7.org/fhir/R4/bp.html */
export function bloodPressureToFhir(fields: BloodPressureFields, own: OwnResource): JsonObject {
  const inMmHg = (value: number) => ({ value, unit: 'mmHg', system: SYSTEMS.ucum, code: 'mm[Hg]' })
  const perMinute = (value: number) => ({ value, unit: 'beats/minute', system: SYSTEMS.ucum, code: '/min' })
  const { arm, posture, medicine, pulsePerMinute } = fields
  return {
    ...ownResource('Observation', own),
    ...known('extension', posture && [{ url: BODY_POSITION, valueCodeableConcept: POSTURES[posture] }]),
    status: 'final',
    category: [concept(SYSTEMS.observationCategory, 'vital-signs', 'Vital Signs')],
    code: PANEL,
    subject: { reference: own.subject },
    effectiveDateTime: fhirDateTime(fields.takenAt),
    performer: [{ reference: own.subject }],
    ...noteOf(fields.note),
    ...known('bodySite', arm && ARMS[arm]),
    component: [
      { code: SYSTOLIC, valueQuantity: inMmHg(fields.systolicMmHg) },
      { code: DIASTOLIC, valueQuantity: inMmHg(fields.diastolicMmHg) },
      ...(pulsePerMinute === undefined ? [] : [{ code: HEART_RATE, valueQuantity: perMinute(pulsePerMinute) }]),
      ...(medicine === undefined ? [] : [{ code: MEDICINE, valueCodeableConcept: inWords(MEDICINES[medicine]) }]),
    ],
  }
}

/** Undefined unless both parts and the time are certain. */
export function bloodPressureFromFhir(resource: JsonObject): BloodPressureFields | undefined {
  const value = bloodPressureOf(resource)
  if (value === undefined) return undefined
  const position = objectsOf(resource['extension']).find(extension => extension['url'] === BODY_POSITION)
  const parsed = parseBloodPressure({
    ...value,
    kind: 'blood-pressure',
    takenAt: resource['effectiveDateTime'],
    arm: choiceIn(ARMS, resource['bodySite']),
    posture: choiceIn(POSTURES, position?.['valueCodeableConcept']),
    medicine: medicineOf(resource),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}

function medicineOf(resource: JsonObject): string | undefined {
  const words = objectsOf(resource['component']).flatMap(part => conceptText(part['valueCodeableConcept']) ?? [])
  return firstOf(Object.entries(MEDICINES), ([name, meant]) => (words.includes(meant) ? name : undefined))
}

function choiceIn(choices: Readonly<Record<string, JsonObject>>, found: unknown): string | undefined {
  const tokens = tokensOf(found)
  return firstOf(Object.entries(choices), ([name, meant]) =>
    [...tokensOf(meant)].some(token => tokens.has(token)) ? name : undefined,
  )
}
