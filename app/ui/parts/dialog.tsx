import { Dialog as Modal } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { createEffect, type JSX, on, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button, IconButton } from './button.tsx'
import styles from './dialog.module.css'

interface DialogProps {
  readonly open: boolean
  /** Escape, the cross and a press outside; the one who opened it sets `open` to false. */
  readonly onClose: () => void
  /** Words, or words with a name set apart. */
  readonly title: JSX.Element
  readonly children: JSX.Element
  /** Buttons at the foot, the main one last. */
  readonly actions?: JSX.Element
}

/** What a window is opened for, where something is to be typed. */
const FIRST_BOX = 'textarea, input:not([type="checkbox"], [type="radio"], [type="file"])'

/**
 * A window over the page that keeps the focus until it is closed, then gives it back. It begins at what is to be typed, where
 * there is such a thing, else at the way out.
 */
export function Dialog(props: DialogProps) {
  let content: HTMLElement | undefined
  let opener: Element | null = null
  createEffect(
    on(
      () => props.open,
      open => {
        if (open) opener = document.activeElement
      },
    ),
  )
  const begin = (event: Event) => {
    const box = content?.querySelector<HTMLElement>(FIRST_BOX)
    if (box === undefined || box === null) return
    event.preventDefault()
    box.focus()
  }
  const giveBack = (event: Event) => {
    event.preventDefault()
    const back = opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector('h1')
    back?.focus()
  }
  return (
    <Modal open={props.open} onOpenChange={open => open || props.onClose()}>
      <Modal.Portal>
        <Modal.Overlay class={styles.shade} />
        <div class={styles.place}>
          <Modal.Content class={styles.dialog} ref={content} onOpenAutoFocus={begin} onCloseAutoFocus={giveBack}>
            <div class={styles.head}>
              <Modal.Title as="h2">{props.title}</Modal.Title>
              <IconButton label={t('act.close')} onClick={() => props.onClose()}>
                <X />
              </IconButton>
            </div>
            <div class={styles.body}>{props.children}</div>
            <Show when={props.actions}>
              <div class={styles.actions}>{props.actions}</div>
            </Show>
          </Modal.Content>
        </div>
      </Modal.Portal>
    </Modal>
  )
}

interface ConfirmDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: JSX.Element
  readonly children: JSX.Element
  /** What the button does, as a verb: "Remove". */
  readonly act: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly onConfirm: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('act.cancel')}</Button>
          <Button
            tone={props.danger ? 'danger' : 'primary'}
            busy={props.busy ?? false}
            disabled={props.disabled ?? false}
            onClick={() => props.onConfirm()}
          >
            {props.act}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
