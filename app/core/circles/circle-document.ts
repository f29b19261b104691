import { ImmutableString } from '@automerge/automerge/slim'
import type { InvitationId } from '#schema/ids.ts'
import { encodeReach, furthest, type Reach, reachIn } from '../messages/marks.ts'
import { type DocMap, textIn } from '../record/flat-fields.ts'

/**
 * The home log's shard of what this person keeps to themselves of a circle: what they hide, which reports they dealt with, what they have
 * looked at (the list of posts, and by post its comments), whom they made invitations for, whom they are removing, and whether it is kept
 * quiet.
 */
export const CIRCLE_SHARD = 'circle'

export type CircleDocument = DocMap

export const hiddenIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'hidden ')
export const dealtWithIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'dealt ')
/** Contacts. */
export const removingIn = (doc: Readonly<CircleDocument>): ReadonlySet<string> => flagged(doc, 'removing ')

export const isMutedIn = (doc: Readonly<CircleDocument>): boolean => doc['muted'] === 1
export const hasSeenOver = (doc: Readonly<CircleDocument>): boolean => doc['over'] === 1
export const hasSeenModerating = (doc: Readonly<CircleDocument>): boolean => doc['moderates'] === 1

/** By `posts` or the id of a post. */
export function seenIn(doc: Readonly<CircleDocument>): ReadonlyMap<string, Reach> {
  const names = Object.keys(doc).filter(name => name.startsWith(SEEN))
  return new Map(names.map(name => [name.slice(SEEN.length), reachIn(textIn(doc[name]))]))
}

const SEEN = 'seen '

export function invitedForIn(doc: Readonly<CircleDocument>): Readonly<Record<string, string>> {
  const names = Object.keys(doc).filter(name => name.startsWith(INVITED))
  return Object.fromEntries(names.map(name => [name.slice(INVITED.length), textIn(doc[name]) ?? '']))
}

const INVITED = 'invited '

function flagged(doc: Readonly<CircleDocument>, prefix: string): ReadonlySet<string> {
  const names = Object.keys(doc).filter(name => name.startsWith(prefix) && doc[name] === 1)
  return new Set(names.map(name => name.slice(prefix.length)))
}

// ── inside a change ──

export function putHidden(doc: CircleDocument, saidId: string, isHidden: boolean): void {
  doc[`hidden ${saidId}`] = isHidden ? 1 : 0
}

export function putDealtWith(doc: CircleDocument, saidId: string): void {
  doc[`dealt ${saidId}`] = 1
}

export function putRemoving(doc: CircleDocument, contactId: string, isGoing: boolean): void {
  doc[`removing ${contactId}`] = isGoing ? 1 : 0
}

export function putMuted(doc: CircleDocument, isMuted: boolean): void {
  doc['muted'] = isMuted ? 1 : 0
}

export function putSeen(doc: CircleDocument, name: string, reach: Reach): void {
  const known = reachIn(textIn(doc[`${SEEN}${name}`]))
  doc[`${SEEN}${name}`] = encodeReach(furthest(known, reach))
}

export function putInvitedFor(doc: CircleDocument, invitation: InvitationId, forWhom: string): void {
  doc[`${INVITED}${invitation}`] = new ImmutableString(forWhom)
}

/** Also that they moderate no more: they are told when they do again. */
export function putSeenModerating(doc: CircleDocument, isModerator: boolean): void {
  doc['moderates'] = isModerator ? 1 : 0
}

export function putSeenOver(doc: CircleDocument): void {
  doc['over'] = 1
}
