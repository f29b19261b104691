import type { PrincipalId, ThreadId } from '#schema/ids.ts'
import { AVATARS, CIRCLE_MARKS, type CircleMark } from '#schema/messages/circle.ts'
import type { CircleDetail, CircleMember, CircleReport, CircleSaid, Post, PostDetail } from '../circle-session.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { shownFile } from '../messages/files/shown-file.ts'
import type { Reach } from '../messages/marks.ts'
import type { ConversationContent, Thread } from '../messages/thread-content.ts'
import { isYou } from '../messages/shown-threads.ts'
import type { CircleContent } from './circle-content.ts'

type Said = Thread['messages'][number]

/** All that is needed to show a circle to whoever looks. */
export interface CircleSight {
  readonly known: KnownConversation
  readonly content: ConversationContent
  readonly circle: CircleContent
  /** Whom its owner names, or their shares do, by now. */
  readonly present: ReadonlyMap<PrincipalId, string>
  readonly isOwner: (by: PrincipalId) => boolean
  /** With which they write. */
  readonly me: PrincipalId
  readonly hidden: ReadonlySet<string>
  readonly dealtWith: ReadonlySet<string>
  /** How far they have looked: at the list of posts, and by post at its comments. */
  readonly seen: ReadonlyMap<string, Reach>
  readonly hasSeenOver: boolean
  readonly isMuted: boolean
  readonly invitedFor: Readonly<Record<string, string>>
  readonly isWaiting: (said: Said) => boolean
}

export function memberOf(sight: CircleSight, writer: PrincipalId): CircleMember {
  const { known, circle, present, isOwner } = sight
  const author = known.authorOf(writer)
  // Their own app knows who they are before anybody says it.
  const id = isYou(author) ? sight.me : circle.personOf(writer)
  const profile = circle.profiles.get(id)
  const given = present.get(id) ?? ('name' in author ? author.name : '')
  return {
    id,
    name: profile?.name ?? given,
    avatar: profile?.avatar ?? AVATARS[Number.parseInt(id.slice(0, 4), 16) % AVATARS.length]!,
    role: isOwner(id) ? 'owner' : circle.moderators.has(id) ? 'moderator' : 'member',
    isYou: id === sight.me,
    isGone: circle.removed.has(id) || (!isOwner(id) && id !== sight.me && !present.has(id)),
  }
}

const ROLES = ['owner', 'moderator', 'member'] as const

export function membersIn(sight: CircleSight): readonly CircleMember[] {
  const found = [...openerIn(sight), sight.me, ...sight.present.keys()].map(id => memberOf(sight, id))
  const members = [...new Map(found.map(one => [one.id, one])).values()].filter(one => !one.isGone)
  return members.toSorted(
    (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  )
}

function openerIn({ content }: CircleSight): PrincipalId[] {
  const opening = content.items.find(({ item }) => item.kind === 'opening')
  return opening === undefined ? [] : [opening.by]
}

export function shownCircle(sight: CircleSight, asking: CircleDetail['asking']): CircleDetail | undefined {
  const { known, content, circle } = sight
  if (content.about?.is !== 'circle') return undefined
  const you = memberOf(sight, sight.me)
  return {
    name: content.about.name,
    rules: circle.rules ?? content.about.rules,
    you,
    members: membersIn(sight),
    asking,
    reports: you.role === 'member' ? [] : reportsIn(sight),
    isOver: known.noReply !== undefined,
    isMuted: sight.isMuted,
    invitedFor: sight.invitedFor,
  }
}

/** Of one thing said one, the first; none of what is taken down by now. */
function reportsIn(sight: CircleSight): readonly CircleReport[] {
  const { content, circle, dealtWith } = sight
  const threads = new Map(content.threads.flatMap(({ id, messages }) => messages.map(said => [said.id, id] as const)))
  const seen = new Set<string>()
  return circle.reports.flatMap(({ target, by, why, at }) => {
    const postId = threads.get(target)
    const isOver = circle.takenDown.has(target) || dealtWith.has(target) || seen.has(target)
    if (postId === undefined || isOver) return []
    seen.add(target)
    return [{ saidId: target, postId, by: memberOf(sight, by), why, at }]
  })
}

export function shownPost(sight: CircleSight, thread: Thread): Post {
  const [first] = thread.messages
  return {
    ...shownSaid(sight, first!),
    postId: thread.id,
    conversationId: sight.known.id,
    commentCount: thread.messages.length - 1,
    lastAt: thread.messages.at(-1)!.item.at,
  }
}

export function postWith(sight: CircleSight, id: ThreadId): PostDetail | undefined {
  const thread = sight.content.threads.find(one => one.id === id)
  if (thread === undefined) return undefined
  return { ...shownPost(sight, thread), comments: thread.messages.slice(1).map(said => shownSaid(sight, said)) }
}

function shownSaid(sight: CircleSight, said: Said): CircleSaid {
  const { id, by, item } = said
  const isTakenDown = sight.circle.takenDown.has(id)
  const [who, you] = [memberOf(sight, by), memberOf(sight, sight.me)]
  return {
    id,
    by: who,
    at: item.at,
    text: isTakenDown ? '' : item.text,
    files: isTakenDown ? [] : (item.files ?? []).map(shownFile),
    charts: isTakenDown ? [] : (item.charts ?? []),
    reactions: reactionsTo(sight, id),
    isTakenDown,
    isHidden: sight.hidden.has(id),
    mayTakeDown: !isTakenDown && (who.isYou || you.role !== 'member'),
    isWaiting: sight.isWaiting(said),
  }
}

function reactionsTo({ circle, known, me }: CircleSight, id: string): CircleSaid['reactions'] {
  const given = [...(circle.reactions.get(id) ?? [])]
  const of = (mark: CircleMark) => given.filter(([, one]) => one === mark)
  return CIRCLE_MARKS.flatMap(mark => {
    const count = of(mark).length
    const isYours = of(mark).some(([by]) => by === me || isYou(known.authorOf(by)))
    return count === 0 ? [] : [{ mark, count, isYours }]
  })
}
