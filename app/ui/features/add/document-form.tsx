import type { DocumentFields, EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { checkDocument, draftOfDocument } from './draft-document.ts'
import { errorWords, FormFrame } from './form-frame.tsx'
import { PartialDateField } from './partial-date-field.tsx'

/** Over a document that is there: its files stay as they are. */
export function DocumentForm(props: { readonly fields: DocumentFields; readonly id: EntryId | undefined }) {
  const form = createEntryForm({ initial: draftOfDocument(props.fields), id: props.id, check: checkDocument })
  return (
    <FormFrame form={form}>
      <TextField
        label={t('paper.name')}
        hint={t('paper.name.hint')}
        value={form.draft().title}
        onInput={title => form.change({ title })}
        error={errorWords(form.errorOf('title'))}
        maxLength={300}
      />
      <PartialDateField
        label={t('paper.date')}
        value={form.draft().date}
        error={form.errorOf('date')}
        onChange={date => form.change({ date })}
      />
      <TextField
        label={t('paper.from')}
        optional
        value={form.draft().from}
        onInput={from => form.change({ from })}
        maxLength={300}
      />
    </FormFrame>
  )
}
