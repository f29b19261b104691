import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createUniqueId, For, Show } from 'solid-js'
import styles from './field.module.css'

interface SelectFieldProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string
  /** What is wrong with the choice, if anything; read out with the field. */
  readonly error?: string | undefined
}

/** One of several, as the platform's own list: it is the one that works best with thumbs and screen readers. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const id = createUniqueId()
  const described = () => [
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(props.error === undefined ? [] : [`${id}-error`]),
  ]
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {props.label}
      </label>
      <Show when={props.hint}>
        <p class={styles.hint} id={`${id}-hint`}>
          {props.hint}
        </p>
      </Show>
      <div class={styles.box} data-invalid={props.error === undefined ? undefined : ''}>
        <select
          id={id}
          class={styles.input}
          aria-describedby={described().join(' ') || undefined}
          aria-invalid={props.error === undefined ? undefined : 'true'}
          onChange={event => {
            const chosen = props.options[event.currentTarget.selectedIndex]
            if (chosen !== undefined) props.onChange(chosen.value)
          }}
        >
          <For each={props.options}>
            {option => (
              <option value={option.value} selected={option.value === props.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      </div>
      <Show when={props.error}>
        <p class={styles.error} id={`${id}-error`}>
          <CircleAlert size="1.1em" />
          <span>{props.error}</span>
        </p>
      </Show>
    </div>
  )
}
