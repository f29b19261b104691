import { createUniqueId, For, Show } from 'solid-js'
import styles from './field.module.css'

interface SelectFieldProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string
}

/** One of several, as the platform's own list: it is the one that works best with thumbs and screen readers. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const id = createUniqueId()
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
      <div class={styles.box}>
        <select
          id={id}
          class={styles.input}
          aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
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
    </div>
  )
}
