import { RadioGroup as Group } from '@kobalte/core/radio-group'
import { For, Show } from 'solid-js'
import styles from './choice.module.css'

interface RadioGroupProps<Value extends string> {
  readonly label: string
  /** Nothing is chosen while undefined. */
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string
}

/** One of a few, all to be seen at once. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const choose = (value: string) => {
    const chosen = props.options.find(option => option.value === value)
    if (chosen !== undefined) props.onChange(chosen.value)
  }
  return (
    <Group class={styles.group} value={props.value ?? ''} onChange={choose}>
      <Group.Label class={styles.legend}>{props.label}</Group.Label>
      <Show when={props.hint}>
        <Group.Description class={styles.hint}>{props.hint}</Group.Description>
      </Show>
      <div class={styles.options}>
        <For each={props.options}>
          {option => (
            <Group.Item value={option.value} class={styles.option}>
              <Group.ItemInput />
              <Group.ItemControl class={styles.dot} />
              <Group.ItemLabel>{option.label}</Group.ItemLabel>
            </Group.Item>
          )}
        </For>
      </div>
    </Group>
  )
}
