import type { AppointmentFields } from '#schema/record/plan-fields.ts'
import { type Checked, type FieldErrors, optional, takenError } from '../../record/entry-draft.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'

export interface AppointmentDraft {
  readonly name: string
  readonly taken: TakenDraft
  readonly minutes: string
  readonly withWhom: string
  readonly place: string
  readonly bring: string
  readonly status: AppointmentFields['status']
  readonly note: string
}

export type AppointmentField = 'name' | 'date' | 'time' | 'minutes'

const MAX_MINUTES = 1440

/** No day is guessed: one that stays would be a wrong one. */
export function emptyAppointment(): AppointmentDraft {
  const words = { name: '', minutes: '', withWhom: '', place: '', bring: '', note: '' }
  return { ...words, taken: { date: '', time: '' }, status: 'booked' }
}

export function draftOfAppointment(fields: AppointmentFields): AppointmentDraft {
  const { name, startsAt, minutes, withWhom = '', place = '', bring = '', status, note = '' } = fields
  const length = minutes === undefined ? '' : String(minutes)
  return { name, taken: draftOfTaken(startsAt), minutes: length, withWhom, place, bring, status, note }
}

export function checkAppointment(draft: AppointmentDraft): Checked<AppointmentField> {
  const startsAt = parseTaken(draft.taken)
  const errors: FieldErrors<AppointmentField> = startsAt === undefined ? takenError(draft.taken) : {}
  const name = draft.name.trim()
  if (name === '') errors.name = 'required'
  const minutes = parseTypedNumber(draft.minutes)
  const isFit = minutes !== undefined && Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES
  if (draft.minutes.trim() !== '' && !isFit) errors.minutes = 'bad-minutes'
  if (Object.keys(errors).length > 0 || startsAt === undefined) return { ok: false, errors }
  const entry: AppointmentFields = {
    kind: 'appointment',
    name,
    startsAt,
    ...(minutes === undefined ? {} : { minutes }),
    ...optional('withWhom', draft.withWhom),
    ...optional('place', draft.place),
    ...optional('bring', draft.bring),
    status: draft.status,
    ...optional('note', draft.note),
  }
  return { ok: true, entries: [entry], questions: [] }
}
