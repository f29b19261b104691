import { For, type JSX } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatDay, formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { useRecordPath } from '../../session.ts'
import { isToRead, markWords } from './given.ts'
import styles from './learn.module.css'

/** What the care team gave to read, each a link to its own page. */
export function GivenLinks(props: { readonly given: readonly RequestRow[] }): JSX.Element {
  const to = useRecordPath()
  const about = ({ people, reading, lastAt }: RequestRow) =>
    t('learn.given.from', { names: formatList(people), date: formatDay(reading?.sentAt ?? lastAt) })
  return (
    <ul class={styles.given}>
      <For each={props.given}>
        {row => (
          <li>
            <a href={to(`/messages/${row.conversationId}/request/${row.requestId}`)} class={styles.topic}>
              <span dir="auto">{row.title}</span>
              <span class={isToRead(row) ? styles.later : styles.soft}>{markWords(row)}</span>
              <span class={styles.about}>
                <bdi>{about(row)}</bdi>
              </span>
            </a>
          </li>
        )}
      </For>
    </ul>
  )
}
