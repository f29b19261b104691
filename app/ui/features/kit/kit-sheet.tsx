import Printer from 'lucide-solid/icons/printer'
import { For, Show } from 'solid-js'
import type { OwnRelay } from '#app/core/relay-session.ts'
import type { RecoveryKit } from '#app/core/session.ts'
import { formatDay, formatNumber } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { CodeGroups } from '../../parts/code-groups.tsx'
import { Page } from '../../parts/page.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { isPracticeIn } from '../../record/is-practice.ts'
import { createWatch, type RecordView, useOwnSession, useRecordView, useVault } from '../../session.ts'
import styles from './kit.module.css'

interface KitSheetProps {
  readonly kit: RecoveryKit
  readonly onWritten: () => void
  readonly onLater: () => void
}

/** Says whose words they are where that is not the person who looks. */
export function kitTitle(kept: RecordView['kept']): string {
  return kept === undefined ? t('kit.title') : t('kept.sheet.title', { name: kept.name() })
}

/** The words on screen; on paper only the sheet is left, with a heading that says what it is for. */
export function KitSheet(props: KitSheetProps) {
  // Whose record is kept by somebody is in that person's backups, and has none of its own.
  const { kept } = useRecordView()
  const vault = useVault()
  const session = useOwnSession()
  const relay = createWatch<OwnRelay>(listener => session.watchRelay(listener))
  // Where the words are typed in one day; a record that is kept for somebody stays where it is.
  const address = () => (kept === undefined ? relay()?.address : undefined) ?? location.origin
  const isPractice = () => isPracticeIn(vault())
  const lead = () => {
    if (kept === undefined) return t('kit.lead')
    return t(isPractice() ? 'kit.practice.lead' : 'kept.sheet.lead', { name: kept.name() })
  }
  return (
    <Page title={kitTitle(kept)} windowTitle={t('kit.title')} lead={lead()}>
      <div class={styles.printOnly}>
        <p>{t('kit.sheet.how')}</p>
        <p>{address()}</p>
      </div>
      <div class={styles.sheet}>
        <ol class={styles.words} aria-label={t('kit.words')} lang="en" dir="ltr">
          <For each={props.kit.words}>
            {(word, index) => (
              <li class={styles.word}>
                <span class={styles.number}>{formatNumber(index() + 1)}</span>
                <span>{word}</span>
              </li>
            )}
          </For>
        </ol>
        <figure class={styles.qr}>
          <QrCode text={props.kit.qrText} label={t('kit.qr')} />
          <figcaption>{t('kit.made', { date: formatDay(props.kit.madeAt) })}</figcaption>
        </figure>
      </div>
      <Show when={kept === undefined}>
        <section class={styles.code}>
          <h2>{t('kit.code.title')}</h2>
          <CodeGroups code={props.kit.backupCode} label={t('backup.code.label')} />
          <p class={styles.hint}>{t('kit.code.text')}</p>
          <p class={styles.printOnly}>{t('backup.sheet.how')}</p>
        </section>
      </Show>
      <p class={styles.hint}>{t(isPractice() ? 'kit.practice.printHint' : 'kit.printHint')}</p>
      <div class={styles.actions}>
        <Button icon={<Printer size="1.25rem" />} onClick={() => print()}>
          {t('kit.print')}
        </Button>
        <Button tone="primary" onClick={() => props.onWritten()}>
          {t('kit.written')}
        </Button>
        <Button tone="plain" onClick={() => props.onLater()}>
          {t('kit.later')}
        </Button>
      </div>
    </Page>
  )
}
