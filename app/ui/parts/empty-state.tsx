import { type JSX, Show } from 'solid-js'
import styles from './empty-state.module.css'

/** Where nothing is yet: says so, and what to do first. */
export function EmptyState(props: {
  readonly icon: JSX.Element
  readonly title: string
  readonly children?: JSX.Element
  readonly actions?: JSX.Element
}) {
  return (
    <div class={styles.empty}>
      <span class={styles.icon}>{props.icon}</span>
      <h2>{props.title}</h2>
      <Show when={props.children}>
        <div class={styles.text}>{props.children}</div>
      </Show>
      <Show when={props.actions}>
        <div class={styles.actions}>{props.actions}</div>
      </Show>
    </div>
  )
}
