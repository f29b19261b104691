import type { Result } from '../result.ts'
import type { EntryParts, MedicineFields } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText } from './fhir/concept.ts'
import { at, type JsonObject } from './fhir/json.ts'
import { inWords, known, knownDate, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { endsBefore, parseWhen } from './when.ts'

export function parseMedicine(value: unknown): Result<MedicineFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['medicine']),
      name: read.text('name'),
      ...read.optionalText('directions', 2000),
      ...read.optionalText('reason'),
      status: read.choice('status', ['taking', 'stopped']),
      ...read.optionalDate('since'),
      ...read.optionalDate('until'),
      ...read.note(),
    }
    return endsBefore(fields.since, fields.until) ? read.stop('until') : fields
  })
}

export function medicineParts(fields: MedicineFields): EntryParts {
  const when = parseWhen(fields.since)
  return {
    kind: 'medicine',
    section: 'medicines',
    title: fields.name,
    ...(when.ok ? { when: when.value } : {}),
    ...(fields.directions === undefined ? {} : { value: { type: 'text', text: fields.directions } }),
    status: fields.status === 'taking' ? 'active' : 'past',
    codes: [],
  }
}

/** A statement, not a request: nobody prescribed it here. */
export function medicineToFhir(fields: MedicineFields, own: OwnResource): JsonObject {
  const { since, until, directions, reason } = fields
  const period = { ...knownDate('start', since), ...knownDate('end', until) }
  return {
    ...ownResource('MedicationStatement', own),
    status: fields.status === 'taking' ? 'active' : 'stopped',
    medicationCodeableConcept: inWords(fields.name),
    subject: { reference: own.subject },
    ...(since === undefined && until === undefined ? {} : { effectivePeriod: period }),
    informationSource: { reference: own.subject },
    ...known('reasonCode', reason && [inWords(reason)]),
    ...noteOf(fields.note),
    ...known('dosage', directions && [{ text: directions }]),
  }
}

/** From MedicationStatement and MedicationRequest. */
export function medicineFromFhir(resource: JsonObject): MedicineFields | undefined {
  const parsed = parseMedicine({
    kind: 'medicine',
    name: conceptText(resource['medicationCodeableConcept']) ?? at(resource, 'medicationReference', 'display'),
    directions: at(resource['dosage'], 'text') ?? at(resource['dosageInstruction'], 'text'),
    reason: conceptText(resource['reasonCode']),
    status: resource['status'] === 'active' ? 'taking' : 'stopped',
    since: at(resource, 'effectivePeriod', 'start') ?? resource['effectiveDateTime'] ?? resource['authoredOn'],
    until: at(resource, 'effectivePeriod', 'end'),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
