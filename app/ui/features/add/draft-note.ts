import type { NoteFields, NoteUse } from '#schema/record/entry.ts'
import { draftOfTaken, parseTaken, type TakenDraft } from '../../record/fhir-date.ts'
import { type Checked, type FieldErrors, takenError } from '../../record/entry-draft.ts'

export interface NoteDraft {
  readonly title: string
  readonly text: string
  readonly taken: TakenDraft
  /** Kept as it was: a page elsewhere shows the note by it. */
  readonly about?: NoteUse
}

export type NoteField = 'title' | 'text' | 'date' | 'time'

export function draftOfNote({ title, text, writtenAt, about }: NoteFields): NoteDraft {
  return { title, text, taken: draftOfTaken(writtenAt), ...(about === undefined ? {} : { about }) }
}

export function checkNote(draft: NoteDraft): Checked<NoteField> {
  const writtenAt = parseTaken(draft.taken)
  const errors: FieldErrors<NoteField> = writtenAt === undefined ? takenError(draft.taken) : {}
  const [title, text] = [draft.title.trim(), draft.text.trim()]
  if (title === '') errors.title = 'required'
  if (text === '') errors.text = 'required'
  if (Object.keys(errors).length > 0 || writtenAt === undefined) return { ok: false, errors }
  const about = draft.about === undefined ? {} : { about: draft.about }
  return { ok: true, entries: [{ kind: 'note', title, text, writtenAt, ...about }], questions: [] }
}
