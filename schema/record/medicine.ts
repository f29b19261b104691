import type { Result } from '../result.ts'
import { dosagesOf, scheduleOfDosages } from '../medicines/dosage.ts'
import { readSchedule, scheduleText } from '../medicines/schedule.ts'
import type { EntryParts, MedicineFields, MedicinePlan } from './entry.ts'
import { type FieldReader, type InvalidField, readFields } from './field-reader.ts'
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
      ...scheduleIn(read),
      ...read.optionalText('stoppedBecause'),
      ...read.optionalDate('since'),
      ...read.optionalDate('until'),
      ...read.note(),
    }
    if (endsBefore(fields.since, fields.until)) return read.stop('until')
    const { stoppedBecause: _, ...taking } = fields
    return fields.status === 'stopped' ? fields : taking
  })
}

const MAX_SCHEDULE = 10_000

function scheduleIn(read: FieldReader): Pick<MedicineFields, 'schedule'> {
  const { schedule: text } = read.optionalText('schedule', MAX_SCHEDULE)
  if (text === undefined) return {}
  const schedule = readSchedule(text)
  return schedule.ok ? { schedule: scheduleText(schedule.value) } : read.stop('schedule')
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
    ...planOf(fields),
  }
}

function planOf({ schedule, reason, stoppedBecause }: MedicinePlan): Pick<EntryParts, 'plan'> {
  const plan: MedicinePlan = {
    ...(schedule === undefined ? {} : { schedule }),
    ...(reason === undefined ? {} : { reason }),
    ...(stoppedBecause === undefined ? {} : { stoppedBecause }),
  }
  return Object.keys(plan).length === 0 ? {} : { plan }
}

/** What MedicationStatement and MedicationRequest say for a medicine's plan. Total. */
export function planFromFhir(resource: JsonObject): Pick<EntryParts, 'plan'> {
  const fields = planFieldsOf(resource)
  return planOf(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
}

function planFieldsOf(resource: JsonObject) {
  const schedule = scheduleOfDosages(resource['dosage'] ?? resource['dosageInstruction'])
  return {
    schedule: schedule && scheduleText(schedule),
    reason: conceptText(resource['reasonCode']),
    stoppedBecause: conceptText(resource['statusReason']),
  }
}

/** FHIR Dosage: a schedule's steps, the person's words with the first. */
export function dosageOf({
  directions,
  schedule: text,
}: Pick<MedicineFields, 'directions' | 'schedule'>): readonly JsonObject[] | undefined {
  const schedule = readSchedule(text ?? '')
  const [first, ...others] = schedule.ok ? dosagesOf(schedule.value) : []
  if (directions === undefined && first === undefined) return undefined
  return [{ ...known('text', directions), ...first }, ...others]
}

/** A statement, not a request: nobody prescribed it here. */
export function medicineToFhir(fields: MedicineFields, own: OwnResource): JsonObject {
  const { since, until, reason, stoppedBecause } = fields
  const period = { ...knownDate('start', since), ...knownDate('end', until) }
  return {
    ...ownResource('MedicationStatement', own),
    status: fields.status === 'taking' ? 'active' : 'stopped',
    ...known('statusReason', stoppedBecause && [inWords(stoppedBecause)]),
    medicationCodeableConcept: inWords(fields.name),
    subject: { reference: own.subject },
    ...(since === undefined && until === undefined ? {} : { effectivePeriod: period }),
    informationSource: { reference: own.subject },
    ...known('reasonCode', reason && [inWords(reason)]),
    ...noteOf(fields.note),
    ...known('dosage', dosageOf(fields)),
  }
}

/** From MedicationStatement and MedicationRequest. */
export function medicineFromFhir(resource: JsonObject): MedicineFields | undefined {
  const parsed = parseMedicine({
    kind: 'medicine',
    name: conceptText(resource['medicationCodeableConcept']) ?? at(resource, 'medicationReference', 'display'),
    directions: at(resource['dosage'], 'text') ?? at(resource['dosageInstruction'], 'text'),
    ...planFieldsOf(resource),
    status: resource['status'] === 'active' ? 'taking' : 'stopped',
    since: at(resource, 'effectivePeriod', 'start') ?? resource['effectiveDateTime'] ?? resource['authoredOn'],
    until: at(resource, 'effectivePeriod', 'end'),
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
