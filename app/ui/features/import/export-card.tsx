import Download from 'lucide-solid/icons/download'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { ExportButton } from '../../record/export-button.tsx'
import styles from './import.module.css'

/** The whole record as one file that any other app can read. */
export function ExportCard() {
  return (
    <Card title={t('export.title')} icon={<Download />}>
      <p>{t('export.text')}</p>
      <div class={styles.actions}>
        <ExportButton />
      </div>
    </Card>
  )
}
