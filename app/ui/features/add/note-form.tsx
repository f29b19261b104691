import type { EntryId, NoteFields } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { createEntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { checkNote, draftOfNote } from './draft-note.ts'
import { errorWords, FormFrame } from './form-frame.tsx'

export function NoteForm(props: { readonly fields?: NoteFields | undefined; readonly id?: EntryId | undefined }) {
  const initial =
    props.fields === undefined ? { title: '', text: '', taken: localDateTime(new Date()) } : draftOfNote(props.fields)
  const form = createEntryForm({ initial, id: props.id, check: checkNote })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('form.note.title')}
        value={form.draft().title}
        onInput={title => form.change({ title })}
        error={errorWords(form.errorOf('title'))}
      />
      <TextField
        label={t('form.note.text')}
        multiline
        value={form.draft().text}
        onInput={text => form.change({ text })}
        error={errorWords(form.errorOf('text'))}
      />
      <TakenFields taken={form.draft().taken} errorOf={form.errorOf} onChange={taken => form.change({ taken })} />
    </FormFrame>
  )
}
