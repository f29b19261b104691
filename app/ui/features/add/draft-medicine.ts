import type { MedicineFields } from '#schema/record/entry.ts'
import { type DateDraft, draftOfDate } from '../../record/fhir-date.ts'
import { type Checked, checkPeriod, type FieldErrors, optional } from '../../record/entry-draft.ts'
import { checkScheduleDraft, draftOfSchedule, type ScheduleDraft, type ScheduleField } from './draft-schedule.ts'

export interface MedicineDraft {
  readonly name: string
  readonly directions: string
  readonly reason: string
  readonly status: MedicineFields['status']
  readonly since: DateDraft
  readonly until: DateDraft
  readonly note: string
  readonly schedule: ScheduleDraft
  readonly stoppedBecause: string
}

export type MedicineField = 'name' | 'since' | 'until' | ScheduleField

export function draftOfMedicine(fields: MedicineFields): MedicineDraft {
  const { name, directions = '', reason = '', status, since, until, note = '', stoppedBecause = '' } = fields
  const dates = { since: draftOfDate(since), until: draftOfDate(until) }
  return {
    name,
    directions,
    reason,
    status,
    ...dates,
    note,
    schedule: draftOfSchedule(fields.schedule),
    stoppedBecause,
  }
}

/** A course may have a known end while it is still being taken. */
export function checkMedicine(draft: MedicineDraft, today: string): Checked<MedicineField> {
  const { dates, errors: dateErrors } = checkPeriod(draft.since, draft.until)
  const schedule = checkScheduleDraft(draft.schedule, today)
  const errors: FieldErrors<MedicineField> = { ...schedule.errors, ...dateErrors }
  const name = draft.name.trim()
  if (name === '') errors.name = 'required'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { status, directions, reason, note, stoppedBecause } = draft
  return {
    ok: true,
    entries: [
      {
        kind: 'medicine',
        name,
        status,
        ...optional('directions', directions),
        ...optional('reason', reason),
        ...optional('schedule', schedule.text ?? ''),
        ...(status === 'stopped' ? optional('stoppedBecause', stoppedBecause) : {}),
        ...dates,
        ...optional('note', note),
      },
    ],
    questions: [],
  }
}
