import type { ShownMessage, ThreadDetail, ThreadRow } from '#app/core/message-session.ts'
import type { Contact } from '#app/core/people-session.ts'
import type { RequestDetail, ShownStep } from '#app/core/request-session.ts'
import { instant } from '#schema/instant.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

export const BEA = { type: 'member', id: 'm1', name: 'Bea Sample' } as const
const SENT_AT = instant(Date.UTC(2026, 10, 20, 9))

export const PLACE = { conversationId: '1'.repeat(16), threadId: '2'.repeat(16) }
export const THREAD_PATH = `/messages/${PLACE.conversationId}/${PLACE.threadId}`

export function contactOf(name: string, state: Contact['state'] = 'known'): Contact {
  return { contactId: name.toLowerCase().replace(' ', '-'), name, addedAt: SENT_AT, state }
}

export function rowOf(row: Partial<ThreadRow> = {}): ThreadRow {
  return {
    ...PLACE,
    subject: 'Knee',
    about: 'family',
    people: ['Bea Sample'],
    last: { by: BEA, at: SENT_AT, text: 'Can you bend it?', fileCount: 0 },
    unreadCount: 0,
    isMuted: false,
    isOver: false,
    isWithVisitor: false,
    isOpener: true,
    ...row,
  }
}

export function messageOf(id: string, text: string, message: Partial<ShownMessage> = {}): ShownMessage {
  return { id, by: BEA, at: SENT_AT, text, isNew: false, ...message }
}

export function detailOf(detail: Partial<ThreadDetail> = {}): ThreadDetail {
  const { last, unreadCount, ...head } = rowOf()
  return {
    ...head,
    messages: [messageOf('a~0', last.text)],
    from: unreadCount,
    answerTimes: [],
    others: [],
    untakenBy: [],
    ...detail,
  }
}

/** Whose record is backed up, and who knows Bea. */
export function messagesSession(): FakeSession {
  const session = new FakeSession()
  session.people.set({ contacts: [contactOf('Bea Sample')], invitations: [] })
  session.thread.set(detailOf())
  return session
}

export function stepOf(kind: string, data: ShownStep['data'] = {}, step: Partial<ShownStep> = {}): ShownStep {
  return { id: `a~${kind}`, by: { type: 'you' }, role: 'patient', kind, at: SENT_AT, data, standing: 'counts', ...step }
}

/** As its patient sees it. */
export function requestOf(kind: RequestKind, detail: Partial<RequestDetail> = {}): RequestDetail {
  return {
    conversationId: PLACE.conversationId,
    requestId: `${kind}.${'2'.repeat(32)}`,
    kind,
    title: 'Knee',
    state: 'asked',
    isFinal: false,
    role: 'patient',
    people: ['Bea Sample'],
    contactId: 'bea-sample',
    lastAt: SENT_AT,
    history: [],
    next: [],
    main: [],
    isSeen: false,
    contested: [],
    clashes: [],
    waitingCount: 0,
    ...detail,
  }
}

export const pathOf = ({ conversationId, requestId }: RequestDetail) =>
  `/messages/${conversationId}/request/${requestId}`
