import styles from './mark.module.css'

/** The Wellkeep mark: a leaf kept inside a round shelter. Decoration; the name stands beside it. */
export function Mark() {
  return (
    <svg class={styles.mark} viewBox="0 0 64 64" aria-hidden="true">
      <rect class={styles.ground} x="2" y="2" width="60" height="60" rx="18" />
      <path
        class={styles.leaf}
        d="M17.5 45C16 27 27 16.5 47.5 17C48.5 37 39 48 22 46.5C30.5 40 35.5 33.5 39.5 25.5C32 31 25 36.5 17.5 45Z"
      />
    </svg>
  )
}
