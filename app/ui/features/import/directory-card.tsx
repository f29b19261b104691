import { createSignal, Show } from 'solid-js'
import type { DirectoryInfo, IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { formatDay } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { showToast } from '../../parts/toast.tsx'
import type { ImportStep } from './import-step.ts'
import { directoryWords, issuerFailureWords, type KeepDirectory } from './issuer-words.ts'
import styles from './import.module.css'

/** A directory of issuers was chosen in place of records: what is in it, and whether to trust it. */
export function DirectoryCard(props: {
  readonly step: Extract<ImportStep, { kind: 'directory' }>
  readonly kept: readonly DirectoryInfo[]
  readonly onKeep: KeepDirectory
  readonly onCancel: () => void
}) {
  const [failure, setFailure] = createSignal<IssuerFileFailure | SaveFailure>()
  const info = () => props.step.directory
  const before = () => props.kept.find(({ source }) => source === info().source)
  const keep = async () => {
    const answer = await props.onKeep(props.step.file)
    setFailure(answer.ok ? undefined : answer.failure)
    if (answer.ok) showToast({ message: t('directory.kept', { count: answer.value.issuerCount }) })
  }
  return (
    <Card title={t('directory.title')}>
      <p>
        <bdi class={styles.words}>{info().source}</bdi>
        <span class={styles.soft}>{directoryWords(info())}</span>
      </p>
      <p>{t('directory.text')}</p>
      <Show when={before()}>
        {kept => (
          <p>
            {t(kept().madeAt > info().madeAt ? 'directory.older' : 'directory.replaces', {
              date: formatDay(kept().madeAt),
            })}
          </p>
        )}
      </Show>
      <Show when={failure()}>{failed => <p role="alert">{issuerFailureWords(failed())}</p>}</Show>
      <div class={styles.actions}>
        <Button tone="primary" onClick={() => void keep()}>
          {t('directory.keep')}
        </Button>
        <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
      </div>
    </Card>
  )
}
