import { Dialog as Modal } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { type JSX, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { Button, IconButton } from './button.tsx'
import styles from './dialog.module.css'

interface DialogProps {
  readonly open: boolean
  /** Escape, the cross and a press outside; the one who opened it sets `open` to false. */
  readonly onClose: () => void
  readonly title: string
  readonly children: JSX.Element
  /** Buttons at the foot, the main one last. */
  readonly actions?: JSX.Element
}

/** A window over the page that keeps the focus until it is closed, then gives it back. */
export function Dialog(props: DialogProps) {
  return (
    <Modal open={props.open} onOpenChange={open => open || props.onClose()}>
      <Modal.Portal>
        <Modal.Overlay class={styles.shade} />
        <div class={styles.place}>
          <Modal.Content class={styles.dialog}>
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
  readonly title: string
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
