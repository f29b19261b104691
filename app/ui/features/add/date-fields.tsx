import { t } from '../../language/language.ts'
import { TextField } from '../../parts/text-field.tsx'
import type { TakenDraft } from '../../record/fhir-date.ts'
import type { FieldError } from '../../record/entry-draft.ts'
import styles from './form.module.css'
import { errorWords } from './form-frame.tsx'

/** Day and time of day, by the platform's own pickers. */
export function TakenFields(props: {
  readonly taken: TakenDraft
  readonly errorOf: (field: 'date' | 'time') => FieldError | undefined
  readonly onChange: (taken: TakenDraft) => void
}) {
  return (
    <div class={styles.pair}>
      <TextField
        label={t('form.date')}
        type="date"
        value={props.taken.date}
        onInput={date => props.onChange({ ...props.taken, date })}
        error={errorWords(props.errorOf('date'))}
      />
      <TextField
        label={t('form.time')}
        type="time"
        value={props.taken.time}
        onInput={time => props.onChange({ ...props.taken, time })}
        error={errorWords(props.errorOf('time'))}
      />
    </div>
  )
}
