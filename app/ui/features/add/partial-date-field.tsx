import { createUniqueId, Show } from 'solid-js'
import { language, t } from '../../language/language.ts'
import field from '../../parts/field.module.css'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import type { DateDraft } from '../../record/fhir-date.ts'
import { monthNames } from '../../record/format-when.ts'
import type { FieldError } from '../../record/entry-draft.ts'
import styles from './form.module.css'
import { errorWords } from './form-frame.tsx'

/** A date that may be known only by its year or month, which no native date box can say. */
export function PartialDateField(props: {
  readonly label: string
  readonly value: DateDraft
  readonly error: FieldError | undefined
  /** It must be given, if only by its year. */
  readonly required?: boolean
  readonly onChange: (value: DateDraft) => void
}) {
  const hint = createUniqueId()
  const change = (part: Partial<DateDraft>) => props.onChange({ ...props.value, ...part })
  return (
    <fieldset class={styles.reading} aria-describedby={hint}>
      <legend class={styles.legend}>
        {props.label}{' '}
        <Show when={!props.required}>
          <span class={field.optional}>({t('field.optional')})</span>
        </Show>
      </legend>
      <p class={field.hint} id={hint}>
        {t('form.partial.hint')}
      </p>
      <div class={styles.date}>
        <TextField
          label={t('form.year')}
          value={props.value.year}
          onInput={year => change({ year })}
          inputMode="numeric"
          maxLength={4}
          error={errorWords(props.error)}
        />
        <SelectField
          label={t('form.month')}
          value={props.value.month}
          options={[
            { value: '', label: t('form.month.none') },
            ...monthNames(language()).map(({ value, name }) => ({ value, label: name })),
          ]}
          onChange={month => change({ month })}
        />
        <TextField
          label={t('form.day')}
          value={props.value.day}
          onInput={day => change({ day })}
          inputMode="numeric"
          maxLength={2}
        />
      </div>
    </fieldset>
  )
}
