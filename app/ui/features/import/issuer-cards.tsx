import { createSignal, For, type JSX, Show } from 'solid-js'
import type { CardIssuerInfo, DirectoryInfo, IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { saveFailureWords } from '../../record/words.ts'
import type { ImportStep } from './import-step.ts'
import { directoryWords, type KeepIssuer, issuerFailureWords } from './issuer-words.ts'
import styles from './import.module.css'

/** An issuer's key set or list was chosen in place of records: whether to keep it, and whose it is. */
export function IssuerFileCard(props: {
  readonly step: Extract<ImportStep, { kind: 'issuer-file' }>
  readonly onKeep: KeepIssuer
  readonly onCancel: () => void
}) {
  const [issuer, setIssuer] = createSignal('')
  const [failure, setFailure] = createSignal<IssuerFileFailure | SaveFailure>()
  const hasKeys = () => props.step.holds === 'keys'
  const keep = async () => {
    const answer = await props.onKeep(props.step.file, issuer())
    setFailure(answer.ok ? undefined : answer.failure)
    if (answer.ok) showToast({ message: t('issuer.kept', { issuer: answer.value.issuer }) })
  }
  const words = () => {
    const failed = failure()
    return failed === undefined ? undefined : issuerFailureWords(failed)
  }
  return (
    <Card title={t(hasKeys() ? 'issuer.file.title' : 'issuer.list.title')}>
      <p>{t(hasKeys() ? 'issuer.file.text' : 'issuer.list.text')}</p>
      <Show when={hasKeys()} fallback={<Show when={words()}>{text => <p role="alert">{text()}</p>}</Show>}>
        <TextField
          label={t('issuer.address')}
          value={issuer()}
          onInput={setIssuer}
          placeholder="https://"
          spellcheck={false}
          error={words()}
        />
      </Show>
      <div class={styles.actions}>
        <Button tone="primary" onClick={() => void keep()}>
          {t(hasKeys() ? 'issuer.keep' : 'issuer.list.keep')}
        </Button>
        <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
      </div>
    </Card>
  )
}

type Forget = (address: string) => Promise<Result<void, SaveFailure>>

/** Whose keys count, and the way to take that back. */
export function TrustedIssuers(props: {
  readonly issuers: readonly CardIssuerInfo[]
  readonly directories: readonly DirectoryInfo[]
  readonly onForget: Forget
  readonly onForgetDirectory: Forget
}) {
  return (
    <Card title={t('issuer.title')}>
      <Show
        when={props.issuers.length > 0 || props.directories.length > 0}
        fallback={<p class={styles.soft}>{t('issuer.none')}</p>}
      >
        <ul class={styles.past}>
          <For each={props.directories}>
            {info => (
              <Trusted address={info.source} act={t('directory.forget')} onForget={props.onForgetDirectory}>
                {directoryWords(info)}
              </Trusted>
            )}
          </For>
          <For each={props.issuers}>
            {info => (
              <Trusted address={info.issuer} act={t('issuer.forget')} onForget={props.onForget}>
                {t('issuer.count', { count: info.keyCount })}
                <Show when={info.revokedCount !== undefined}>
                  {' · '}
                  {t('issuer.revoked', { count: info.revokedCount ?? 0 })}
                </Show>
              </Trusted>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  )
}

function Trusted(props: {
  readonly address: string
  readonly act: string
  readonly onForget: Forget
  readonly children: JSX.Element
}) {
  const forget = async () => {
    const answer = await props.onForget(props.address)
    if (!answer.ok) showToast({ message: saveFailureWords(answer.failure) })
  }
  return (
    <li>
      <div>
        <bdi>{props.address}</bdi>
        <p class={styles.soft}>{props.children}</p>
      </div>
      <Button aria-label={`${props.act}: ${props.address}`} onClick={() => void forget()}>
        {props.act}
      </Button>
    </li>
  )
}
