import type { Result } from '../result.ts'
import type { EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { at, type JsonObject, objectsOf } from './fhir/json.ts'
import { isPatientSupplied, known, type OwnResource, ownResource } from './own-resource.ts'
import type { AppointmentFields } from './plan-fields.ts'
import { fhirDateTime, parseWhen } from './when.ts'

const MINUTE_MS = 60_000
const MAX_MINUTES = 1440

export function parseAppointment(value: unknown): Result<AppointmentFields, InvalidField> {
  return readFields(value, read => {
    const fields = {
      kind: read.choice('kind', ['appointment']),
      name: read.text('name'),
      startsAt: read.dateTime('startsAt'),
      ...read.optionalNumber('minutes', 1, MAX_MINUTES),
      ...read.optionalText('withWhom'),
      ...read.optionalText('place'),
      ...read.optionalLongText('bring'),
      status: read.choice('status', ['booked', 'cancelled']),
      ...read.note(),
    }
    return Number.isInteger(fields.minutes ?? 1) ? fields : read.stop('minutes')
  })
}

/** It is called a visit, as those that clinics send. */
export function appointmentParts({ name, startsAt, withWhom, place, status }: AppointmentFields): EntryParts {
  const when = parseWhen(startsAt)
  const text = [withWhom, place].filter(words => words !== undefined).join(' · ')
  return {
    kind: 'visit',
    section: 'visits',
    title: name,
    ...(when.ok ? { when: when.value } : {}),
    ...(text === '' ? {} : { value: { type: 'text', text } }),
    status: 'planned',
    ...(status === 'cancelled' ? { isNegated: true } : {}),
    codes: [],
  }
}

/** https://hl7.org/fhir/R4/appointment.html; where nobody said how long it lasts, it ends when it begins (app-3 wants an end). */
export function appointmentToFhir(fields: AppointmentFields, own: OwnResource): JsonObject {
  const { name, startsAt, minutes, withWhom, place, bring, status, note } = fields
  return {
    ...ownResource('Appointment', own),
    status,
    description: name,
    start: instantText(startsAt),
    end: minutes === undefined ? instantText(startsAt) : endOf(startsAt, minutes),
    ...known('minutesDuration', minutes),
    ...known('comment', note),
    ...known('patientInstruction', bring),
    participant: [
      { actor: { reference: own.subject }, status: 'accepted' },
      ...(withWhom === undefined ? [] : [{ actor: { type: 'Practitioner', display: withWhom }, status: 'accepted' }]),
      ...(place === undefined ? [] : [{ actor: { type: 'Location', display: place }, status: 'accepted' }]),
    ],
  }
}

/** An instant of FHIR knows no leap second. */
const instantText = (text: string) => fhirDateTime(text).replace(/:60(?=[.Z+-])/, ':59')

function endOf(startsAt: string, minutes: number): string {
  const start = parseWhen(startsAt)
  return new Date((start.ok ? start.value.sortAt : 0) + minutes * MINUTE_MS).toISOString()
}

/** Of what `appointmentToFhir` wrote; a clinic's says more than these fields hold. */
export function appointmentFromFhir(resource: JsonObject): AppointmentFields | undefined {
  if (!isPatientSupplied(resource)) return undefined
  const called = (type: string) => {
    const found = objectsOf(resource['participant']).find(each => at(each, 'actor', 'type') === type)
    return at(found, 'actor', 'display')
  }
  const parsed = parseAppointment({
    kind: 'appointment',
    name: resource['description'],
    startsAt: resource['start'],
    minutes: resource['minutesDuration'],
    withWhom: called('Practitioner'),
    place: called('Location'),
    bring: resource['patientInstruction'],
    status: resource['status'] === 'cancelled' ? 'cancelled' : 'booked',
    note: resource['comment'],
  })
  return parsed.ok ? parsed.value : undefined
}
