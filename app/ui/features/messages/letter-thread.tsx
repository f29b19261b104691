import { For, Show } from 'solid-js'
import type { LetterThread } from '#app/core/visitors/visitor-letter.ts'
import { formatList, formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { ChartCard } from '../../record/messages/chart-card.tsx'
import { EntryLine } from './entry-line.tsx'
import styles from '../../record/messages/messages.module.css'

/** What was said, as it followed. */
export function LetterThreadView(props: { readonly thread: LetterThread; readonly from: string }) {
  return (
    <Card title={props.thread.subject === '' ? t('thread.noSubject') : <bdi>{props.thread.subject}</bdi>}>
      <ol class={styles.history}>
        <For each={props.thread.messages}>
          {message => (
            <li>
              <p>
                <strong>
                  <bdi>{message.by === 'visitor' ? t('answer.you') : props.from}</bdi>
                </strong>
              </p>
              <p class={styles.text} dir="auto">
                {message.text}
              </p>
              <For each={message.entries}>{reference => <EntryLine reference={reference} />}</For>
              <For each={message.charts}>{chart => <ChartCard chart={chart} isOpen />}</For>
              <Show when={message.files.length > 0}>
                <p class={styles.soft}>{t('answer.files', { names: formatList(message.files) })}</p>
              </Show>
              <p class={styles.soft}>{formatTime(message.at)}</p>
            </li>
          )}
        </For>
      </ol>
    </Card>
  )
}
