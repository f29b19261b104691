import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { PairingOffer } from '#app/core/session.ts'
import { guessDeviceName } from '../../device-name.ts'
import { formatClock } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PassphraseField } from '../../parts/passphrase-field.tsx'
import { isTooShort } from '../../parts/passphrase-strength.ts'
import { QrCode } from '../../parts/qr-code.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'
import { createPairing } from './create-pairing.ts'
import { Digits } from './digits.tsx'
import styles from './pair.module.css'
import { pairingFailureWords } from './pairing-failure.ts'

/** The new device's side: it shows a code, then six digits, then has the record. */
export function NewDevicePage() {
  const pairing = createPairing(useSession())
  const digits = () => {
    const state = pairing.state()
    return state.kind === 'compare' ? state.digits : undefined
  }
  return (
    <Page title={t('pair.new.title')} lead={t('pair.new.lead')} back={{ href: '/' }} narrow>
      <Switch
        fallback={
          <Prepare busy={pairing.isWorking()} onStart={(passphrase, name) => pairing.start(passphrase, name)} />
        }
      >
        <Match when={pairing.failure()}>
          {failure => (
            <Notice
              tone="danger"
              alert
              actions={<Button onClick={() => void pairing.again()}>{t('pair.again')}</Button>}
            >
              {failure().kind === 'digits-differ' ? t('pair.new.differed') : pairingFailureWords(failure())}
            </Notice>
          )}
        </Match>
        <Match when={pairing.state().kind === 'receiving' || pairing.state().kind === 'done'}>
          <p class={styles.waiting} role="status">
            <Spinner />
            {t('pair.receiving')}
          </p>
        </Match>
        <Match when={digits()}>
          {six => (
            <div class={styles.compare} role="status">
              <p>{t('pair.new.compare')}</p>
              <Digits digits={six()} />
              <Button onClick={() => void pairing.confirm(false)}>{t('pair.new.differ')}</Button>
            </div>
          )}
        </Match>
        <Match when={pairing.offer()}>{offer => <Offer offer={offer()} />}</Match>
      </Switch>
    </Page>
  )
}

function Prepare(props: {
  readonly busy: boolean
  readonly onStart: (passphrase: string, deviceName: string) => Promise<void>
}) {
  const [passphrase, setPassphrase] = createSignal('')
  const [name, setName] = createSignal(guessDeviceName())
  const [isTried, setIsTried] = createSignal(false)
  const submit = () => {
    setIsTried(true)
    if (!isTooShort(passphrase()) && !props.busy) void props.onStart(passphrase(), name().trim() || guessDeviceName())
  }
  const error = () => (isTried() && isTooShort(passphrase()) ? t('pass.tooShort') : undefined)
  return (
    <Form
      onSubmit={submit}
      actions={
        <Button type="submit" tone="primary" busy={props.busy}>
          {t('pair.new.start')}
        </Button>
      }
    >
      <TextField label={t('devices.name')} value={name()} onInput={setName} maxLength={60} />
      <PassphraseField
        label={t('pass.new')}
        hint={t('pair.new.passphrase')}
        value={passphrase()}
        onInput={setPassphrase}
        error={error()}
        isNew
      />
    </Form>
  )
}

function Offer(props: { readonly offer: PairingOffer }) {
  return (
    <div class={styles.offer}>
      <p>{t('pair.new.show')}</p>
      <QrCode text={props.offer.qrText} label={t('pair.new.qr')} />
      <Show when={props.offer.words.length > 0}>
        <div class={styles.wordBlock}>
          <h2>{t('pair.new.words')}</h2>
          <ol class={styles.words} lang="en" dir="ltr">
            <For each={props.offer.words}>{word => <li>{word}</li>}</For>
          </ol>
        </div>
      </Show>
      <p class={styles.waiting} role="status">
        <Spinner />
        {t('pair.new.waiting')}
      </p>
      <p class={styles.soft}>{t('pair.new.expires', { time: formatClock(props.offer.expiresAt) })}</p>
    </div>
  )
}
