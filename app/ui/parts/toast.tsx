import { Toast, toaster } from '@kobalte/core/toast'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, on, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { language, t } from '../language/language.ts'
import { keepClear } from './keep-clear.ts'
import styles from './toast.module.css'

interface ToastOptions {
  readonly message: string
  /** One thing to do about it; the toast goes when it is pressed. */
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Long enough to read and to reach "Undo"; the count stops while the pointer or the focus is on it. */
const SHOWN_MS = 10_000

/**
 * Says what just happened, for a while. Never the only place where something important is said. The newest is the only
 * one: "Undo" in an older one would take back what came after it.
 */
export function showToast(options: ToastOptions): void {
  clearToasts()
  toaster.show(props => (
    <Toast as="div" ref={keepClear} toastId={props.toastId} duration={SHOWN_MS} class={styles.toast}>
      <Toast.Description class={styles.words}>{options.message}</Toast.Description>
      <Show when={options.action}>
        {action => (
          <button
            type="button"
            classList={{ [styles.button ?? '']: true, [styles.act ?? '']: true }}
            onClick={() => {
              leaveToasts()
              toaster.dismiss(props.toastId)
              action().run()
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <Toast.CloseButton class={styles.button} aria-label={t('toast.dismiss')} onClick={leaveToasts}>
        <X size="1.25rem" />
      </Toast.CloseButton>
    </Toast>
  ))
}

/** Takes all messages away. */
export function clearToasts(): void {
  leaveToasts()
  toaster.clear()
}

/**
 * Takes the focus from a message that goes to the page's heading. Removed with it, it would be lost, and the messages
 * after it would wait for it to leave, for ever.
 */
function leaveToasts(): void {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused.closest('[role="region"]') === null) return
  const heading = document.querySelector<HTMLElement>('h1[tabindex="-1"]')
  if (heading === null) focused.blur()
  else heading.focus({ preventScroll: true })
}

/** Where toasts appear; once, in the shell. */
export function ToastRegion() {
  // Said in the words of before, among those of now.
  createEffect(on(createMemo(language), clearToasts, { defer: true }))
  return (
    <Portal>
      <Toast.Region class={styles.region} limit={1} swipeDirection="down" aria-label={t('toast.region')}>
        {/* Not a list: each message is a status of its own, which no list item may be. */}
        <Toast.List as="div" class={styles.list} />
      </Toast.Region>
    </Portal>
  )
}
