import type { CircleDetail, CircleMember, CircleNews, Post } from '#app/core/circle-session.ts'
import { instant } from '#schema/instant.ts'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

export const SAID_AT = instant(Date.UTC(2026, 10, 20, 9))

export function memberOf(name: string, member: Partial<CircleMember> = {}): CircleMember {
  return { id: name.toLowerCase(), name, avatar: 'bird', role: 'member', isYou: false, isGone: false, ...member }
}

export const OWL = memberOf('Owl', { role: 'owner' })
export const FOX = memberOf('Fox', { isYou: true })

export function circleOf(circle: Partial<CircleDetail> = {}): CircleDetail {
  return {
    chosenName: circle.you?.name ?? FOX.name,
    name: 'Living with asthma',
    rules: 'Be kind.',
    you: FOX,
    members: [OWL, FOX],
    asking: [],
    reports: [],
    isOver: false,
    isMuted: false,
    invitedFor: {},
    ...circle,
  }
}

export function postOf(id: string, post: Partial<Post> = {}): Post {
  return {
    id,
    postId: id,
    conversationId: '1'.repeat(16),
    by: OWL,
    at: SAID_AT,
    lastAt: SAID_AT,
    text: 'How do you sleep?',
    files: [],
    charts: [],
    reactions: [],
    takenDownBy: undefined,
    isReported: false,
    isHidden: false,
    mayTakeDown: false,
    isWaiting: false,
    commentCount: 0,
    ...post,
  }
}

export function newsOf(news: Partial<CircleNews> = {}): CircleNews {
  return {
    name: 'Living with asthma',
    you: 'Fox',
    isOver: false,
    isLetIn: false,
    isModeratorNew: false,
    isOverNew: false,
    postCount: 0,
    comments: [],
    askingCount: 0,
    reportCount: 0,
    ...news,
  }
}

/** Whoever is Fox in one circle; `room` answers for the account with which they are in it. */
export function circleSession(circle: CircleDetail | undefined = circleOf()) {
  const session = new FakeSession()
  const room = putCircle(session, 'c1', circle)
  return { session, room }
}

export function putCircle(session: FakeSession, keptId: string, circle: CircleDetail | undefined): FakeSession {
  const room = new FakeSession()
  room.circle.set(circle)
  if (circle !== undefined) {
    room.circleNews.set(newsOf({ name: circle.name, you: circle.you.name, isOver: circle.isOver }))
  }
  session.rooms.set(keptId, room)
  session.circles.set([...session.circles.value, keptRecord({ keptId, name: 'Fox', relation: 'circle' })])
  return room
}
