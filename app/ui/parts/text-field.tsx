import { TextField as Field } from '@kobalte/core/text-field'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { ClockInput, isClockType } from './clock-input.tsx'
import styles from './field.module.css'

export interface TextFieldProps {
  readonly label: string
  /** Said to screen readers only, where a placeholder says the same. */
  readonly hideLabel?: boolean
  readonly value: string
  readonly onInput: (value: string) => void
  /** What to know before typing; stands between label and box. */
  readonly hint?: JSX.Element
  /** What is wrong with the value, if anything; read out with the field. */
  readonly error?: string | undefined
  /** Native types, dates among them. */
  readonly type?: 'text' | 'password' | 'date' | 'datetime-local' | 'time' | 'search' | 'email'
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'search'
  readonly autocomplete?: string
  /** Says "optional" beside the label. */
  readonly optional?: boolean
  readonly placeholder?: string
  /** More than one line. */
  readonly multiline?: boolean
  /** Behind the value inside the box: a unit, or a small button. */
  readonly suffix?: JSX.Element
  /** The suffix is a button: no space around it. */
  readonly flushSuffix?: boolean
  readonly name?: string
  readonly maxLength?: number
  /** Offered while typing; anything else may be typed as well. */
  readonly suggestions?: readonly string[] | undefined
  readonly min?: string
  readonly max?: string
  readonly spellcheck?: boolean
  readonly autofocus?: boolean
  readonly disabled?: boolean
  /** To be selected and copied, not changed. */
  readonly readOnly?: boolean
  readonly onBlur?: () => void
  readonly ref?: (element: HTMLInputElement | HTMLTextAreaElement) => void
}

/** A labelled box for text, numbers and dates. */
export function TextField(props: TextFieldProps) {
  const list = createUniqueId()
  const [isHalf, setHalf] = createSignal(false)
  const error = () => (isHalf() ? t('field.half') : props.error)
  const isWords = () => ['text', 'search'].includes(props.type ?? 'text')
  const common = () => ({
    class: styles.input,
    // Latin words in an Arabic page and the other way round: as they are written, once there are any.
    dir: isWords() && props.value !== '' ? ('auto' as const) : undefined,
    autocomplete: props.autocomplete ?? 'off',
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    autofocus: props.autofocus,
    spellcheck: props.spellcheck,
    inputMode: props.inputMode,
    onBlur: () => props.onBlur?.(),
    ref: (element: HTMLInputElement | HTMLTextAreaElement) => props.ref?.(element),
  })
  return (
    <Field
      class={styles.field}
      value={props.value}
      onChange={value => props.onInput(value)}
      validationState={error() === undefined ? 'valid' : 'invalid'}
      disabled={props.disabled ?? false}
      readOnly={props.readOnly ?? false}
      {...(props.name !== undefined && { name: props.name })}
    >
      <Field.Label classList={{ [styles.label ?? '']: true, [styles.unseen ?? '']: props.hideLabel === true }}>
        {props.label}
        <Show when={props.optional}>
          <span class={styles.optional}> ({t('field.optional')})</span>
        </Show>
      </Field.Label>
      <Show when={props.hint}>
        <Field.Description class={styles.hint}>{props.hint}</Field.Description>
      </Show>
      <div class={styles.box} data-invalid={error() === undefined ? undefined : ''}>
        <Show
          when={props.multiline}
          fallback={
            <Show
              when={isClockType(props.type)}
              fallback={
                <Field.Input
                  {...common()}
                  type={props.type ?? 'text'}
                  list={props.suggestions === undefined ? undefined : list}
                />
              }
            >
              <Field.Input
                {...common()}
                as={ClockInput}
                type={props.type}
                min={props.min}
                max={props.max}
                onTyped={(value: string) => {
                  setHalf(false)
                  props.onInput(value)
                }}
                onHalf={() => setHalf(true)}
              />
            </Show>
          }
        >
          <Field.TextArea {...common()} rows={4} />
        </Show>
        <Show when={props.suffix}>
          <span classList={{ [styles.suffix ?? '']: true, [styles.flush ?? '']: props.flushSuffix === true }}>
            {props.suffix}
          </span>
        </Show>
      </div>
      <Show when={props.suggestions}>
        {suggestions => (
          <datalist id={list}>
            <For each={suggestions()}>{suggestion => <option>{suggestion}</option>}</For>
          </datalist>
        )}
      </Show>
      <Field.ErrorMessage class={styles.error}>
        <CircleAlert size="1.1em" />
        <span>{error()}</span>
      </Field.ErrorMessage>
    </Field>
  )
}
