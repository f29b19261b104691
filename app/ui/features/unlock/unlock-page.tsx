import { A } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { LockedCard } from '#app/core/card-session.ts'
import type { UnlockFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { createWatch, useSession, useVault } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import { PasskeyUnlock } from './passkey-unlock.tsx'

/** The door of a locked record. */
export function UnlockPage() {
  const vault = useVault()
  const isSample = () => {
    const state = vault()
    return state.kind === 'locked' && state.isSample
  }
  return (
    <Show when={isSample()} fallback={<UnlockRecord />}>
      <UnlockSample />
    </Show>
  )
}

/** Only where this device's owner allowed that it is read without the passphrase. */
function EmergencyCardLink() {
  const session = useSession()
  const card = createWatch<LockedCard | undefined>(listener => session.watchLockedCard(listener))
  return (
    <Show when={card()}>
      <p>
        <A href="/emergency">{t('emergency.title')}</A>
      </p>
    </Show>
  )
}

function createUnlock() {
  const session = useSession()
  const [failure, setFailure] = createSignal<UnlockFailure>()
  const [isWorking, setIsWorking] = createSignal(false)
  const unlock = async (passphrase: string): Promise<boolean> => {
    if (isWorking()) return false
    setIsWorking(true)
    setFailure()
    const opened = await session.unlock(passphrase)
    setIsWorking(false)
    if (!opened.ok) setFailure(opened.failure)
    return opened.ok
  }
  return { failure, isWorking, unlock }
}

function UnlockRecord() {
  const [passphrase, setPassphrase] = createSignal('')
  const { failure, isWorking, unlock } = createUnlock()
  let field: HTMLElement | undefined
  const [isEmpty, setIsEmpty] = createSignal(false)
  const submit = async () => {
    setIsEmpty(passphrase() === '')
    const isOpen = passphrase() !== '' && (await unlock(passphrase()))
    if (!isOpen) field?.focus()
  }
  const error = () => {
    if (isEmpty()) return t('pass.needed')
    return failure()?.kind === 'wrong-passphrase' ? t('unlock.wrong') : undefined
  }
  return (
    <Page title={t('unlock.title')} lead={t('unlock.lead')} narrow>
      <PasskeyUnlock />
      <Form
        onSubmit={submit}
        actions={
          <>
            <Button type="submit" tone="primary" busy={isWorking()}>
              {t('unlock.submit')}
            </Button>
            <A href="/recover">{t('unlock.forgot')}</A>
          </>
        }
      >
        <PassphraseField
          label={t('pass.label')}
          value={passphrase()}
          onInput={text => {
            setPassphrase(text)
            setIsEmpty(false)
          }}
          error={error()}
          autofocus
          ref={element => {
            field = element
            queueMicrotask(() => element.focus())
          }}
        />
        <OtherFailure failure={failure()} />
      </Form>
      <EmergencyCardLink />
    </Page>
  )
}

function UnlockSample() {
  const { failure, isWorking, unlock } = createUnlock()
  return (
    <Page title={t('unlock.sample.title')} lead={t('unlock.sample.lead')} narrow>
      <OtherFailure failure={failure()} />
      <div>
        <Button tone="primary" busy={isWorking()} onClick={() => void unlock('')}>
          {t('unlock.sample.submit')}
        </Button>
      </div>
      <EmergencyCardLink />
    </Page>
  )
}

function OtherFailure(props: { readonly failure: UnlockFailure | undefined }) {
  const words = () => {
    const { failure } = props
    if (failure === undefined || failure.kind === 'wrong-passphrase') return undefined
    return failure.kind === 'not-stored' ? t(STORE_MESSAGES[failure.why]) : t(`unlock.${failure.kind}`)
  }
  return (
    <Show when={words()}>
      <Notice tone="danger" alert>
        {words()}
      </Notice>
    </Show>
  )
}
