import { createEffect, createSignal, on } from 'solid-js'
import type { AddPasskeyFailure, PasskeyCeremonyFailure } from '#app/core/passkey-session.ts'
import { guessDeviceName } from '../../device-name.ts'
import { t } from '../../language/language.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { type FreshUnlockAnswer, FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { useHost, useSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Says whom a passkey lets in, takes the passphrase, and has the browser make it. */
export function PasskeyDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly onAdded: () => void
}) {
  const session = useSession()
  const host = useHost()
  const [name, setName] = createSignal('')
  createEffect(
    on(
      () => props.open,
      () => setName(guessDeviceName()),
    ),
  )
  const add = async (passphrase: string): Promise<FreshUnlockAnswer> => {
    const begun = await session.beginPasskey(passphrase)
    if (!begun.ok) return answerOf(begun.failure)
    const { salt } = begun.value
    const made = await host.passkeys.create(begun.value, t('passkey.account'))
    if (!made.ok) return { words: ceremonyWords(made.failure) }
    const { credentialId, output } = made.value
    try {
      const added = await session.addPasskey({ credentialId, output, salt, name: name(), passphrase })
      if (!added.ok) return answerOf(added.failure)
    } finally {
      output.fill(0)
    }
    showToast({ message: t('passkey.done') })
    props.onAdded()
    props.onClose()
    return undefined
  }
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('passkey.title')}>
      <Notice tone="warning">{t('passkey.warning')}</Notice>
      <TextField
        label={t('passkey.name')}
        hint={t('passkey.name.hint')}
        value={name()}
        onInput={setName}
        maxLength={60}
        autocomplete="off"
      />
      <FreshUnlockForm act={t('passkey.add')} onUnlock={add} onCancel={props.onClose} resetOn={props.open} />
    </Dialog>
  )
}

function answerOf(failure: AddPasskeyFailure): FreshUnlockAnswer {
  switch (failure.kind) {
    case 'wrong-passphrase':
      return failure.kind
    case 'invalid':
      return { words: t('passkey.failed.invalid') }
    case 'not-stored':
      return { words: t(STORE_MESSAGES[failure.why]) }
    case 'locked':
      return { words: t('save.locked') }
  }
}

function ceremonyWords(failure: PasskeyCeremonyFailure): string {
  return t(`passkey.failed.${failure}`)
}
