import FileLock from 'lucide-solid/icons/file-lock'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { LastBackup } from '../../record/last-backup.tsx'
import { useSession } from '../../session.ts'

/** Whether there is a backup file, how old it is, and the way to another one. */
export function BackupCard() {
  const session = useSession()
  const state = createAnswer(
    () => true,
    () => session.backupState(),
  )
  return (
    <Card title={t('backup.title')} icon={<FileLock />}>
      <p>{t('backup.card.text')}</p>
      <Show when={state()}>{known => <LastBackup state={known()} />}</Show>
      <div>
        <LinkButton href="/backup">{t('backup.card.open')}</LinkButton>
      </div>
    </Card>
  )
}
