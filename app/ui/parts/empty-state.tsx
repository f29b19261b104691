import { children, type JSX, Show } from 'solid-js'
import styles from './empty-state.module.css'

/** Where nothing is yet: says so, and what to do first. */
export function EmptyState(props: {
  readonly icon: JSX.Element
  readonly title: string
  readonly children?: JSX.Element
  readonly actions?: JSX.Element
}) {
  // Made once: asking for them makes them anew.
  const text = children(() => props.children)
  const actions = children(() => props.actions)
  return (
    <div class={styles.empty}>
      <span class={styles.icon}>{props.icon}</span>
      <h2>{props.title}</h2>
      <Show when={text()}>
        <div class={styles.text}>{text()}</div>
      </Show>
      <Show when={actions()}>
        <div class={styles.actions}>{actions()}</div>
      </Show>
    </div>
  )
}
