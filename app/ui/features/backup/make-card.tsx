import HardDriveDownload from 'lucide-solid/icons/hard-drive-download'
import { createSignal, Show } from 'solid-js'
import type { BackupState, MakeBackupFailure } from '#app/core/backup-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { Notice } from '../../parts/notice.tsx'
import { localDateTime } from '../../record/fhir-date.ts'
import { LastBackup } from '../../record/last-backup.tsx'
import { useOwnSession } from '../../session.ts'
import { STORE_MESSAGES } from '../../store-messages.ts'
import styles from './backup.module.css'
import { readmeWords } from './readme.ts'
import { Working } from './working.tsx'

type Made =
  | { readonly kind: 'idle' | 'making' | 'failed' }
  | { readonly kind: 'done'; readonly entries: number; readonly missing: readonly string[] }
  | MakeBackupFailure

/** The whole record as one sealed file, and what the last one holds. */
export function MakeCard(props: { readonly state: BackupState; readonly onMade: () => void }) {
  const session = useOwnSession()
  const [made, setMade] = createSignal<Made>({ kind: 'idle' })
  const make = async () => {
    setMade({ kind: 'making' })
    try {
      const answer = await session.makeBackup({ readme: await readmeWords() })
      if (!answer.ok) return setMade(answer.failure)
      const { file, report, missing } = answer.value
      downloadBlob(file, `wellkeep-backup-${localDateTime(new Date()).date}.age`)
      setMade({ kind: 'done', entries: report.entries, missing })
    } catch {
      setMade({ kind: 'failed' })
    }
    props.onMade()
  }
  return (
    <Card title={t('backup.make.title')} icon={<HardDriveDownload />}>
      <p>{t('backup.make.text')}</p>
      <LastBackup state={props.state} />
      <Show
        when={made().kind === 'making'}
        fallback={
          <div class={styles.actions}>
            <Button tone="primary" onClick={() => void make()}>
              {t('backup.make.act')}
            </Button>
          </div>
        }
      >
        <Working label={t('backup.make.working')} />
      </Show>
      <Outcome made={made()} />
    </Card>
  )
}

function Outcome(props: { readonly made: Made }) {
  const done = () => (props.made.kind === 'done' ? props.made : undefined)
  const failure = () => {
    const { made } = props
    if (made.kind === 'not-stored') return t(STORE_MESSAGES[made.why])
    return made.kind === 'failed' || made.kind === 'not-here' || made.kind === 'no-code'
      ? t('backup.make.failed')
      : undefined
  }
  return (
    <>
      <Show when={done()}>
        {known => (
          <>
            <Notice tone="success" alert>
              {t('backup.make.done', { count: known().entries })}
            </Notice>
            <Show when={known().missing.length > 0}>
              <Notice tone="warning">{t('backup.make.missing', { names: formatList(known().missing) })}</Notice>
            </Show>
          </>
        )}
      </Show>
      <Show when={props.made.kind === 'cancelled'}>
        <p role="status">{t('backup.make.cancelled')}</p>
      </Show>
      <Show when={failure()}>
        <Notice tone="danger" alert>
          {failure()}
        </Notice>
      </Show>
    </>
  )
}
