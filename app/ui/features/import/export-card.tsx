import Download from 'lucide-solid/icons/download'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { useRecordPath } from '../../session.ts'
import styles from './import.module.css'

/** The way to what leaves the record, from where people look for it: beside what comes in. */
export function ExportCard() {
  const to = useRecordPath()
  return (
    <Card title={t('out.title')} icon={<Download />}>
      <p>{t('export.text')}</p>
      <div class={styles.actions}>
        <LinkButton href={to('/take-out')}>{t('out.open')}</LinkButton>
      </div>
    </Card>
  )
}
