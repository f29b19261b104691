import Copy from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { QrCode } from '../parts/qr-code.tsx'
import { TextField } from '../parts/text-field.tsx'
import { showToast } from '../parts/toast.tsx'
import styles from './link-code.module.css'

/** A link in its two forms: a code for a camera, a text to send. */
export function LinkCode(props: { readonly address: string }) {
  const [isRefused, setIsRefused] = createSignal(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.address)
      setIsRefused(false)
      showToast({ message: t('invite.copied') })
    } catch {
      setIsRefused(true)
    }
  }
  return (
    <div class={styles.parts}>
      <div class={styles.code}>
        <QrCode text={props.address} label={t('outLink.qr')} />
      </div>
      <TextField label={t('outLink.address')} value={props.address} onInput={() => undefined} readOnly />
      <div class={styles.actions}>
        <Button tone="primary" icon={<Copy size="1.2rem" />} onClick={() => void copy()}>
          {t('invite.copy')}
        </Button>
      </div>
      <Show when={isRefused()}>
        <Notice tone="warning" alert>
          {t('invite.notCopied')}
        </Notice>
      </Show>
    </div>
  )
}
