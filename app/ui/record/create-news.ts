import { createMemo } from 'solid-js'
import type { Ending } from '#app/core/follow-session.ts'
import type { KeptRecords } from '#app/core/kept-session.ts'
import type { ThreadList } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import type { Shares } from '#app/core/share-session.ts'
import { createWatch, useOwnSession } from '../session.ts'
import { circleLines, createCircles } from './create-circles.ts'
import { createKeptNews, keptLines } from './create-kept-news.ts'

/** What is new for this person, by what is true now: a line is gone once what it is about was looked at or answered (decision 54). */
export function createNews() {
  const session = useOwnSession()
  const threads = createWatch<ThreadList>(listener => session.watchThreads(listener))
  const requests = createWatch<readonly RequestRow[]>(listener => session.watchRequests(listener))
  const shares = createWatch<Shares>(listener => session.watchShares(listener))
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const endings = createWatch<readonly Ending[]>(listener => session.watchEndings(listener))
  const unread = createMemo(() => (threads()?.threads ?? []).filter(each => each.unreadCount > 0 && !each.isMuted))
  const waiting = createMemo(() => (requests() ?? []).filter(({ waitsFor }) => waitsFor === 'you'))
  const answered = createMemo(() => (requests() ?? []).filter(one => one.isNews && one.waitsFor !== 'you'))
  const offered = createMemo(() => (shares()?.received ?? []).filter(share => share.state === 'offered'))
  const circles = createCircles()
  const inCircles = createMemo(() => circleLines(circles()))
  const keptNews = createKeptNews()
  const inKept = createMemo(() => keptLines(keptNews()))
  const offers = () => kept()?.offers ?? []
  const messageCount = () => (threads()?.unreadCount ?? 0) + waiting().length + answered().length
  return {
    unread,
    waiting,
    /** Nothing is to be done about these but to look. */
    answered,
    offered,
    offers,
    /** What leads to circles. */
    inCircles,
    /** Of records that are kept, each. */
    keptNews,
    /** What leads to those records. */
    inKept,
    /** What leads to the page of messages. */
    messageCount,
    count: () =>
      messageCount() +
      inKept().length +
      inCircles().length +
      offered().length +
      offers().length +
      (endings()?.length ?? 0),
    isKnown: () => threads() !== undefined && requests() !== undefined && endings() !== undefined,
  }
}
