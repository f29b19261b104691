import { Show } from 'solid-js'
import type { BackupReport } from '#app/core/backup-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Notice } from '../../parts/notice.tsx'
import styles from './backup.module.css'

/** What is in a backup that was read to its end. */
export function Report(props: { readonly report: BackupReport }) {
  return (
    <Notice tone="success" title={t('backup.check.good')} alert>
      <div class={styles.facts}>
        <p>{t('backup.check.made', { date: formatTime(props.report.madeAt), name: props.report.personName })}</p>
        <p>{t('backup.check.entries', { count: props.report.entries })}</p>
        <Show when={props.report.keptCount > 0}>
          <p>{t('backup.check.kept', { count: props.report.keptCount })}</p>
        </Show>
      </div>
    </Notice>
  )
}
