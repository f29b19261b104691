import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import { Show } from 'solid-js'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { createAppointments } from '../../record/plan/create-coming.ts'
import { createTasks } from '../../record/plan/create-tasks.ts'
import { NextAppointment } from '../../record/plan/next-appointment.tsx'
import { QuickQuestion } from '../../record/plan/quick-question.tsx'
import { TaskLines } from '../../record/plan/task-lines.tsx'
import { useRecordPath, useRecordRights, useRecordView } from '../../session.ts'
import styles from './medicines-today.module.css'

/** The next appointment, what there is to do, and the way to the plan. */
export function PlanToday() {
  const to = useRecordPath()
  const { shared } = useRecordView()
  const { hasSection } = useRecordRights()
  const appointments = createAppointments()
  const tasks = createTasks()
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
      <Show when={hasSection('visits')}>
        <Show when={appointments.coming()[0]} fallback={<p class={styles.soft}>{t('care.noVisit')}</p>}>
          {next => <NextAppointment entry={next()} />}
        </Show>
      </Show>
      <Show when={tasks.isReady() && tasks.count() > 0}>
        <TaskLines tasks={tasks} />
      </Show>
      <Show when={shared === undefined}>
        <QuickQuestion label={t('asking.new')} />
      </Show>
    </Card>
  )
}
