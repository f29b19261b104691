import { For } from 'solid-js'
import styles from './code-groups.module.css'

/** A long code, broken only between its groups; selected and copied as a whole. */
export function CodeGroups(props: { readonly code: string; readonly label: string }) {
  return (
    <p class={styles.code} role="group" aria-label={props.label} lang="en" dir="ltr">
      <For each={props.code.split(/(?<=-)/)}>
        {group => (
          <>
            {group}
            <wbr />
          </>
        )}
      </For>
    </p>
  )
}
