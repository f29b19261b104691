import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import { t } from '../language/language.ts'
import { ConfirmDialog } from '../parts/dialog.tsx'
import { PassphraseField } from '../parts/passphrase-field.tsx'

interface PassphraseConfirmProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** What is about to happen. */
  readonly children: JSX.Element
  /** What the button does, as a verb. */
  readonly act: string
  readonly danger?: boolean
  readonly busy: boolean
  /** That it was not the passphrase is said beside it. */
  readonly isWrong: boolean
  /** Any other reason why it did not go. */
  readonly failed: JSX.Element
  readonly onConfirm: (passphrase: string) => void
}

/** A question that takes the passphrase for an answer; enter in its field is as good as the button. Each time it opens with nothing typed. */
export function PassphraseConfirm(props: PassphraseConfirmProps) {
  const [passphrase, setPassphrase] = createSignal('')
  createEffect(
    on(
      () => props.open,
      () => setPassphrase(''),
    ),
  )
  const confirm = () => {
    if (!props.busy) props.onConfirm(passphrase())
  }
  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      title={props.title}
      act={props.act}
      danger={props.danger ?? false}
      busy={props.busy}
      onConfirm={confirm}
    >
      {props.children}
      <form
        onSubmit={event => {
          event.preventDefault()
          confirm()
        }}
      >
        <PassphraseField
          label={t('share.passphrase')}
          value={passphrase()}
          onInput={setPassphrase}
          error={props.isWrong ? t('share.failed.wrong-passphrase') : undefined}
        />
      </form>
      <Show when={!props.isWrong}>{props.failed}</Show>
    </ConfirmDialog>
  )
}
