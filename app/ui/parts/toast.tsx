import { Toast, toaster } from '@kobalte/core/toast'
import X from 'lucide-solid/icons/x'
import { Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { t } from '../language/language.ts'
import styles from './toast.module.css'

interface ToastOptions {
  readonly message: string
  /** One thing to do about it; the toast goes when it is pressed. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Long enough to read and to reach "Undo"; the count stops while the pointer or the focus is on it. */
const SHOWN_MS = 10_000

/** Says what just happened, for a while. Never the only place where something important is said. */
export function showToast(options: ToastOptions): void {
  toaster.show(props => (
    <Toast as="div" toastId={props.toastId} duration={SHOWN_MS} class={styles.toast}>
      <Toast.Description class={styles.words}>{options.message}</Toast.Description>
      <Show when={options.action}>
        {action => (
          <button
            type="button"
            classList={{ [styles.button ?? '']: true, [styles.act ?? '']: true }}
            onClick={() => {
              toaster.dismiss(props.toastId)
              action().run()
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <Toast.CloseButton class={styles.button} aria-label={t('toast.dismiss')}>
        <X size="1.25rem" />
      </Toast.CloseButton>
    </Toast>
  ))
}

/** Where toasts appear; once, in the shell. */
export function ToastRegion() {
  return (
    <Portal>
      <Toast.Region class={styles.region} limit={2} swipeDirection="down" aria-label={t('toast.region')}>
        {/* Not a list: each message is a status of its own, which no list item may be. */}
        <Toast.List as="div" class={styles.list} />
      </Toast.Region>
    </Portal>
  )
}
