import { For, Show } from 'solid-js'
import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { nameWithStaff } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'
import { didWords } from '../../record/messages/request-words.ts'
import { type Said, saidIn } from './said-with-step.ts'

/** All that was done in a request, each step after what its writer had seen. */
export function RequestHistory(props: { readonly request: RequestDetail }) {
  return (
    <Card title={t('request.history')}>
      <ol class={styles.history}>
        <KeyedFor each={props.request.history} keyOf={step => step.id}>
          {step => (
            <li>
              <p>
                <strong>
                  <bdi>{nameWithStaff(step())}</bdi>
                </strong>
                {' · '}
                {didWords(props.request.kind, step().kind)}
              </p>
              <SaidLines lines={saidIn(step(), props.request)} />
              <p class={styles.soft}>
                {formatTime(step().at)}
                <Show when={step().how}>{how => ` · ${t(`visitor.how.${how()}`)}`}</Show>
                {standingWords(step())}
              </p>
            </li>
          )}
        </KeyedFor>
      </ol>
    </Card>
  )
}

export function SaidLines(props: { readonly lines: readonly Said[] }) {
  return (
    <For each={props.lines}>
      {said => (
        <p class={styles.said} dir="auto">
          <Show when={said.label}>{label => <span class={styles.soft}>{`${label()} `}</span>}</Show>
          {said.text}
        </p>
      )}
    </For>
  )
}

function standingWords({ standing }: ShownStep): string {
  return standing === 'counts' ? '' : ` · ${t(`request.standing.${standing}`)}`
}
