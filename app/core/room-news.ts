import type { MessageSession } from './message-session.ts'
import type { RequestSession } from './request-session.ts'
import type { Stop } from './session.ts'
import type { ShareSession } from './share-session.ts'

/** The part of the session that tells how much is new in a record: counts, and nothing of what it is. */
export interface NewsSession {
  watchNews(listener: (news: RoomNews) => void): Promise<Stop>
}

export interface RoomNews {
  /** In conversations that are not muted. */
  readonly messageCount: number
  /** Requests that wait for who acts here. */
  readonly waitingCount: number
  /** Requests that wait for nobody here, and whose newest answer was not looked at. */
  readonly answeredCount: number
  /** Shares that wait for an answer. */
  readonly offeredCount: number
}

type Room = Pick<MessageSession, 'watchThreads'> &
  Pick<RequestSession, 'watchRequests'> &
  Pick<ShareSession, 'watchShares'>

/** Tells once all of it is known, and then when a count changes. */
export async function watchRoomNews(room: Room, listener: (news: RoomNews) => void): Promise<Stop> {
  let known: Partial<RoomNews> = {}
  let told = ''
  const learn = (news: Partial<RoomNews>) => {
    known = { ...known, ...news }
    const { messageCount, waitingCount, answeredCount, offeredCount } = known
    if (messageCount === undefined || waitingCount === undefined) return
    if (answeredCount === undefined || offeredCount === undefined) return
    const whole = { messageCount, waitingCount, answeredCount, offeredCount }
    const text = JSON.stringify(whole)
    if (text === told) return
    told = text
    listener(whole)
  }
  const stops = await Promise.all([
    room.watchThreads(({ unreadCount }) => learn({ messageCount: unreadCount })),
    room.watchRequests(requests =>
      learn({
        waitingCount: requests.filter(({ waitsFor }) => waitsFor === 'you').length,
        answeredCount: requests.filter(({ waitsFor, isNews }) => isNews && waitsFor !== 'you').length,
      }),
    ),
    room.watchShares(({ received }) =>
      learn({ offeredCount: received.filter(({ state }) => state === 'offered').length }),
    ),
  ])
  return () => {
    for (const stop of stops) stop()
  }
}
