import styles from './mark.module.css'

/** The Wellkeep mark: a leaf kept inside a round shelter. Decoration; the name stands beside it. */
export function Mark() {
  return (
    <svg class={styles.mark} viewBox="0 0 64 64" aria-hidden="true">
      <rect class={styles.ground} x="2" y="2" width="60" height="60" rx="18" />
      <path class={styles.leaf} d="M17 44C15 26 26 15 48 16C49 37 39 48 22 46C30 40 35 34 39 26C31 31 24 36 17 44Z" />
    </svg>
  )
}
