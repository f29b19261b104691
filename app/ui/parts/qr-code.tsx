import { createMemo } from 'solid-js'
import { encode } from 'uqr'
import styles from './qr-code.module.css'

/** Text as a QR code with its quiet zone: black on white in every theme, because cameras want it so. */
export function QrCode(props: { readonly text: string; readonly label: string }) {
  const code = createMemo(() => encode(props.text, { ecc: 'M', border: 4 }))
  const path = () =>
    code()
      .data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
      .join('')
  return (
    <svg class={styles.code} viewBox={`0 0 ${code().size} ${code().size}`} role="img" aria-label={props.label}>
      <rect width="100%" height="100%" class={styles.paper} />
      <path d={path()} class={styles.ink} />
    </svg>
  )
}
