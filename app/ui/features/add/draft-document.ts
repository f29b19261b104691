import type { DocumentFields } from '#schema/record/entry.ts'
import { type DateDraft, draftOfDate, parseDateDraft } from '../../record/fhir-date.ts'
import { type Checked, type FieldErrors, optional } from '../../record/entry-draft.ts'

export interface DocumentDraft {
  readonly title: string
  readonly date: DateDraft
  readonly from: string
  /** Changed elsewhere, by the entry's own page. */
  readonly kept: Pick<DocumentFields, 'about' | 'without'>
}

export type DocumentField = 'title' | 'date'

export function draftOfDocument({ title, date, from, about, without }: DocumentFields): DocumentDraft {
  const kept = { ...optional('about', about ?? ''), ...optional('without', without ?? '') }
  return { title, date: draftOfDate(date), from: from ?? '', kept }
}

export function checkDocument({ title, date, from, kept }: DocumentDraft): Checked<DocumentField> {
  const parsed = parseDateDraft(date)
  const errors: FieldErrors<DocumentField> = {}
  if (title.trim() === '') errors.title = 'required'
  if (!parsed.ok) errors.date = 'bad-date'
  if (Object.keys(errors).length > 0 || !parsed.ok) return { ok: false, errors }
  const said = { ...optional('date', parsed.text ?? ''), ...optional('from', from), ...kept }
  return { ok: true, entries: [{ kind: 'document', title: title.trim(), ...said }], questions: [] }
}
