import type { AllergyFields } from '#schema/record/entry.ts'
import { type DateDraft, draftOfDate, parseDateDraft } from '../../record/fhir-date.ts'
import { type Checked, type FieldErrors, optional } from '../../record/entry-draft.ts'

export interface AllergyDraft {
  readonly substance: string
  readonly reaction: string
  /** Empty is "I don't know", which is not the same as mild. */
  readonly severity: '' | 'mild' | 'moderate' | 'severe'
  readonly since: DateDraft
  readonly note: string
}

export type AllergyField = 'substance' | 'since'

export function draftOfAllergy(fields: AllergyFields): AllergyDraft {
  const { substance, reaction = '', severity = '', since, note = '' } = fields
  return { substance, reaction, severity, since: draftOfDate(since), note }
}

export function checkAllergy(draft: AllergyDraft): Checked<AllergyField> {
  const errors: FieldErrors<AllergyField> = {}
  const substance = draft.substance.trim()
  const since = parseDateDraft(draft.since)
  if (substance === '') errors.substance = 'required'
  if (!since.ok) errors.since = 'bad-date'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { reaction, severity, note } = draft
  return {
    ok: true,
    entries: [
      {
        kind: 'allergy',
        substance,
        ...optional('reaction', reaction),
        ...(severity !== '' && { severity }),
        ...(since.text !== undefined && { since: since.text }),
        ...optional('note', note),
      },
    ],
    questions: [],
  }
}
