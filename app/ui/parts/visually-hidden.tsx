import type { JSX } from 'solid-js'
import styles from './visually-hidden.module.css'

/** Words for those who listen. */
export function VisuallyHidden(props: { readonly children: JSX.Element }) {
  return <span class={styles.hidden}>{props.children}</span>
}
