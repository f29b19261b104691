import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { createComing } from '../../record/plan/create-coming.ts'
import { useRecordPath } from '../../session.ts'
import styles from './medicines-today.module.css'

/** The next appointment, and the way to the plan. */
export function PlanToday() {
  const to = useRecordPath()
  const coming = createComing()
  return (
    <Card
      title={t('care.title')}
      icon={<ClipboardCheck />}
      action={
        <a class={styles.all} href={to('/plan')}>
          {t('care.open')}
        </a>
      }
    >
      <Show when={coming()[0]} fallback={<p class={styles.soft}>{t('care.noVisit')}</p>}>
        {next => (
          <EntryList label={t('care.nextVisit')}>
            <EntryRow entry={next()} />
          </EntryList>
        )}
      </Show>
    </Card>
  )
}
