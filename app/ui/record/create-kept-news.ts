import { type Accessor, createMemo } from 'solid-js'
import type { KeptRecord, KeptRecords } from '#app/core/kept-session.ts'
import type { RoomNews } from '#app/core/room-news.ts'
import { t } from '../language/language.ts'
import { createWatch, useOwnSession } from '../session.ts'
import { createInRooms } from './create-in-rooms.ts'

export interface KeptNews extends RoomNews {
  readonly record: KeptRecord
}

/** What is new in each record that this person keeps, or acts for, and that is open on this device. */
export function createKeptNews(): Accessor<readonly KeptNews[]> {
  const session = useOwnSession()
  const kept = createWatch<KeptRecords>(listener => session.watchKept(listener))
  const open = createMemo(() => (kept()?.records ?? []).filter(({ state }) => state === 'open'))
  const ids = createMemo(() => open().map(({ keptId }) => keptId))
  const rooms = createInRooms<RoomNews>(ids, (room, listener) => room.watchNews(listener))
  return createMemo(() =>
    open().flatMap(record => {
      const told = rooms().find(({ keptId }) => keptId === record.keptId)?.told
      return told === undefined ? [] : [{ record, ...told }]
    }),
  )
}

/** What leads to its page of messages. */
export const talkCount = ({ messageCount, waitingCount, answeredCount }: RoomNews) =>
  messageCount + waitingCount + answeredCount

export const newsCount = (news: RoomNews) => talkCount(news) + news.offeredCount

/** How much, and nothing of what. */
export function talkWords({ messageCount, waitingCount, answeredCount }: RoomNews): readonly string[] {
  return [
    ...(messageCount > 0 ? [t('messages.unread', { count: messageCount })] : []),
    ...(waitingCount > 0 ? [t('news.waiting', { count: waitingCount })] : []),
    ...(answeredCount > 0 ? [t('news.answered', { count: answeredCount })] : []),
  ]
}

export function offeredWords({ offeredCount }: RoomNews): readonly string[] {
  return offeredCount > 0 ? [t('news.kept.offered', { count: offeredCount })] : []
}

export interface KeptLine {
  /** Of the record. */
  readonly name: string
  readonly path: string
  readonly words: readonly string[]
}

/** A line for each page that it leads to. */
export function keptLines(all: readonly KeptNews[]): readonly KeptLine[] {
  return all.flatMap(news => {
    const { name, keptId, relation } = news.record
    const people = relation === 'practice' ? 'patients' : 'people'
    return [
      { name, path: `/kept/${keptId}/messages`, words: talkWords(news) },
      { name, path: `/kept/${keptId}/${people}`, words: offeredWords(news) },
    ].filter(({ words }) => words.length > 0)
  })
}
