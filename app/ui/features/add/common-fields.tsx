import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import type { DateDraft } from '../../record/fhir-date.ts'
import type { FieldError } from '../../record/entry-draft.ts'
import { PartialDateField } from './partial-date-field.tsx'

/** What a form must have for the fields that several kinds share. */
interface FormWith<Field extends string, Value> {
  draft(): Readonly<Record<Field, Value>>
  errorOf(field: Field): FieldError | undefined
  change(part: Readonly<Record<Field, Value>>): void
}

export function SinceField(props: { readonly form: FormWith<'since', DateDraft>; readonly label?: string }) {
  return (
    <PartialDateField
      label={props.label ?? t('form.since')}
      value={props.form.draft().since}
      error={props.form.errorOf('since')}
      onChange={since => props.form.change({ since })}
    />
  )
}

export function UntilField(props: { readonly form: FormWith<'until', DateDraft>; readonly label?: string }) {
  return (
    <PartialDateField
      label={props.label ?? t('form.until')}
      value={props.form.draft().until}
      error={props.form.errorOf('until')}
      onChange={until => props.form.change({ until })}
    />
  )
}

export function NoteField(props: { readonly form: Omit<FormWith<'note', string>, 'errorOf'> }) {
  return (
    <TextField
      label={t('form.note')}
      optional
      multiline
      value={props.form.draft().note}
      onInput={note => props.form.change({ note })}
    />
  )
}
