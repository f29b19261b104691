import { For, Show } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CalendarFile } from '../../record/plan/calendar-file.tsx'
import { placeLines, timeWords } from '../../record/plan/appointment-words.ts'
import { useRecordPath, useSession } from '../../session.ts'
import styles from '../../record/messages/messages.module.css'
import { textsIn } from './said-with-step.ts'

/** When and where it is, what to bring, what is to be asked, and what was said there. */
export function AppointmentCard(props: { readonly request: RequestDetail }) {
  const of = (kind: string) => props.request.history.filter(step => step.kind === kind && step.standing === 'counts')
  const linesOf = (kind: string) => of(kind).flatMap(({ data }) => textsIn(data['lines']))
  const notes = () => of('note').flatMap(({ data }) => textsIn([data['note']]))
  const [to, session] = [useRecordPath(), useSession()]
  const calendarTitle = () => t('appointment.file.title', { names: formatList(props.request.people) })
  const make = (passphrase: string) => {
    const { conversationId, requestId } = props.request
    return session.appointmentFile({ conversationId, requestId }, calendarTitle(), passphrase)
  }
  const isEmpty = () =>
    (props.request.time ?? props.request.calledOff) === undefined &&
    linesOf('prepare').length + linesOf('question').length + notes().length === 0
  return (
    <Show when={!isEmpty()}>
      <Card title={t('appointment.about')}>
        <Show when={props.request.time}>
          {time => (
            <div class={styles.list}>
              <p class={styles.time}>{timeWords(time())}</p>
              <For each={placeLines({ ...time() })}>{line => <p dir="auto">{line}</p>}</For>
              <Show when={time().isAgreed} fallback={<p class={styles.soft}>{t('appointment.chosenTime')}</p>}>
                <Show when={!props.request.isFinal}>
                  <CalendarFile title={calendarTitle()} when={time().startsAt} make={make}>
                    <p>{t('appointment.file.about')}</p>
                  </CalendarFile>
                </Show>
              </Show>
            </div>
          )}
        </Show>
        <Show when={props.request.calledOff}>
          {was => (
            <div class={styles.list}>
              <p>{t('appointment.calledOff.was', { when: timeWords(was()) })}</p>
              <For each={placeLines({ ...was() })}>{line => <p dir="auto">{line}</p>}</For>
              <p class={styles.soft}>{t('appointment.calledOff.calendar')}</p>
              <Show when={props.request.role === 'patient'}>
                <div>
                  <LinkButton href={to('/messages/appointment')}>{t('appointment.calledOff.again')}</LinkButton>
                </div>
              </Show>
            </div>
          )}
        </Show>
        <Lines title={t('appointment.bring')} lines={linesOf('prepare')} />
        <Lines title={t('appointment.questions')} lines={linesOf('question')} />
        <Lines title={t('appointment.notes')} lines={notes()} />
      </Card>
    </Show>
  )
}

function Lines(props: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <Show when={props.lines.length > 0}>
      <section>
        <h3>{props.title}</h3>
        <ul class={styles.lines}>
          <For each={props.lines}>
            {line => (
              <li class={styles.said} dir="auto">
                {line}
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
