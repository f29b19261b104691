import { Show } from 'solid-js'
import type { ThreadList } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { createWatch, useOwnSession } from '../../session.ts'

/** What people wrote that was not looked at yet, and what waits to come into the record: from whom, never what. */
export function NewMessages() {
  const session = useOwnSession()
  const list = createWatch<ThreadList>(listener => session.watchThreads(listener))
  const names = () => {
    const unread = (list()?.threads ?? []).filter(thread => thread.unreadCount > 0 && !thread.isMuted)
    return formatList([...new Set(unread.flatMap(thread => thread.people))])
  }
  const requests = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  const pending = () => (requests() ?? []).filter(({ kind, waitsFor }) => kind === 'addition' && waitsFor === 'you')
  const isToRead = ({ kind, role }: RequestRow) => kind === 'material' && role === 'patient'
  const others = () => (requests() ?? []).filter(({ kind, waitsFor }) => kind !== 'addition' && waitsFor === 'you')
  const waiting = () => others().filter(request => !isToRead(request))
  const toRead = () => others().filter(isToRead)
  const answered = () => (requests() ?? []).filter(({ isNews, waitsFor }) => isNews && waitsFor !== 'you')
  const onward = () => {
    const [first, ...others] = pending()
    if (first === undefined || others.length > 0) return '/messages'
    return `/messages/${first.conversationId}/request/${first.requestId}`
  }
  return (
    <>
      <Show when={pending().length > 0}>
        <Notice
          title={t('addition.pending', { count: pending().length })}
          actions={<LinkButton href={onward()}>{t('addition.lookAt')}</LinkButton>}
        >
          <bdi>{formatList([...new Set(pending().flatMap(request => request.people))])}</bdi>
        </Notice>
      </Show>
      <Show when={waiting().length > 0}>
        <Notice
          title={t('news.waiting', { count: waiting().length })}
          actions={<LinkButton href="/news">{t('news.title')}</LinkButton>}
        >
          <bdi>{formatList([...new Set(waiting().flatMap(request => request.people))])}</bdi>
        </Notice>
      </Show>
      <Show when={toRead().length > 0}>
        <Notice
          title={t('news.toRead', { count: toRead().length })}
          actions={<LinkButton href="/learn">{t('learn.title')}</LinkButton>}
        >
          <bdi>{formatList([...new Set(toRead().flatMap(request => request.people))])}</bdi>
        </Notice>
      </Show>
      <Show when={answered().length > 0}>
        <Notice
          title={t('news.answered', { count: answered().length })}
          actions={<LinkButton href="/news">{t('news.title')}</LinkButton>}
        >
          <bdi>{formatList([...new Set(answered().flatMap(request => request.people))])}</bdi>
        </Notice>
      </Show>
      <Show when={(list()?.unreadCount ?? 0) > 0}>
        <Notice
          title={t('messages.unread', { count: list()?.unreadCount ?? 0 })}
          actions={<LinkButton href="/messages">{t('messages.seeAll')}</LinkButton>}
        >
          <bdi>{names()}</bdi>
        </Notice>
      </Show>
    </>
  )
}
