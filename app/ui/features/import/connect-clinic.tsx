import { createEffect, createSignal, on, Show } from 'solid-js'
import type { ClinicInfo, ClinicOffer } from '#app/core/clinic-session.ts'
import { clinicAddress } from '#app/core/exchange/clinic/read-clinic.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { useSession } from '../../session.ts'
import { clinicFailureWords } from './clinic-words.ts'
import styles from './import.module.css'

const redirect = () => `${location.origin}/connected`

/** Asks for a clinic's address, then that clinic what it offers, then the person whether to go on. `again`: one to be signed in anew. */
export function ConnectClinic(props: { readonly again: ClinicInfo | undefined }) {
  const session = useSession()
  const [address, setAddress] = createSignal('')
  const [clientId, setClientId] = createSignal('')
  const [name, setName] = createSignal('')
  const [offer, setOffer] = createSignal<ClinicOffer>()
  createEffect(
    on(
      () => props.again,
      again => {
        if (again === undefined) return
        setAddress(again.address)
        setClientId(again.clientId)
        setName(again.name)
        setOffer()
      },
    ),
  )
  const begin = async (passphrase: string) => {
    const asked = { address: offer()?.address ?? '', name: name(), clientId: clientId(), redirect: redirect() }
    const begun = await session.beginClinic({ ...asked, passphrase })
    if (begun.ok) {
      for (const clear of [setAddress, setClientId, setName]) clear('')
      setOffer()
      return undefined
    }
    return begun.failure.kind === 'wrong-passphrase' ? begun.failure.kind : { words: clinicFailureWords(begun.failure) }
  }
  return (
    <Show
      when={offer()}
      fallback={
        <Ask
          address={address()}
          onAddress={setAddress}
          clientId={clientId()}
          onClientId={setClientId}
          name={name()}
          onName={setName}
          onOffer={setOffer}
          takesFocus={props.again !== undefined}
        />
      }
    >
      {found => (
        <Card title={t('clinic.offer', { host: found().host })} takesFocus fields>
          <div class={`${styles.reasons} ${styles.words}`}>
            <p>{t('clinic.offer.login', { host: found().loginHost })}</p>
            <p>{t('clinic.offer.reads')}</p>
            <p>{t(found().staysSignedIn ? 'clinic.offer.stays' : 'clinic.offer.once')}</p>
            <p class={styles.soft}>{t('clinic.asks', { hosts: formatList(found().hosts) })}</p>
          </div>
          <p class={styles.soft}>{t('clinic.begin.why')}</p>
          <FreshUnlockForm act={t('clinic.begin')} onUnlock={begin} onCancel={() => setOffer()} />
        </Card>
      )}
    </Show>
  )
}

interface AskProps {
  readonly address: string
  readonly onAddress: (address: string) => void
  readonly clientId: string
  readonly onClientId: (clientId: string) => void
  readonly name: string
  readonly onName: (name: string) => void
  readonly onOffer: (offer: ClinicOffer) => void
  readonly takesFocus: boolean
}

function Ask(props: AskProps) {
  const session = useSession()
  const [isTried, setIsTried] = createSignal(false)
  const [isAsking, setIsAsking] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  const host = () => {
    const url = clinicAddress(props.address)
    return url.ok ? url.value.host : undefined
  }
  const addressError = () => {
    if (!isTried()) return undefined
    const url = clinicAddress(props.address)
    return url.ok ? undefined : t(`clinic.why.${url.failure}`)
  }
  const clientIdError = () => {
    if (!isTried()) return undefined
    if (props.clientId.trim() === '') return t('clinic.missing')
    return /^[\x21-\x7e]+$/.test(props.clientId.trim()) ? undefined : t('clinic.why.invalid')
  }
  const ask = async () => {
    setIsTried(true)
    setFailure()
    if (isAsking() || addressError() !== undefined || clientIdError() !== undefined) return
    setIsAsking(true)
    const looked = await session.lookAtClinic(props.address)
    setIsAsking(false)
    if (looked.ok) props.onOffer(looked.value)
    else setFailure(clinicFailureWords(looked.failure))
  }
  return (
    <Card title={t('clinic.add')} takesFocus={props.takesFocus} fields>
      <details>
        <summary>{t('clinic.help')}</summary>
        <div class={styles.reasons}>
          <p>{t('clinic.help.text')}</p>
          <p>{t('clinic.help.not')}</p>
        </div>
      </details>
      <div class={styles.reasons}>
        <TextField
          label={t('clinic.redirect')}
          hint={t('clinic.redirect.hint')}
          value={redirect()}
          onInput={() => undefined}
          readOnly
        />
        <CopyButton text={redirect()} />
      </div>
      <Form
        onSubmit={ask}
        actions={
          <Button type="submit" tone="primary" busy={isAsking()}>
            {host() === undefined ? t('clinic.ask.empty') : t('clinic.ask', { host: host() ?? '' })}
          </Button>
        }
      >
        <TextField
          label={t('clinic.address')}
          hint={t('clinic.address.hint')}
          value={props.address}
          onInput={props.onAddress}
          maxLength={2000}
          spellcheck={false}
          error={addressError()}
        />
        <TextField
          label={t('clinic.clientId')}
          hint={t('clinic.clientId.hint')}
          value={props.clientId}
          onInput={props.onClientId}
          maxLength={500}
          spellcheck={false}
          error={clientIdError()}
        />
        <TextField label={t('clinic.name')} value={props.name} onInput={props.onName} maxLength={80} optional />
        <Show when={failure()}>
          {words => (
            <Notice tone="warning" alert>
              {words()}
            </Notice>
          )}
        </Show>
      </Form>
    </Card>
  )
}
