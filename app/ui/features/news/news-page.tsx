import BellOff from 'lucide-solid/icons/bell-off'
import { For, type JSX, Show } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { CardLink } from '../../parts/card.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Page } from '../../parts/page.tsx'
import type { CircleLine } from '../../record/create-circles.ts'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { createNews } from '../../record/create-news.ts'
import { EndingNotices } from '../../record/endings-notice.tsx'
import { isolated } from '../../language/isolated.ts'
import { requestTitle, stateWords } from '../../record/messages/request-words.ts'
import { useOwnSession } from '../../session.ts'
import styles from './news.module.css'

/** All that is new for this person, with a way to each; what waits for them comes first. */
export function NewsPage() {
  const session = useOwnSession()
  const news = createNews()
  createMailCheck(session)
  return (
    <Page title={t('news.title')} lead={t('news.lead')} narrow>
      <Show when={news.isKnown()} fallback={<output>{t('app.loading')}</output>}>
        <Show
          when={news.count() > 0}
          fallback={
            <EmptyState icon={<BellOff size="2.25rem" />} title={t('news.none')}>
              <p>{t('news.none.text')}</p>
            </EmptyState>
          }
        >
          <EndingNotices session={session} />
          <ul class={styles.lines}>
            <For each={news.waiting()}>{request => <RequestLine request={request} tag={t('requests.yourTurn')} />}</For>
            <For each={news.answered()}>{request => <RequestLine request={request} tag={t('thread.new')} />}</For>
            <For each={news.unread()}>
              {thread => (
                <Line
                  href={`/messages/${thread.conversationId}/${thread.threadId}`}
                  tag={t('messages.unread', { count: thread.unreadCount })}
                  title={formatList(thread.people)}
                >
                  {thread.subject}
                </Line>
              )}
            </For>
            <For each={news.inKept()}>
              {line => <Line href={line.path} tag={line.words.join(' · ')} title={line.name} />}
            </For>
            <For each={news.inCircles()}>
              {line => <Line href={line.path} tag={circleLineWords(line)} title={line.name} />}
            </For>
            <For each={news.offered()}>
              {share => (
                <Line
                  href="/people"
                  tag={t('news.answer')}
                  title={t('news.share', { name: isolated(share.recordName) })}
                />
              )}
            </For>
            <For each={news.offers()}>
              {offer => (
                <Line
                  href="/people"
                  tag={t('news.answer')}
                  title={t(offer.isPractice ? 'news.offer.practice' : 'news.offer', { name: isolated(offer.name) })}
                />
              )}
            </For>
          </ul>
        </Show>
      </Show>
    </Page>
  )
}

const circleLineWords = ({ what, count }: CircleLine) =>
  what === 'letIn' || what === 'moderates' || what === 'over' || what === 'removed' || what === 'ended'
    ? t(`circle.news.${what}`)
    : t(`circle.news.${what}`, { count })

function RequestLine(props: { readonly request: RequestRow; readonly tag: string }) {
  return (
    <Line
      href={`/messages/${props.request.conversationId}/request/${props.request.requestId}`}
      tag={props.tag}
      title={requestTitle(props.request)}
    >
      <bdi>{formatList(props.request.people)}</bdi>: {stateWords(props.request)}
    </Line>
  )
}

function Line(props: {
  readonly href: string
  readonly tag: string
  readonly title: string
  readonly children?: JSX.Element
}) {
  return (
    <li>
      <CardLink href={props.href}>
        <span class={styles.line}>
          <strong class={styles.title} dir="auto">
            {props.title}
          </strong>
          <span class={styles.about} dir="auto">
            {props.children}
          </span>
          <span class={styles.tag}>{props.tag}</span>
        </span>
      </CardLink>
    </li>
  )
}
