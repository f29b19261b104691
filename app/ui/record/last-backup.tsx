import { Show } from 'solid-js'
import type { BackupState } from '#app/core/backup-session.ts'
import { formatDay } from '../language/format.ts'
import { t } from '../language/language.ts'

/** When the last backup file was made, and whether everything is in it. */
export function LastBackup(props: { readonly state: BackupState }) {
  return (
    <Show when={props.state.last} fallback={<p>{t('backup.never')}</p>}>
      {last => (
        <p>
          {t('backup.last', { date: formatDay(last().madeAt), device: last().deviceName, count: last().entries })}{' '}
          {last().isLevel ? t('backup.level') : t('backup.behind')}
        </p>
      )}
    </Show>
  )
}
