import { t } from '../../language/language.ts'
import styles from './pair.module.css'

/** Six digits in two groups, as people read them out; always Latin, so that both devices show the same signs. */
export function Digits(props: { readonly digits: string }) {
  return (
    <p
      class={styles.digits}
      dir="ltr"
      role="img"
      aria-label={t('pair.digits', { digits: Array.from(props.digits).join(' ') })}
    >
      <span>{props.digits.slice(0, 3)}</span>
      <span>{props.digits.slice(3)}</span>
    </p>
  )
}
