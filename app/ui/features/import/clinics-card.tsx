import Hospital from 'lucide-solid/icons/hospital'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { useRecordView } from '../../session.ts'
import styles from './import.module.css'

/** The way to clinics’ servers. They are connected to one's own record, not to one that is kept for somebody else. */
export function ClinicsCard() {
  const { base } = useRecordView()
  return (
    <Show when={base === ''}>
      <Card title={t('clinic.title')} icon={<Hospital />}>
        <p>{t('clinic.card')}</p>
        <div class={styles.actions}>
          <LinkButton href="/clinics">{t('clinic.open')}</LinkButton>
        </div>
      </Card>
    </Show>
  )
}
