import { children, For, type JSX, Show } from 'solid-js'
import styles from './dotted.module.css'

/** Words in a row with a dot between those that stand on one line, and none where a line ends or begins. */
export function Dotted(props: { readonly children: JSX.Element }) {
  const items = children(() => props.children)
  return (
    <span class={styles.frame}>
      <span class={styles.items}>
        <For each={items.toArray().filter(Boolean)}>
          {(item, index) => (
            <span class={styles.item}>
              <Show when={index() > 0}>
                <span class={styles.dot}>{' · '}</span>
              </Show>
              {item}
            </span>
          )}
        </For>
      </span>
    </span>
  )
}
