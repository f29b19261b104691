import { Show } from 'solid-js'
import { MAX_VISITOR_CHARS } from '#schema/messages/item.ts'
import { t } from '../../language/language.ts'
import { CheckField } from '../../parts/check-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import styles from '../../record/messages/messages.module.css'

/** In place of a contact: somebody who has no Wellkeep. */
export function VisitorField(props: {
  /** Undefined where it goes to contacts. */
  readonly name: string | undefined
  readonly error: string | undefined
  readonly onChange: (name: string | undefined) => void
}) {
  return (
    <div class={styles.recipients}>
      <CheckField
        label={t('visitor.choose')}
        checked={props.name !== undefined}
        onChange={isOn => props.onChange(isOn ? '' : undefined)}
      />
      <Show when={props.name !== undefined}>
        <p class={styles.soft}>{t('visitor.choose.text')}</p>
        <TextField
          label={t('visitor.name')}
          hint={t('visitor.name.hint')}
          maxLength={MAX_VISITOR_CHARS}
          value={props.name ?? ''}
          error={props.error}
          onInput={name => props.onChange(name)}
        />
      </Show>
    </div>
  )
}
