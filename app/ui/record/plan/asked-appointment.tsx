import { type Accessor, createMemo, For, Show } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import type { AppointmentTime } from '#app/core/requests/appointment-time.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Dotted } from '../../parts/dotted.tsx'
import { createWatch, useOwnSession, useRecordView } from '../../session.ts'
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
  const { shared, kept, isPreview } = useRecordView()
  if (shared !== undefined || kept !== undefined || isPreview) return () => []
  const [session, now] = [useOwnSession(), createNow()]
  const rows = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  return createMemo(() => {
    const coming = (rows() ?? []).flatMap((row): AskedAppointment[] => {
      const isMine = row.role === 'patient' && !row.isFinal && row.time?.isAgreed === true
      return isMine && startOf(row.time) + UNDER_WAY_MS > now() ? [{ ...row, time: row.time }] : []
    })
    return coming.toSorted((a, b) => startOf(a.time) - startOf(b.time))
  })
}

export const startOf = ({ startsAt }: Pick<AppointmentTime, 'startsAt'>) => Date.parse(startsAt)

/** An appointment with its day and hour, who and where, and the way to its request. */
export function AskedAppointmentLine(props: { readonly request: AskedAppointment }) {
  return (
    <div class={styles.words}>
      <span class={styles.soft}>{t('care.nextVisit')}</span>
      <a href={`/messages/${props.request.conversationId}/request/${props.request.requestId}`}>
        <bdi>{props.request.title}</bdi>
      </a>
      <strong>{timeWords(props.request.time)}</strong>
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
