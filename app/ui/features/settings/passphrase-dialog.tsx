import { createEffect, createSignal, on, Show } from 'solid-js'
import type { UnlockFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { isTooShort } from '../../parts/passphrase-strength.ts'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'

/** Changes the passphrase of this device, which must be known. */
export function PassphraseDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const session = useSession()
  const [current, setCurrent] = createSignal('')
  const [next, setNext] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const [failure, setFailure] = createSignal<UnlockFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  createEffect(
    on(
      () => props.open,
      () => {
        setCurrent('')
        setNext('')
        setIsTried(false)
        setFailure()
      },
    ),
  )
  const change = async () => {
    setIsTried(true)
    if (current() === '' || isTooShort(next()) || isWorking()) return
    setIsWorking(true)
    setFailure()
    const changed = await session.changePassphrase(current(), next())
    setIsWorking(false)
    if (!changed.ok) {
      setFailure(changed.failure)
      return
    }
    showToast({ message: t('settings.changePass.done') })
    props.onClose()
  }
  const currentError = () => {
    if (isTried() && current() === '') return t('field.needed')
    return failure()?.kind === 'wrong-passphrase' ? t('settings.changePass.wrong') : undefined
  }
  const nextError = () => (isTried() && isTooShort(next()) ? t('pass.tooShort') : undefined)
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('settings.changePass')}>
      <p>{t('settings.changePass.text')}</p>
      <Form
        onSubmit={change}
        actions={
          <>
            <Button type="submit" tone="primary" busy={isWorking()}>
              {t('settings.changePass')}
            </Button>
            <Button onClick={() => props.onClose()}>{t('act.cancel')}</Button>
          </>
        }
      >
        <PassphraseField label={t('pass.current')} value={current()} onInput={setCurrent} error={currentError()} />
        <PassphraseField
          label={t('pass.new')}
          hint={t('pass.hint')}
          value={next()}
          onInput={setNext}
          error={nextError()}
          isNew
        />
        <Show when={otherFailure(failure())}>
          {words => (
            <Notice tone="danger" alert>
              {words()}
            </Notice>
          )}
        </Show>
      </Form>
    </Dialog>
  )
}

function otherFailure(failure: UnlockFailure | undefined): string | undefined {
  if (failure === undefined || failure.kind === 'wrong-passphrase') return undefined
  return failure.kind === 'not-stored' ? t(STORE_MESSAGES[failure.why]) : t(`unlock.${failure.kind}`)
}
