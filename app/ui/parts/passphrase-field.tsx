import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, type JSX, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { IconButton } from './button.tsx'
import styles from './field.module.css'
import { StrengthMeter } from './strength-meter.tsx'
import { TextField } from './text-field.tsx'

interface PassphraseFieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error?: string | undefined
  readonly hint?: JSX.Element
  /** A passphrase that is being chosen: shows how strong it is. `personal` are words that a guesser would try first. */
  readonly isNew?: boolean
  readonly personal?: readonly string[]
  readonly autofocus?: boolean
  readonly ref?: (element: HTMLInputElement | HTMLTextAreaElement) => void
}

/** A passphrase, hidden unless shown on purpose. */
export function PassphraseField(props: PassphraseFieldProps) {
  const [isShown, setIsShown] = createSignal(false)
  const toggleLabel = () => t(isShown() ? 'field.hide' : 'field.show', { field: props.label })
  return (
    <div class={styles.withMeter}>
      <TextField
        label={props.label}
        value={props.value}
        onInput={props.onInput}
        error={props.error}
        hint={props.hint}
        type={isShown() ? 'text' : 'password'}
        autocomplete={props.isNew ? 'new-password' : 'current-password'}
        spellcheck={false}
        autofocus={props.autofocus ?? false}
        ref={element => props.ref?.(element)}
        flushSuffix
        suffix={
          <IconButton label={toggleLabel()} aria-pressed={isShown()} onClick={() => setIsShown(!isShown())}>
            <Show when={isShown()} fallback={<Eye />}>
              <EyeOff />
            </Show>
          </IconButton>
        }
      />
      <Show when={props.isNew}>
        <StrengthMeter passphrase={props.value} personal={props.personal ?? []} />
      </Show>
    </div>
  )
}
