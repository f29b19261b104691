import { For, Show } from 'solid-js'
import type { RequestDetail } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { placeLines, timeWords } from './appointment-words.ts'
import styles from './messages.module.css'
import { textsIn } from './said-with-step.ts'

/** When and where it is, what to bring, what is to be asked, and what was said there. */
export function AppointmentCard(props: { readonly request: RequestDetail }) {
  const of = (kind: string) => props.request.history.filter(step => step.kind === kind && step.standing === 'counts')
  const linesOf = (kind: string) => of(kind).flatMap(({ data }) => textsIn(data['lines']))
  const notes = () => of('note').flatMap(({ data }) => textsIn([data['note']]))
  const isEmpty = () =>
    props.request.time === undefined && linesOf('prepare').length + linesOf('question').length + notes().length === 0
  return (
    <Show when={!isEmpty()}>
      <Card title={t('appointment.about')}>
        <Show when={props.request.time}>
          {time => (
            <div>
              <p class={styles.time}>{timeWords(time())}</p>
              <For each={placeLines({ ...time() })}>{line => <p dir="auto">{line}</p>}</For>
              <Show when={!time().isAgreed}>
                <p class={styles.soft}>{t('appointment.chosenTime')}</p>
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
