import type { PrincipalId } from '#schema/ids.ts'
import type { Avatar, CircleMark } from '#schema/messages/circle.ts'
import type { Instant } from '#schema/instant.ts'
import type { JournalItem } from '../messages/journal.ts'

/** What members did in a circle beside saying something. */
export interface CircleContent {
  /** Undefined while nothing but the opening says them. */
  readonly rules: string | undefined
  readonly moderators: ReadonlySet<string>
  /** Whom its owner removed. */
  readonly removed: ReadonlySet<string>
  readonly profiles: ReadonlyMap<PrincipalId, { readonly name: string; readonly avatar: Avatar }>
  /** Of each thing said, each person's newest. */
  readonly reactions: ReadonlyMap<string, ReadonlyMap<PrincipalId, CircleMark>>
  readonly takenDown: ReadonlySet<string>
  readonly reports: readonly Report[]
}

export interface Report {
  readonly target: string
  readonly by: PrincipalId
  readonly why: string
  readonly at: Instant
}

/**
 * The same for everybody who has these items, in whatever order they came. What a member may not do has no effect: rules, moderators and
 * removals are the owner's; something is taken down by who said it, the owner, or who moderates by the newest list.
 *
 * @param items in their order (`contentOf`)
 */
export function circleIn(items: readonly JournalItem[], isOwner: (by: PrincipalId) => boolean): CircleContent {
  const profiles = new Map<PrincipalId, { readonly name: string; readonly avatar: Avatar }>()
  const reactions = new Map<string, Map<PrincipalId, CircleMark>>()
  const writers = new Map<string, PrincipalId>()
  const taken: { readonly target: string; readonly by: PrincipalId }[] = []
  const reports: Report[] = []
  let rules: string | undefined
  let moderators: ReadonlySet<string> = new Set()
  const removed = new Set<string>()
  for (const { id, by, item } of items) {
    switch (item.kind) {
      case 'message':
        writers.set(id, by)
        break
      case 'profile':
        profiles.set(by, { name: item.name, avatar: item.avatar })
        break
      case 'rules':
        if (isOwner(by)) rules = item.text
        break
      case 'moderators':
        if (isOwner(by)) moderators = new Set(item.principals)
        break
      case 'removed':
        if (isOwner(by)) for (const one of item.principals) removed.add(one)
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
      case 'answer-times':
      case 'staff':
        break
    }
  }
  const mayTake = (by: PrincipalId, target: string) => isOwner(by) || moderators.has(by) || writers.get(target) === by
  const takenDown = new Set(taken.flatMap(({ target, by }) => (mayTake(by, target) ? target : [])))
  return { rules, moderators, removed, profiles, reactions, takenDown, reports }
}

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
