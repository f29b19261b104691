import styles from './spinner.module.css'

/** Says "working" to the eye only; the words beside it say it to everyone. */
export function Spinner() {
  return <span class={styles.spinner} aria-hidden="true" />
}
