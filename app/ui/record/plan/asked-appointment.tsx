import { type Accessor, createMemo, For, Show } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import type { AppointmentTime } from '#app/core/requests/appointment-time.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Dotted } from '../../parts/dotted.tsx'
import { createWatch, useOwnSession, useRecordView } from '../../session.ts'
import { stateWords } from '../messages/request-words.ts'
import { createNow } from '../medicines/create-rows.ts'
import { placeLines, timeWords } from './appointment-words.ts'
import styles from './tasks.module.css'

export type AskedAppointment = RequestRow & { readonly time: AppointmentTime }

/** So long after it began, an appointment is still the one that somebody is on the way to. */
const UNDER_WAY_MS = 3_600_000

/**
 * What this person asked for in a conversation and was confirmed, the nearest first: read from the requests as they stand, so that
 * what is moved or called off is so here at once. Of one's own record alone.
 */
export function createAskedAppointments(): Accessor<readonly AskedAppointment[]> {
  return createAppointmentsAt(({ time }) => (time?.isAgreed ? time : undefined))
}

/** What would still be to come had it not been called off, until it is put away. */
export function createCalledOff(): Accessor<readonly AskedAppointment[]> {
  return createAppointmentsAt(({ calledOff }) => calledOff)
}

function createAppointmentsAt(
  timeOf: (row: RequestRow) => AppointmentTime | undefined,
): Accessor<readonly AskedAppointment[]> {
  const { shared, kept, isPreview } = useRecordView()
  if (shared !== undefined || kept !== undefined || isPreview) return () => []
  const [session, now] = [useOwnSession(), createNow()]
  const rows = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  return createMemo(() => {
    const coming = (rows() ?? []).flatMap((row): AskedAppointment[] => {
      const time = row.role === 'patient' && !row.isFinal ? timeOf(row) : undefined
      return time !== undefined && startOf(time) + UNDER_WAY_MS > now() ? [{ ...row, time }] : []
    })
    return coming.toSorted((a, b) => startOf(a.time) - startOf(b.time))
  })
}

export const startOf = ({ startsAt }: Pick<AppointmentTime, 'startsAt'>) => Date.parse(startsAt)

/** An appointment with its day and hour, who and where, and the way to its request. */
export function AskedAppointmentLine(props: { readonly request: AskedAppointment }) {
  return (
    <div class={styles.words}>
      <span class={styles.soft}>{props.request.calledOff ? stateWords(props.request) : t('care.nextVisit')}</span>
      <a href={`/messages/${props.request.conversationId}/request/${props.request.requestId}`}>
        <bdi>{props.request.title}</bdi>
      </a>
      <Show when={props.request.calledOff} fallback={<strong>{timeWords(props.request.time)}</strong>}>
        <s>{timeWords(props.request.time)}</s>
      </Show>
      <span class={styles.soft}>
        <Dotted>
          <For each={[formatList(props.request.people), ...placeLines({ ...props.request.time })]}>
            {words => <span dir="auto">{words}</span>}
          </For>
        </Dotted>
      </span>
      <Show when={props.request.state === 'moved'}>
        <span class={styles.soft}>{t('appointment.moved.about')}</span>
      </Show>
    </div>
  )
}
