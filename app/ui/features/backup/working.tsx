import type { BackupProgress } from '#app/core/backup-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { createWatch, useOwnSession } from '../../session.ts'
import styles from './backup.module.css'

/** How far it is, and how to call it off. */
export function Working(props: { readonly label: string }) {
  const session = useOwnSession()
  const progress = createWatch<BackupProgress>(listener => session.watchBackup(listener))
  return (
    <>
      <ProgressBar label={props.label} done={progress()?.done} />
      <div class={styles.actions}>
        <Button onClick={() => void session.cancelBackup()}>{t('act.cancel')}</Button>
      </div>
    </>
  )
}
