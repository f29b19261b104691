import type { ThreadRow } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'

export const INBOX_FILTERS = ['all', 'unread', 'mine', 'due'] as const
export type InboxFilter = (typeof INBOX_FILTERS)[number]

/** What goes on with somebody whom this person treats. */
export interface InboxRow {
  readonly href: string
  readonly people: readonly string[]
  readonly of: ThreadRow | RequestRow
  /** Since it stands as it does; of what is due, since then. */
  readonly since: number
  /** Those of the filters that let it through, beside `all`. */
  readonly is: ReadonlySet<InboxFilter>
}

/** Threads about others' care, and what is open of their requests: what waits for this person first, the longest first; then the newest. */
export function inboxRows(threads: readonly ThreadRow[], requests: readonly RequestRow[]): readonly InboxRow[] {
  const rows = [
    ...threads.filter(({ about, isOver }) => about === 'their-care' && !isOver).map(threadIn),
    ...requests.filter(({ role, isFinal }) => role === 'provider' && !isFinal).map(requestIn),
  ]
  return rows.toSorted((a, b) => {
    const [isFirst, isSecond] = [isUrgent(a), isUrgent(b)]
    if (isFirst !== isSecond) return isFirst ? -1 : 1
    return isFirst ? a.since - b.since : b.since - a.since
  })
}

const isUrgent = ({ is }: InboxRow) => is.has('mine') || is.has('unread')

function threadIn(thread: ThreadRow): InboxRow {
  return {
    href: `/messages/${thread.conversationId}/${thread.threadId}`,
    people: thread.people,
    of: thread,
    since: thread.last.at,
    is: new Set(thread.unreadCount > 0 && !thread.isMuted ? ['unread'] : []),
  }
}

function requestIn(request: RequestRow): InboxRow {
  const { conversationId, requestId, people, waitsFor, stalledSince, lastAt } = request
  return {
    href: `/messages/${conversationId}/request/${requestId}`,
    people,
    of: request,
    since: stalledSince ?? lastAt,
    is: new Set([
      ...(waitsFor === 'you' ? (['mine'] as const) : []),
      ...(stalledSince === undefined ? [] : (['due'] as const)),
    ]),
  }
}

export function inFilter(rows: readonly InboxRow[], filter: InboxFilter): readonly InboxRow[] {
  return filter === 'all' ? rows : rows.filter(({ is }) => is.has(filter))
}
