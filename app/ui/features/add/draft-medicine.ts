import type { MedicineFields } from '#schema/record/entry.ts'
import { type DateDraft, draftOfDate } from '../../record/fhir-date.ts'
import { type Checked, checkPeriod, type FieldErrors, optional } from '../../record/entry-draft.ts'

export interface MedicineDraft {
  readonly name: string
  readonly directions: string
  readonly reason: string
  readonly status: MedicineFields['status']
  readonly since: DateDraft
  readonly until: DateDraft
  readonly note: string
}

export type MedicineField = 'name' | 'since' | 'until'

export function draftOfMedicine(fields: MedicineFields): MedicineDraft {
  const { name, directions = '', reason = '', status, since, until, note = '' } = fields
  return { name, directions, reason, status, since: draftOfDate(since), until: draftOfDate(until), note }
}

/** A course may have a known end while it is still being taken. */
export function checkMedicine(draft: MedicineDraft): Checked<MedicineField> {
  const { dates, errors: dateErrors } = checkPeriod(draft.since, draft.until)
  const errors: FieldErrors<MedicineField> = dateErrors
  const name = draft.name.trim()
  if (name === '') errors.name = 'required'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { status, directions, reason, note } = draft
  return {
    ok: true,
    entries: [
      {
        kind: 'medicine',
        name,
        status,
        ...optional('directions', directions),
        ...optional('reason', reason),
        ...dates,
        ...optional('note', note),
      },
    ],
    questions: [],
  }
}
