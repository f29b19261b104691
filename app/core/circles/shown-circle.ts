import type { PrincipalId, ThreadId } from '#schema/ids.ts'
import { AVATARS, CIRCLE_MARKS, type CircleMark } from '#schema/messages/circle.ts'
import type {
  CircleDetail,
  CircleMember,
  CircleReport,
  CircleSaid,
  Post,
  PostDetail,
  WhyOver,
} from '../circle-session.ts'
import { shownFile } from '../messages/files/shown-file.ts'
import { isYou } from '../messages/shown-threads.ts'
import type { Thread } from '../messages/thread-content.ts'
import { type CircleSight, isGone, type Said } from './circle-sight.ts'
import { foldName, toldApart } from './told-apart.ts'
import type { Asker } from './who-is-in.ts'

export function memberOf(sight: CircleSight, writer: PrincipalId): CircleMember {
  const { known, circle, isOwner } = sight
  // Their own app knows who they are before anybody says it.
  const id = isYou(known.authorOf(writer)) ? sight.me : circle.personOf(writer)
  return {
    id,
    name: sight.names.get(id) ?? '',
    avatar: circle.profiles.get(id)?.avatar ?? AVATARS[Number.parseInt(id.slice(0, 4), 16) % AVATARS.length]!,
    role: isOwner(id) ? 'owner' : circle.moderators.has(id) ? 'moderator' : 'member',
    isYou: id === sight.me,
    isGone: isGone(sight, id),
  }
}

const EXCERPT_CHARS = 140
const ROLES = ['owner', 'moderator', 'member'] as const

export function membersIn(sight: CircleSight): readonly CircleMember[] {
  const found = [...openerIn(sight), sight.me, ...sight.present.keys()].map(id => memberOf(sight, id))
  const members = [...new Map(found.map(one => [one.id, one])).values()].filter(one => !one.isGone)
  return members.toSorted(
    (a, b) =>
      ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
      foldName(a.name).localeCompare(foldName(b.name)) ||
      (a.id < b.id ? -1 : 1),
  )
}

function openerIn({ content }: CircleSight): PrincipalId[] {
  const opening = content.items.find(({ item }) => item.kind === 'opening')
  return opening === undefined ? [] : [opening.by]
}

const chosenBy = ({ chosen }: CircleSight, { id, name }: CircleMember) => chosen.get(id) ?? name

/** Who asks stands behind the members: of one name with one of them, they have a number. */
function askingOf(sight: CircleSight, asking: readonly Asker[]): CircleDetail['asking'] {
  const members = membersIn(sight).map(one => ({ id: one.id, name: chosenBy(sight, one), isGone: false }))
  const askers = asking.map(({ contactId, name }) => ({ id: contactId, name, isGone: false }))
  const since = [...sight.names.keys(), ...asking.map(({ contactId }) => contactId)]
  const names = toldApart([...members, ...askers], since)
  return asking.map(({ contactId, name, askedAt, invitation }) => {
    const forWhom = invitation && sight.invitedFor[invitation]
    const namesake = members.find(one => foldName(one.name) === foldName(name))?.id
    return {
      contactId,
      name: names.get(contactId) ?? name,
      isAlike: names.get(contactId) !== name,
      askedAt,
      ...(forWhom ? { forWhom } : {}),
      ...(namesake === undefined ? {} : { namesake }),
    }
  })
}

/** Whether somebody else who is in, or asks to come in, is called so or nearly so. Who keeps their name takes nobody's. */
export function isNameTaken(sight: CircleSight, asking: readonly Asker[], name: string): boolean {
  const wanted = foldName(name)
  if (wanted === foldName(sight.chosen.get(sight.me) ?? '')) return false
  const others = membersIn(sight).filter(({ isYou: isMe }) => !isMe)
  const names = others.flatMap(one => [one.name, chosenBy(sight, one) ?? ''])
  return [...names, ...asking.map(one => one.name)].some(one => foldName(one) === wanted)
}

function whyOverIn({ known, circle, me }: CircleSight): WhyOver | undefined {
  if (known.noReply === undefined || known.isOwn) return undefined
  return circle.removed.has(me) ? 'removed' : circle.isEnded ? 'ended' : undefined
}

export function shownCircle(sight: CircleSight, asking: readonly Asker[]): CircleDetail | undefined {
  const { known, content, circle } = sight
  if (content.about?.is !== 'circle') return undefined
  const you = memberOf(sight, sight.me)
  const whyOver = whyOverIn(sight)
  return {
    name: content.about.name,
    rules: circle.rules ?? content.about.rules,
    you,
    members: membersIn(sight),
    chosenName: chosenBy(sight, you),
    asking: askingOf(sight, asking),
    reports: you.role === 'member' ? [] : reportsIn(sight),
    isOver: known.noReply !== undefined,
    ...(whyOver === undefined ? {} : { whyOver }),
    isMuted: sight.isMuted,
    invitedFor: sight.invitedFor,
  }
}

/** Of one thing said one, the first; none of what is taken down by now. */
function reportsIn(sight: CircleSight): readonly CircleReport[] {
  const { content, circle, dealtWith } = sight
  const found = new Map(
    content.threads.flatMap(({ id, messages }) => messages.map(said => [said.id, { postId: id, said }] as const)),
  )
  const seen = new Set<string>()
  return circle.reports.flatMap(({ target, by, why, at }) => {
    const about = found.get(target)
    const isOver = circle.takenDown.has(target) || dealtWith.has(target) || seen.has(target)
    if (about === undefined || isOver) return []
    seen.add(target)
    const { postId, said } = about
    const excerpt = excerptOf(said.item.text)
    return [{ saidId: target, postId, saidBy: memberOf(sight, said.by), excerpt, by: memberOf(sight, by), why, at }]
  })
}

function excerptOf(text: string): string {
  const characters = Array.from(text.replace(/\s+/gu, ' ').trim())
  return characters.length <= EXCERPT_CHARS ? characters.join('') : `${characters.slice(0, EXCERPT_CHARS).join('')}…`
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
  const takenDownBy = sight.circle.takenDown.get(id)
  const isTakenDown = takenDownBy !== undefined
  const [who, you] = [memberOf(sight, by), memberOf(sight, sight.me)]
  return {
    id,
    by: who,
    at: item.at,
    text: isTakenDown ? '' : item.text,
    files: isTakenDown ? [] : (item.files ?? []).map(shownFile),
    charts: isTakenDown ? [] : (item.charts ?? []),
    reactions: reactionsTo(sight, id),
    takenDownBy,
    isReported: sight.circle.reports.some(one => one.target === id && one.by === sight.me),
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
