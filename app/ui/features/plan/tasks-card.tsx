import CalendarPlus from 'lucide-solid/icons/calendar-plus'
import Plus from 'lucide-solid/icons/plus'
import SquareCheck from 'lucide-solid/icons/square-check'
import { For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { createTasks } from '../../record/plan/create-tasks.ts'
import { ComingTasks, TaskLines } from '../../record/plan/task-lines.tsx'
import { ReminderCard } from '../../record/medicines/reminder-card.tsx'
import { useRecordPath, useRecordRights, useRecordView } from '../../session.ts'
import { ClinicTasks } from './clinic-tasks.tsx'
import styles from './plan.module.css'

/** What there is to do: now, later, and what clinics planned. */
export function TasksCard(props: { readonly clinicPlans: readonly EntrySummary[] }) {
  const to = useRecordPath()
  const tasks = createTasks()
  const { isOwn, mayChange } = useRecordRights()
  const hasTimes = () => [...tasks.day().open, ...tasks.day().coming].some(({ rhythm }) => rhythm.time !== undefined)
  return (
    <>
      <Card title={t('task.title')} icon={<SquareCheck />}>
        <Show when={tasks.isReady()} fallback={<output>{t('app.loading')}</output>}>
          <TaskLines tasks={tasks} />
          <ComingTasks lines={tasks.day().coming} />
          <Over tasks={tasks.day().over} />
        </Show>
        <ClinicTasks plans={props.clinicPlans} />
        <div class={styles.acts}>
          <Show when={mayChange()}>
            <LinkButton href={to('/add/task')} icon={<Plus />}>
              {t('add.new.task')}
            </LinkButton>
          </Show>
          <Show when={isOwn && tasks.count() > 0}>
            <LinkButton href={to('/take-out')} icon={<CalendarPlus />}>
              {t('task.calendar')}
            </LinkButton>
          </Show>
        </div>
      </Card>
      <Reminders has={hasTimes()} />
    </>
  )
}

/** Of one's own record: nobody is reminded of somebody else's. */
function Reminders(props: { readonly has: boolean }) {
  const { shared, kept } = useRecordView()
  return (
    <Show when={shared === undefined && kept === undefined && props.has}>
      <ReminderCard />
    </Show>
  )
}

function Over(props: { readonly tasks: readonly EntrySummary[] }) {
  return (
    <Show when={props.tasks.length > 0}>
      <details class={styles.more}>
        <summary>{t('task.over', { count: props.tasks.length })}</summary>
        <EntryList label={t('task.over', { count: props.tasks.length })}>
          <For each={props.tasks}>
            {task => (
              <li>
                <EntryRow entry={task} brief />
              </li>
            )}
          </For>
        </EntryList>
      </details>
    </Show>
  )
}
