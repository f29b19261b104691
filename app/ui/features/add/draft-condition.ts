import type { ConditionFields } from '#schema/record/entry.ts'
import { type DateDraft, draftOfDate } from '../../record/fhir-date.ts'
import { type Checked, checkPeriod, type FieldErrors, optional } from '../../record/entry-draft.ts'

export interface ConditionDraft {
  readonly name: string
  readonly clinicalStatus: ConditionFields['clinicalStatus']
  readonly since: DateDraft
  readonly until: DateDraft
  readonly note: string
}

export type ConditionField = 'name' | 'since' | 'until'

export function draftOfCondition({ name, clinicalStatus, since, until, note }: ConditionFields): ConditionDraft {
  return { name, clinicalStatus, since: draftOfDate(since), until: draftOfDate(until), note: note ?? '' }
}

/** An end is kept only where the condition has ended. */
export function checkCondition(draft: ConditionDraft): Checked<ConditionField> {
  const until = draft.clinicalStatus === 'active' ? draftOfDate(undefined) : draft.until
  const { dates, errors: dateErrors } = checkPeriod(draft.since, until)
  const errors: FieldErrors<ConditionField> = dateErrors
  const name = draft.name.trim()
  if (name === '') errors.name = 'required'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { clinicalStatus, note } = draft
  return {
    ok: true,
    entries: [{ kind: 'condition', name, clinicalStatus, ...dates, ...optional('note', note) }],
    questions: [],
  }
}
