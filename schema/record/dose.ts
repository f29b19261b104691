import type { Result } from '../result.ts'
import { DOSE_STATES, type DoseFields, type EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText } from './fhir/concept.ts'
import { at, type JsonObject } from './fhir/json.ts'
import {
  entryIdIn,
  entryReference,
  inWords,
  isPatientSupplied,
  known,
  noteOf,
  type OwnResource,
  ownResource,
} from './own-resource.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MIN_AMOUNT = 0.0001
const MAX_AMOUNT = 1000
const MAX_UNIT = 40
const DUE = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/

export function parseDose(value: unknown): Result<DoseFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['dose']),
      medicineId: read.entryId('medicineId'),
      medicineName: read.text('medicineName'),
      ...read.optionalText('due'),
      takenAt: read.dateTime('takenAt'),
      state: read.choice('state', DOSE_STATES),
      amount: read.number('amount', MIN_AMOUNT, MAX_AMOUNT),
      unit: read.text('unit', MAX_UNIT),
      ...read.optionalText('reason'),
      ...read.note(),
    }
    const isDue = fields.due === undefined || (DUE.test(fields.due) && parseWhen(fields.due).ok)
    return isDue ? fields : read.stop('due')
  })
}

export function doseParts(fields: DoseFields): EntryParts {
  const { medicineId, medicineName, due, takenAt, state, amount, unit } = fields
  const when = parseWhen(takenAt)
  return {
    kind: 'dose',
    section: 'medicines',
    title: medicineName,
    ...(when.ok ? { when: when.value } : {}),
    value: { type: 'quantity', quantity: { value: amount, unit, isUcum: false } },
    status: 'active',
    ...(state === 'skipped' ? { isNegated: true } : {}),
    codes: [],
    event: { type: 'dose', medicineId, ...(due === undefined ? {} : { due }), state, amount },
  }
}

/** FHIR has no member for when a dose was due. */
const DUE_TEXT = /^Due (\d{4}-\d\d-\d\d) (\d\d:\d\d)$/
const dueText = (due: string) => `Due ${due.replace('T', ' ')}`

/** https://hl7.org/fhir/R4/medicationadministration.html: given by the person to themselves. */
export function doseToFhir(fields: DoseFields, own: OwnResource): JsonObject {
  const { medicineId, medicineName, due, takenAt, state, amount, unit, reason } = fields
  return {
    ...ownResource('MedicationAdministration', own),
    status: state === 'taken' ? 'completed' : 'not-done',
    ...known(state === 'taken' ? 'reasonCode' : 'statusReason', reason && [inWords(reason)]),
    medicationCodeableConcept: inWords(medicineName),
    subject: { reference: own.subject },
    supportingInformation: [entryReference(own, medicineId, medicineName)],
    effectiveDateTime: fhirDateTime(takenAt),
    performer: [{ actor: { reference: own.subject } }],
    ...noteOf(fields.note),
    dosage: { ...known('text', due && dueText(due)), dose: { value: amount, unit } },
  }
}

/** Of what `doseToFhir` wrote; a clinic's is none. Its medicine is called by a UUID. */
export function doseFromFhir(resource: JsonObject): DoseFields | undefined {
  if (!isPatientSupplied(resource)) return undefined
  const [, day, time] = DUE_TEXT.exec(String(at(resource, 'dosage', 'text'))) ?? []
  const states = { completed: 'taken', 'not-done': 'skipped' } as const
  const parsed = parseDose({
    kind: 'dose',
    medicineId: entryIdIn(resource['supportingInformation']),
    medicineName: conceptText(resource['medicationCodeableConcept']),
    due: day === undefined ? undefined : `${day}T${time}`,
    takenAt: resource['effectiveDateTime'],
    state: Object.entries(states).find(([status]) => status === resource['status'])?.[1],
    amount: at(resource, 'dosage', 'dose', 'value'),
    unit: at(resource, 'dosage', 'dose', 'unit'),
    reason: conceptText(resource['statusReason']) ?? conceptText(resource['reasonCode']),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
