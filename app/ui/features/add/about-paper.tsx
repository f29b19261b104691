import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import type { DocumentDraft } from './draft-document.ts'
import type { FieldError } from '../../record/entry-draft.ts'
import { errorWords } from './form-frame.tsx'
import { PartialDateField } from './partial-date-field.tsx'

type About = Pick<DocumentDraft, 'title' | 'date' | 'from'>

interface FormOfPaper {
  draft(): About
  errorOf(field: 'title' | 'date'): FieldError | undefined
  change(part: Partial<About>): void
}

/** What a letter or photo is, its day, and where it is from: of a new one and of one that is corrected. */
export function AboutPaper(props: { readonly form: FormOfPaper }) {
  return (
    <>
      <TextField
        label={t('paper.name')}
        hint={t('paper.name.hint')}
        value={props.form.draft().title}
        onInput={title => props.form.change({ title })}
        error={errorWords(props.form.errorOf('title'))}
        maxLength={300}
      />
      <PartialDateField
        label={t('paper.date')}
        value={props.form.draft().date}
        error={props.form.errorOf('date')}
        onChange={date => props.form.change({ date })}
      />
      <TextField
        label={t('paper.from')}
        optional
        value={props.form.draft().from}
        onInput={from => props.form.change({ from })}
        maxLength={300}
      />
    </>
  )
}
