import { PrincipalId } from '#schema/ids.ts'
import type { Avatar, CircleMark } from '#schema/messages/circle.ts'
import type { Instant } from '#schema/instant.ts'
import type { TakenDownBy } from '../circle-session.ts'
import type { JournalItem } from '../messages/journal.ts'

/** What members did in a circle beside saying something; each person by the principal with which they write now. */
export interface CircleContent {
  /** The principal with which whoever wrote by this one writes now. */
  readonly personOf: (by: PrincipalId) => PrincipalId
  /** Undefined while nothing but the opening says them. */
  readonly rules: string | undefined
  readonly moderators: ReadonlySet<string>
  /** Whom its owner removed. */
  readonly removed: ReadonlySet<string>
  /** For all. */
  readonly isEnded: boolean
  readonly profiles: ReadonlyMap<PrincipalId, { readonly name: string; readonly avatar: Avatar }>
  /** Everybody who ever said or did something. */
  readonly writers: ReadonlySet<PrincipalId>
  /** Of each thing said, each person's newest. */
  readonly reactions: ReadonlyMap<string, ReadonlyMap<PrincipalId, CircleMark>>
  /** And as what somebody could: who said it before anything else. */
  readonly takenDown: ReadonlyMap<string, TakenDownBy>
  readonly reports: readonly Report[]
}

export interface Report {
  readonly target: string
  readonly by: PrincipalId
  readonly why: string
  readonly at: Instant
}

/**
 * The same for everybody who has these items, in whatever order they came. What a member may not do has no effect: rules, moderators,
 * removals and who is one person are the owner's; something is taken down by who said it, the owner, or who moderates by the newest list.
 *
 * @param items in their order (`contentOf`)
 */
export function circleIn(items: readonly JournalItem[], isOwner: (by: PrincipalId) => boolean): CircleContent {
  const personOf = personsIn(items, isOwner)
  const profiles = new Map<PrincipalId, { readonly name: string; readonly avatar: Avatar }>()
  const reactions = new Map<string, Map<PrincipalId, CircleMark>>()
  const writerOf = new Map<string, PrincipalId>()
  const writers = new Set<PrincipalId>()
  const taken: { readonly target: string; readonly by: PrincipalId }[] = []
  const reports: Report[] = []
  let rules: string | undefined
  let moderators: ReadonlySet<string> = new Set()
  const removed = new Set<string>()
  let isEnded = false
  const personsOf = (named: readonly string[]) => principalsOf(named).map(personOf)
  for (const { id, by: writer, item } of items) {
    const by = personOf(writer)
    writers.add(by)
    switch (item.kind) {
      case 'message':
        writerOf.set(id, by)
        break
      case 'profile':
        profiles.set(by, { name: item.name, avatar: item.avatar })
        break
      case 'rules':
        if (isOwner(by)) rules = item.text
        break
      case 'moderators':
        if (isOwner(by)) moderators = new Set(personsOf(item.principals))
        break
      case 'removed':
        if (isOwner(by)) for (const one of personsOf(item.principals)) removed.add(one)
        break
      case 'ended':
        isEnded ||= isOwner(by)
        break
      case 'reaction':
        noteReaction(reactions, item.target, by, item.mark)
        break
      case 'report':
        reports.push({ target: item.target, by, why: item.why, at: item.at })
        break
      case 'take-down':
        taken.push({ target: item.target, by })
        break
      case 'opening':
      case 'thread':
      case 'one-person':
      case 'answer-times':
      case 'free-times':
      case 'staff':
        break
    }
  }
  const takerIs = (by: PrincipalId, target: string): TakenDownBy | undefined => {
    if (writerOf.get(target) === by) return 'writer'
    return isOwner(by) ? 'owner' : moderators.has(by) ? 'moderator' : undefined
  }
  const takenDown = new Map<string, TakenDownBy>()
  for (const { target, by } of taken) {
    const is = takerIs(by, target)
    if (is !== undefined && !takenDown.has(target)) takenDown.set(target, is)
  }
  return { personOf, rules, moderators, removed, isEnded, profiles, writers, reactions, takenDown, reports }
}

/** Whose principals its owner says are one member's: the newest of them stands for all. */
function personsIn(items: readonly JournalItem[], isOwner: (by: PrincipalId) => boolean): CircleContent['personOf'] {
  const next = new Map<PrincipalId, PrincipalId>()
  for (const { by, item } of items) {
    if (item.kind !== 'one-person' || !isOwner(by)) continue
    const principals = principalsOf(item.principals)
    const now = principals.at(-1)
    if (now === undefined || principals.some(isOwner)) continue
    for (const one of principals) next.set(one, now)
    // The end of the way: whatever was said of it before.
    next.delete(now)
  }
  return by => {
    let person = by
    for (let after = next.get(person); after !== undefined; after = next.get(person)) person = after
    return person
  }
}

const principalsOf = (named: readonly string[]) => named.flatMap(one => PrincipalId.parse(one) ?? [])

function noteReaction(
  reactions: Map<string, Map<PrincipalId, CircleMark>>,
  target: string,
  by: PrincipalId,
  mark: CircleMark | '',
): void {
  const known = reactions.get(target) ?? new Map<PrincipalId, CircleMark>()
  reactions.set(target, known)
  if (mark === '') known.delete(by)
  else known.set(by, mark)
}
