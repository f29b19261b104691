import { createUniqueId, For, Show } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatDay, formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { CardLink } from '../../parts/card.tsx'
import { whenInList } from '../../record/messages/message-words.ts'
import styles from '../../record/messages/messages.module.css'
import { requestTitle, stateWords } from '../../record/messages/request-words.ts'
import { useRecordPath } from '../../session.ts'

/** What was asked of somebody, or of this person, and goes on: what waits for them by itself, first. */
export function RequestLists(props: { readonly requests: readonly RequestRow[] }) {
  const isMine = ({ waitsFor }: RequestRow) => waitsFor === 'you'
  const going = () => props.requests.filter(one => !isOver(one))
  return (
    <>
      <RequestList title={t('requests.waitingForYou')} requests={going().filter(isMine)} />
      <RequestList title={t('requests.title')} requests={going().filter(one => !isMine(one))} />
    </>
  )
}

/** Nobody can do anything about it any more, nor has to look at it. */
const isOver = ({ isFinal, isNews, waitsFor }: RequestRow) => isFinal && !isNews && waitsFor !== 'you'

/** Out of the way of all that goes on. */
export function PastRequests(props: { readonly requests: readonly RequestRow[] }) {
  const past = () => props.requests.filter(isOver)
  return (
    <Show when={past().length > 0}>
      <details>
        <summary>{t('requests.past', { count: past().length })}</summary>
        <Lines requests={past()} />
      </details>
    </Show>
  )
}

function RequestList(props: { readonly title: string; readonly requests: readonly RequestRow[] }) {
  const id = createUniqueId()
  return (
    <Show when={props.requests.length > 0}>
      <section class={styles.list} aria-labelledby={id}>
        <h2 id={id}>{props.title}</h2>
        <Lines requests={props.requests} />
      </section>
    </Show>
  )
}

function Lines(props: { readonly requests: readonly RequestRow[] }) {
  const to = useRecordPath()
  return (
    <ul class={styles.list}>
      <For each={props.requests}>
        {request => (
          <li>
            <CardLink href={to(`/messages/${request.conversationId}/request/${request.requestId}`)}>
              <span class={styles.thread}>
                <span class={styles.head}>
                  <strong class={styles.who}>
                    <bdi>{requestTitle(request)}</bdi>
                  </strong>
                  <span class={styles.when}>{whenInList(request.lastAt)}</span>
                </span>
                <span class={styles.soft}>
                  <bdi>{formatList(request.people)}</bdi>
                </span>
                <span class={styles.tags}>
                  <Show when={request.waitsFor === 'you'}>
                    <span class={styles.count}>{t('requests.yourTurn')}</span>
                  </Show>
                  <Show when={request.isNews && request.waitsFor !== 'you'}>
                    <span class={styles.count}>{t('thread.new')}</span>
                  </Show>
                  <span class={styles.tag}>{stateWords(request)}</span>
                  <Show when={request.stalledSince}>
                    {since => <span class={styles.tag}>{t('requests.stalled', { date: formatDay(since()) })}</span>}
                  </Show>
                </span>
              </span>
            </CardLink>
          </li>
        )}
      </For>
    </ul>
  )
}
