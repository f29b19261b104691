import { RadioGroup as Group } from '@kobalte/core/radio-group'
import { For, Show } from 'solid-js'
import styles from './choice.module.css'

interface RadioGroupProps<Value extends string> {
  readonly label: string
  /** Nothing is chosen while undefined. */
  readonly value: Value | undefined
  /** `about` is a sentence below the label; with one, the options stand below each other. */
  readonly options: readonly { readonly value: Value; readonly label: string; readonly about?: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string
}

/** One of a few, all to be seen at once. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const choose = (value: string) => {
    const chosen = props.options.find(option => option.value === value)
    if (chosen !== undefined) props.onChange(chosen.value)
  }
  const isExplained = () => props.options.some(option => option.about !== undefined)
  return (
    <Group class={styles.group} value={props.value ?? ''} onChange={choose}>
      <Group.Label class={styles.legend}>{props.label}</Group.Label>
      <Show when={props.hint}>
        <Group.Description class={styles.hint}>{props.hint}</Group.Description>
      </Show>
      <div classList={{ [styles.options ?? '']: true, [styles.explained ?? '']: isExplained() }}>
        <For each={props.options}>
          {option => (
            <Group.Item value={option.value} class={styles.option}>
              <Group.ItemInput />
              <Group.ItemControl class={styles.dot} />
              <span class={styles.optionWords}>
                <Group.ItemLabel>{option.label}</Group.ItemLabel>
                <Show when={option.about}>
                  <Group.ItemDescription class={styles.optionAbout}>{option.about}</Group.ItemDescription>
                </Show>
              </span>
            </Group.Item>
          )}
        </For>
      </div>
    </Group>
  )
}
