import { fail, type Result } from '../result.ts'
import { allergyFromFhir, allergyParts, allergyToFhir, parseAllergy } from './allergy.ts'
import { annotationParts, annotationToFhir, parseAnnotation } from './annotation.ts'
import { appointmentFromFhir, appointmentParts, appointmentToFhir, parseAppointment } from './appointment.ts'
import { answersFromFhir, answersParts, answersToFhir, parseAnswersEntry } from './answers.ts'
import { bloodPressureFromFhir, bloodPressureParts, bloodPressureToFhir, parseBloodPressure } from './blood-pressure.ts'
import { linkFromFhir, linkParts, linkToFhir, parseLink } from './condition-link.ts'
import { conditionFromFhir, conditionParts, conditionToFhir, parseCondition } from './condition.ts'
import { DESCRIBED_PARSERS, describedFromFhir, describedParts, describedToFhir } from './described/described-entry.ts'
import { isDescribed } from './described/kinds.ts'
import { documentFromFhir, documentParts, documentToFhir, parseDocument } from './document.ts'
import { doseFromFhir, doseParts, doseToFhir, parseDose } from './dose.ts'
import type { EntryFields, EntryParts } from './entry.ts'
import type { InvalidField } from './field-reader.ts'
import { tokensOf } from './fhir/concept.ts'
import { isObject, type JsonObject } from './fhir/json.ts'
import { goalFromFhir, goalParts, goalToFhir, parseGoal } from './goal.ts'
import { measureFromFhir, measureParts, measureToFhir, parseMeasure } from './measure.ts'
import { medicineFromFhir, medicineParts, medicineToFhir, parseMedicine } from './medicine.ts'
import { noteParts, noteToFhir, parseNote } from './note.ts'
import type { OwnResource } from './own-resource.ts'
import { parseSymptom, symptomFromFhir, symptomParts, symptomToFhir } from './symptom.ts'
import { parseStock, stockFromFhir, stockParts, stockToFhir } from './stock.ts'
import {
  parseTask,
  parseTaskDone,
  taskDoneFromFhir,
  taskDoneParts,
  taskDoneToFhir,
  taskFromFhir,
  taskParts,
  taskToFhir,
} from './task.ts'
import { parseWeight, weightFromFhir, weightParts, weightToFhir } from './weight.ts'

/** Each kind a person can add by hand. */
const PARSERS: Readonly<Record<EntryFields['kind'], (value: unknown) => Result<EntryFields, InvalidField>>> = {
  'blood-pressure': parseBloodPressure,
  weight: parseWeight,
  measure: parseMeasure,
  symptom: parseSymptom,
  goal: parseGoal,
  condition: parseCondition,
  medicine: parseMedicine,
  allergy: parseAllergy,
  note: parseNote,
  document: parseDocument,
  dose: parseDose,
  stock: parseStock,
  ...DESCRIBED_PARSERS,
  answers: parseAnswersEntry,
  link: parseLink,
  annotation: parseAnnotation,
  task: parseTask,
  'task-done': parseTaskDone,
  appointment: parseAppointment,
}

const PARSER_BY_KIND = new Map<unknown, (typeof PARSERS)[EntryFields['kind']]>(Object.entries(PARSERS))

/** Checks what a form sent; names the first field that is missing or out of its range. Unknown members are left out. */
export function parseFields(value: unknown): Result<EntryFields, InvalidField> {
  const parse = isObject(value) ? PARSER_BY_KIND.get(value['kind']) : undefined
  return parse === undefined ? fail({ field: 'kind' }) : parse(value)
}

/** What an entry made by hand shows in a row. */
export function partsOfFields(fields: EntryFields): EntryParts {
  if (isDescribed(fields)) return describedParts(fields)
  switch (fields.kind) {
    case 'blood-pressure':
      return bloodPressureParts(fields)
    case 'weight':
      return weightParts(fields)
    case 'measure':
      return measureParts(fields)
    case 'symptom':
      return symptomParts(fields)
    case 'goal':
      return goalParts(fields)
    case 'condition':
      return conditionParts(fields)
    case 'medicine':
      return medicineParts(fields)
    case 'allergy':
      return allergyParts(fields)
    case 'note':
      return noteParts(fields)
    case 'document':
      return documentParts(fields)
    case 'dose':
      return doseParts(fields)
    case 'stock':
      return stockParts(fields)
    case 'answers':
      return answersParts(fields)
    case 'link':
      return linkParts(fields)
    case 'annotation':
      return annotationParts(fields)
    case 'task':
      return taskParts(fields)
    case 'task-done':
      return taskDoneParts(fields)
    case 'appointment':
      return appointmentParts(fields)
  }
}

/** A valid FHIR R4 resource of an entry made by hand. */
export function fieldsToFhir(fields: EntryFields, own: OwnResource): JsonObject {
  if (isDescribed(fields)) return describedToFhir(fields, own)
  switch (fields.kind) {
    case 'blood-pressure':
      return bloodPressureToFhir(fields, own)
    case 'weight':
      return weightToFhir(fields, own)
    case 'measure':
      return measureToFhir(fields, own)
    case 'symptom':
      return symptomToFhir(fields, own)
    case 'goal':
      return goalToFhir(fields, own)
    case 'condition':
      return conditionToFhir(fields, own)
    case 'medicine':
      return medicineToFhir(fields, own)
    case 'allergy':
      return allergyToFhir(fields, own)
    case 'note':
      return noteToFhir(fields, own)
    case 'document':
      return documentToFhir(fields, own)
    case 'dose':
      return doseToFhir(fields, own)
    case 'stock':
      return stockToFhir(fields, own)
    case 'answers':
      return answersToFhir(fields, own)
    case 'link':
      return linkToFhir(fields, own)
    case 'annotation':
      return annotationToFhir(fields, own)
    case 'task':
      return taskToFhir(fields, own)
    case 'task-done':
      return taskDoneToFhir(fields, own)
    case 'appointment':
      return appointmentToFhir(fields, own)
  }
}

/** What a person would have typed for this resource, so that it can be corrected beside the original; undefined where a field is not certain. */
export function fieldsFromFhir(resource: JsonObject): EntryFields | undefined {
  const described = describedFromFhir(resource)
  if (described !== undefined) return described
  switch (resource['resourceType']) {
    case 'Observation':
      return observationFromFhir(resource)
    case 'Goal':
      return goalFromFhir(resource)
    case 'Condition':
      return conditionFromFhir(resource)
    case 'MedicationStatement':
    case 'MedicationRequest':
      return medicineFromFhir(resource)
    case 'MedicationAdministration':
      return doseFromFhir(resource)
    case 'AllergyIntolerance':
      return allergyFromFhir(resource)
    case 'CarePlan':
      return linkFromFhir(resource) ?? taskFromFhir(resource)
    case 'Task':
      return taskDoneFromFhir(resource)
    case 'Appointment':
      return appointmentFromFhir(resource)
    case 'QuestionnaireResponse':
      return answersFromFhir(resource)
    case 'DocumentReference':
      return documentFromFhir(resource)
    default:
      return undefined
  }
}

function observationFromFhir(resource: JsonObject): EntryFields | undefined {
  const stock = stockFromFhir(resource)
  if (stock !== undefined) return stock
  if (tokensOf(resource['code']).has('29463-7')) return weightFromFhir(resource)
  return bloodPressureFromFhir(resource) ?? symptomFromFhir(resource) ?? measureFromFhir(resource)
}

export type FieldKind = EntryFields['kind']

/** Whether what a document says of an entry is a kind that a person can type. */
export function isFieldKind(kind: string | undefined): kind is FieldKind {
  return PARSER_BY_KIND.has(kind)
}
