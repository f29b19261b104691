import CalendarClock from 'lucide-solid/icons/calendar-clock'
import Plus from 'lucide-solid/icons/plus'
import { For, Show } from 'solid-js'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { AppointmentFile } from '../../record/plan/appointment-file.tsx'
import { AskedAppointmentLine, createAskedAppointments, createCalledOff } from '../../record/plan/asked-appointment.tsx'
import { createAppointments } from '../../record/plan/create-coming.ts'
import { readEntry } from '../../record/read-entry.ts'
import { useRecordPath, useRecordRights, useSession } from '../../session.ts'
import { NextAppointment } from '../../record/plan/next-appointment.tsx'
import styles from './plan.module.css'

const MOST = 20

/** Who is to be seen, the nearest first; what is past stands apart. */
export function VisitsCard() {
  const to = useRecordPath()
  const appointments = createAppointments()
  const [asked, calledOff] = [createAskedAppointments(), createCalledOff()]
  const { mayChange } = useRecordRights()
  const later = () => appointments.coming().slice(1, MOST)
  return (
    <Card title={t('care.visits')} icon={<CalendarClock />}>
      <For each={[...asked(), ...calledOff()]}>{request => <AskedAppointmentLine request={request} />}</For>
      <Show
        when={appointments.coming()[0]}
        fallback={
          <Show when={asked().length === 0}>
            <p class={styles.soft}>{t('care.noVisit')}</p>
          </Show>
        }
      >
        {next => (
          <>
            <NextAppointment entry={next()} />
            <Bring entry={next()} />
            <AppointmentFile entry={next()} />
          </>
        )}
      </Show>
      <Show when={later().length > 0}>
        <EntryList label={t('care.visits')}>
          <For each={later()}>
            {entry => (
              <li>
                <EntryRow entry={entry} />
              </li>
            )}
          </For>
        </EntryList>
      </Show>
      <Past entries={appointments.past()} />
      <Show when={mayChange()}>
        <div>
          <LinkButton href={to('/add/appointment')} icon={<Plus />}>
            {t('add.new.appointment')}
          </LinkButton>
        </div>
      </Show>
    </Card>
  )
}

/** What to bring, of an appointment that was typed: a row has no room for it. */
function Bring(props: { readonly entry: EntrySummary }) {
  const session = useSession()
  const entry = createAnswer(
    () => props.entry.id,
    id => readEntry(session, id),
  )
  const words = () => {
    const fields = entry()?.fields
    return fields?.kind === 'appointment' ? fields.bring : undefined
  }
  return (
    <Show when={words()}>
      {text => (
        <p class={styles.bring}>
          <strong>{t('field.bring')}:</strong> <span dir="auto">{text()}</span>
        </p>
      )}
    </Show>
  )
}

function Past(props: { readonly entries: readonly EntrySummary[] }) {
  return (
    <Show when={props.entries.length > 0}>
      <details class={styles.more}>
        <summary>{t('appointment.past', { count: props.entries.length })}</summary>
        <EntryList label={t('appointment.past', { count: props.entries.length })}>
          <For each={props.entries.slice(0, MOST)}>
            {entry => (
              <li>
                <EntryRow entry={entry} />
              </li>
            )}
          </For>
        </EntryList>
      </details>
    </Show>
  )
}
