import type { AnnotationFields, EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import { createEntryForm } from './create-entry-form.ts'
import { errorWords, FormFrame } from './form-frame.tsx'
import type { Checked } from '../../record/entry-draft.ts'

type AnnotationDraft = Omit<AnnotationFields, 'kind'>

function check({ on, text, writtenAt }: AnnotationDraft): Checked<'text'> {
  if (text.trim() === '') return { ok: false, errors: { text: 'required' } }
  return { ok: true, entries: [{ kind: 'annotation', on, text: text.trim(), writtenAt }], questions: [] }
}

/** A note beside an entry: a new one of `fields`, or the one called `id`. When it was written stays. */
export function AnnotationForm(props: {
  readonly fields: AnnotationFields
  readonly id?: EntryId | undefined
  /** Where to go then. */
  readonly after?: string
}) {
  const { on, text, writtenAt } = props.fields
  const form = createEntryForm({
    initial: { on, text, writtenAt } as AnnotationDraft,
    id: props.id,
    check,
    after: props.after ?? `/entry/${on}`,
  })
  return (
    <FormFrame form={form} isBeside>
      <TextField
        label={t('annotation.text')}
        hint={t('annotation.hint')}
        multiline
        value={form.draft().text}
        onInput={written => form.change({ text: written })}
        error={errorWords(form.errorOf('text'))}
        maxLength={20_000}
      />
    </FormFrame>
  )
}
