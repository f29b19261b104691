import { expect, test } from 'vitest'
import type { ThreadRow } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import { inboxRows, inFilter } from '#app/ui/features/patients/inbox-rows.ts'
import { instant } from '#schema/instant.ts'

const thread = (at: number, row: Partial<ThreadRow> = {}): ThreadRow => ({
  conversationId: 'c',
  threadId: `t${at}`,
  subject: 'Knee',
  about: 'their-care',
  people: ['Ana'],
  last: { by: { type: 'you' }, at: instant(at), text: 'Hello', fileCount: 0 },
  unreadCount: 0,
  isMuted: false,
  isOver: false,
  isWithVisitor: false,
  isOpener: true,
  ...row,
})
const request = (at: number, row: Partial<RequestRow> = {}): RequestRow => ({
  conversationId: 'c',
  requestId: `r${at}`,
  kind: 'refill',
  title: 'Salbutamol',
  state: 'requested',
  isFinal: false,
  role: 'provider',
  people: ['Ana'],
  lastAt: instant(at),
  ...row,
})
const namesOf = (rows: ReturnType<typeof inboxRows>) => rows.map(({ href }) => href.split('/').at(-1))

test('inboxRows() has what goes on with patients alone: what waits the longest first, then what moved last', () => {
  const rows = inboxRows(
    [
      thread(1),
      thread(9),
      thread(5, { unreadCount: 2 }),
      thread(20, { about: 'family' }),
      thread(21, { about: 'my-care' }),
      thread(22, { isOver: true }),
    ],
    [
      request(3, { waitsFor: 'you' }),
      request(8, { waitsFor: 'them' }),
      request(23, { role: 'patient' }),
      request(24, { isFinal: true }),
    ],
  )
  expect(namesOf(rows)).toEqual(['r3', 't5', 't9', 'r8', 't1'])
})

test('inFilter() lets through what is unread, waits for this person or is due; a muted thread is not called unread', () => {
  const rows = inboxRows(
    [thread(1, { unreadCount: 1 }), thread(2, { unreadCount: 1, isMuted: true })],
    [request(3, { waitsFor: 'you' }), request(4, { waitsFor: 'them', stalledSince: instant(2) })],
  )
  const shown = (filter: Parameters<typeof inFilter>[1]) => namesOf(inFilter(rows, filter))
  expect(shown('unread')).toEqual(['t1'])
  expect(shown('mine')).toEqual(['r3'])
  expect(shown('due')).toEqual(['r4'])
  expect(shown('all')).toHaveLength(4)
})
