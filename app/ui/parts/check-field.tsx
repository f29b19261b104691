import { Checkbox } from '@kobalte/core/checkbox'
import Check from 'lucide-solid/icons/check'
import type { JSX } from 'solid-js'
import styles from './choice.module.css'

/** Yes or no, with its words beside it. */
export function CheckField(props: {
  readonly label: JSX.Element
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  return (
    <Checkbox class={styles.check} checked={props.checked} onChange={checked => props.onChange(checked)}>
      <Checkbox.Input />
      <Checkbox.Control class={styles.tick}>
        <Checkbox.Indicator>
          <Check size="1.1rem" strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Control>
      <Checkbox.Label>{props.label}</Checkbox.Label>
    </Checkbox>
  )
}
