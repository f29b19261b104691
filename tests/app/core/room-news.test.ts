import { expect, test } from 'vitest'
import { type RoomNews, watchRoomNews } from '#app/core/room-news.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import type { ReceivedShare, Shares } from '#app/core/share-session.ts'
import type { ThreadList } from '#app/core/message-session.ts'
import { Watched } from '#app/core/watched.ts'

function room() {
  const threads = new Watched<ThreadList>({ threads: [], unreadCount: 2 })
  const requests = new Watched<readonly RequestRow[]>([])
  const shares = new Watched<Shares>({ given: [], received: [] })
  return {
    threads,
    requests,
    shares,
    watchThreads: async (listener: (list: ThreadList) => void) => threads.watch(listener),
    watchRequests: async (listener: (rows: readonly RequestRow[]) => void) => requests.watch(listener),
    watchShares: async (listener: (all: Shares) => void) => shares.watch(listener),
  }
}

const row = (about: Partial<RequestRow>) => about as RequestRow

test('watchRoomNews() counts what is unread, waits, was answered or is offered, and tells only of other counts', async () => {
  const watched = room()
  const told: RoomNews[] = []
  const stop = await watchRoomNews(watched, news => void told.push(news))
  const none = { messageCount: 2, waitingCount: 0, answeredCount: 0, offeredCount: 0 }
  expect(told).toEqual([none])
  watched.requests.set([row({ waitsFor: 'you', isNews: true }), row({ waitsFor: 'them' }), row({ isNews: true })])
  watched.shares.set({
    given: [],
    received: [{ state: 'offered' } as ReceivedShare, { state: 'accepted' } as ReceivedShare],
  })
  const some = { messageCount: 2, waitingCount: 1, answeredCount: 1, offeredCount: 1 }
  expect(told.at(-1)).toEqual(some)
  const before = told.length
  watched.threads.set({ threads: [], unreadCount: 2 })
  expect(told).toHaveLength(before)
  stop()
  watched.threads.set({ threads: [], unreadCount: 5 })
  expect(told).toHaveLength(before)
})
