import type { ThreadPlace } from '../message-session.ts'

/** The home log's shard of what this person wants of their threads, which nobody else hears of: since when each is muted, by its place. */
export const CONVERSATIONS_SHARD = 'conversations'

export type ConversationsDocument = Record<string, number>

export function isMuted(doc: Readonly<ConversationsDocument>, place: ThreadPlace): boolean {
  return doc[nameOf(place)] === 1
}

/** Inside a change. */
export function putMuted(doc: ConversationsDocument, place: ThreadPlace, isOff: boolean): void {
  doc[nameOf(place)] = isOff ? 1 : 0
}

const nameOf = ({ conversationId, threadId }: ThreadPlace) => `muted ${conversationId}/${threadId}`
