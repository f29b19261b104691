import FileCheck from 'lucide-solid/icons/file-check'
import { createSignal, Show } from 'solid-js'
import type { BackupKeyCheck, BackupReport, OpenBackupFailure } from '#app/core/backup-session.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useOwnSession } from '../../session.ts'
import { backupFailureWords } from './backup-failure.ts'
import styles from './backup.module.css'
import { FileButton } from '../../parts/file-button.tsx'
import { KeyField } from './key-field.tsx'
import { Report } from './report.tsx'
import { Working } from './working.tsx'

type Checked =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly fileName: string }
  | { readonly kind: 'good'; readonly report: BackupReport }
  | { readonly kind: 'bad'; readonly failure: OpenBackupFailure }

/** The drill: could this file be brought back? `hasCode`: this device can open it by itself. */
export function CheckCard(props: { readonly hasCode: boolean }) {
  const session = useOwnSession()
  const [key, setKey] = createSignal('')
  const [keyCheck, setKeyCheck] = createSignal<BackupKeyCheck>()
  const [checked, setChecked] = createSignal<Checked>({ kind: 'idle' })
  const checkKey = async () => {
    const check = await session.checkBackupKey(key())
    setKeyCheck(check)
    return check.kind === 'ok'
  }
  const read = async (file: File) => {
    if (!props.hasCode && !(await checkKey())) return
    setChecked({ kind: 'reading', fileName: file.name })
    const answer = await session.checkBackup(props.hasCode ? { file } : { file, key: key() })
    setChecked(answer.ok ? { kind: 'good', report: answer.value } : { kind: 'bad', failure: answer.failure })
  }
  const reading = () => {
    const now = checked()
    return now.kind === 'reading' ? now.fileName : undefined
  }
  const report = () => {
    const now = checked()
    return now.kind === 'good' ? now.report : undefined
  }
  const failure = () => {
    const now = checked()
    return now.kind === 'bad' ? now.failure : undefined
  }
  return (
    <Card title={t('backup.check.title')} icon={<FileCheck />}>
      <p>{t('backup.check.text')}</p>
      <Show when={!props.hasCode}>
        <KeyField
          value={key()}
          onInput={text => {
            setKey(text)
            setKeyCheck()
          }}
          check={keyCheck()}
          onCheck={() => void checkKey()}
        />
      </Show>
      <Show
        when={reading()}
        fallback={
          <div class={styles.actions}>
            <FileButton label={t('backup.check.choose')} onFile={file => void read(file)} />
          </div>
        }
      >
        {file => <Working label={t('backup.check.working', { file: file() })} />}
      </Show>
      <Show when={report()}>{known => <Report report={known()} />}</Show>
      <Show when={failure()}>{known => <Failed failure={known()} hasCode={props.hasCode} />}</Show>
    </Card>
  )
}

function Failed(props: { readonly failure: OpenBackupFailure; readonly hasCode: boolean }) {
  const words = () =>
    props.failure.kind === 'wrong-key' && props.hasCode ? t('backup.failed.own-key') : backupFailureWords(props.failure)
  return (
    <Show when={props.failure.kind !== 'cancelled'} fallback={<p role="status">{words()}</p>}>
      <Notice tone="danger" title={t('backup.check.bad')} alert>
        {words()}
      </Notice>
    </Show>
  )
}
