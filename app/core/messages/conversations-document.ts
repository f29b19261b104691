import type { ImmutableString } from '@automerge/automerge/slim'
import type { ThreadPlace } from '../message-session.ts'
import { textIn } from '../record/flat-fields.ts'
import { encodeReach, furthest, isWithinReach, type Marks, NO_MARKS, type Reach, reachIn } from './marks.ts'

/**
 * The home log's shard of what is this person's own of their threads, which nobody else hears of: whether each is muted, and how far it
 * is read where they tell nobody; both by its place.
 */
export const CONVERSATIONS_SHARD = 'conversations'

export type ConversationsDocument = Record<string, number | ImmutableString>

export function isMuted(doc: Readonly<ConversationsDocument>, place: ThreadPlace): boolean {
  return doc[`muted ${nameOf(place)}`] === 1
}

/** Inside a change. */
export function putMuted(doc: ConversationsDocument, place: ThreadPlace, isOff: boolean): void {
  doc[`muted ${nameOf(place)}`] = isOff ? 1 : 0
}

/** What was read in a conversation without its being told. */
export function untoldMarks(doc: Readonly<ConversationsDocument>, conversationId: string): Marks {
  const prefix = `read ${conversationId}/`
  const names = Object.keys(doc).filter(name => name.startsWith(prefix))
  return { ...NO_MARKS, read: new Map(names.map(name => [name.slice(prefix.length), reachIn(textIn(doc[name]))])) }
}

export function isReadUntold(doc: Readonly<ConversationsDocument>, place: ThreadPlace, reach: Reach): boolean {
  return isWithinReach(untoldReach(doc, place), reach)
}

/** Inside a change. */
export function putReadUntold(doc: ConversationsDocument, place: ThreadPlace, reach: Reach): void {
  doc[`read ${nameOf(place)}`] = encodeReach(furthest(untoldReach(doc, place), reach))
}

const untoldReach = (doc: Readonly<ConversationsDocument>, place: ThreadPlace) =>
  reachIn(textIn(doc[`read ${nameOf(place)}`]))

const nameOf = ({ conversationId, threadId }: ThreadPlace) => `${conversationId}/${threadId}`
