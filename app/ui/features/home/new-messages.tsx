import { Show } from 'solid-js'
import type { ThreadList } from '#app/core/message-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { createWatch, useOwnSession } from '../../session.ts'

/** What people wrote that was not looked at yet: from whom, never what. */
export function NewMessages() {
  const session = useOwnSession()
  const list = createWatch<ThreadList>(listener => session.watchThreads(listener))
  const names = () => {
    const unread = (list()?.threads ?? []).filter(thread => thread.unreadCount > 0 && !thread.isMuted)
    return formatList([...new Set(unread.flatMap(thread => thread.people))])
  }
  return (
    <Show when={(list()?.unreadCount ?? 0) > 0}>
      <Notice
        title={t('messages.unread', { count: list()?.unreadCount ?? 0 })}
        actions={<LinkButton href="/messages">{t('messages.seeAll')}</LinkButton>}
      >
        <bdi>{names()}</bdi>
      </Notice>
    </Show>
  )
}
