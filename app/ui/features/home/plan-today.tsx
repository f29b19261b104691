import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import { Match, Show, Switch } from 'solid-js'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { AskedAppointmentLine, createAskedAppointments, startOf } from '../../record/plan/asked-appointment.tsx'
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
  const asked = createAskedAppointments()
  const tasks = createTasks()
  /** Where it comes before all that stands in the record. */
  const nextAsked = () => {
    const [request, entry] = [asked()[0], appointments.coming()[0]]
    const isFirst = request !== undefined && startOf(request.time) <= (entry?.when?.sortAt ?? Infinity)
    return isFirst ? request : undefined
  }
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
        <Switch fallback={<p class={styles.soft}>{t('care.noVisit')}</p>}>
          <Match when={nextAsked()}>{request => <AskedAppointmentLine request={request()} />}</Match>
          <Match when={appointments.coming()[0]}>{next => <NextAppointment entry={next()} />}</Match>
        </Switch>
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
