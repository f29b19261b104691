import type { FileId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { ChartSnapshot } from '#schema/messages/chart.ts'
import type { EntryReference } from '#schema/messages/entry-reference.ts'
import type { EntryAuthor, EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { ShownFile } from './file-session.ts'
import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about writing to each other: conversations, and the threads in them (decision 49). */
export interface MessageSession {
  watchThreads(listener: (threads: ThreadList) => void): Promise<Stop>
  /** The newest `count` messages of a thread, and of those who take part how far they are; undefined when it is not here. */
  watchThread(place: ThreadPlace, count: number, listener: (thread: ThreadDetail | undefined) => void): Promise<Stop>
  /** Goes into the conversation that these people and this person have already, or begins one. Durable when it answers ok. */
  beginThread(request: BeginThread): Promise<Result<ThreadPlace, MessageFailure>>
  sendMessage(place: ThreadPlace, message: NewMessage): Promise<Result<void, MessageFailure>>
  /** All that is in the thread by now has been on the screen: those who wrote it are told, unless whose record it is, or whoever looked (`isUntold`), wants that nobody is. */
  markThreadRead(place: ThreadPlace, isUntold?: boolean): Promise<Result<void, MessageFailure>>
  /** On all devices of this person's; the others don't hear of it. */
  muteThread(place: ThreadPlace, isMuted: boolean): Promise<Result<void, MessageFailure>>
  /** Newest first, those in which every word of the text occurs. */
  searchMessages(text: string): Promise<readonly MessageHit[]>
  /** What this person says of how they answer, above each thread about care of theirs. Empty: nothing. */
  sayAnswerTimes(conversationId: string, text: string): Promise<Result<void, MessageFailure>>
  /** Nobody can write to this person in it any more, nor they; what was said stays readable for who had it. */
  endConversation(conversationId: string): Promise<Result<void, MessageFailure>>
}

export interface ThreadPlace {
  readonly conversationId: string
  readonly threadId: string
}

export interface NewMessage {
  /** Made for this message by whoever sends it, at random: sent twice it is said once. */
  readonly key: string
  readonly text: string
  /** Of this person's own record, at most MAX_ENTRIES; none of them private. */
  readonly entries?: readonly EntryReference[]
  /** At most MAX_CHARTS; nothing private in any. */
  readonly charts?: readonly GivenChart[]
  /** Held before (`holdFile`), at most MAX_FILES. With one of them no text is needed. */
  readonly files?: readonly FileId[]
  /** In a conversation with a visitor: what they said, as this person was told. */
  readonly isTheirs?: boolean
}

/** A chart that is to go along, and the entries whose values it has: these are asked for at the moment of sending, and not sent. */
export interface GivenChart {
  readonly chart: ChartSnapshot
  readonly of: readonly EntryId[]
}

export interface BeginThread extends NewMessage {
  readonly contactIds: readonly string[]
  /** In their place: somebody who has no Wellkeep, as this person calls them; about this person's own care alone. */
  readonly visitor?: string
  readonly subject: string
  /** About this person's own health, with one who treats them; about the health of that one; or neither. */
  readonly about: 'my-care' | 'their-care' | 'family'
}

export interface ThreadList {
  /** Whoever said something last comes first. */
  readonly threads: readonly ThreadRow[]
  /** In those that are not muted. */
  readonly unreadCount: number
}

export interface ThreadRow extends ThreadPlace {
  readonly subject: string
  readonly about: BeginThread['about']
  /** Who takes part beside this person. */
  readonly people: readonly string[]
  /** Somebody who has no Wellkeep: what is said goes out as a link, or on paper. */
  readonly isWithVisitor: boolean
  readonly last: {
    readonly by: EntryAuthor
    readonly at: Instant
    readonly text: string
    readonly fileCount: number
  }
  readonly unreadCount: number
  readonly isMuted: boolean
  readonly isOver: boolean
  /** This person began the conversation: what ends it ends it for all. */
  readonly isOpener: boolean
}

export interface ThreadDetail extends Omit<ThreadRow, 'last' | 'unreadCount'> {
  /** As they follow each other; `from` more came before. */
  readonly messages: readonly ShownMessage[]
  readonly from: number
  readonly answerTimes: readonly { readonly by: EntryAuthor; readonly text: string }[]
  /** Those of `people`; without an id whom this person does not know as a contact. */
  readonly others: readonly { readonly name: string; readonly contactId?: string }[]
  /** Those of `people` who may never get it: they have not taken it up for days, or after ending another one with this person. */
  readonly untakenBy: readonly { readonly name: string; readonly contactId: string }[]
  /** Why nothing can be written: who opened the conversation ended it; this person did; it is not taken up by anybody yet is no reason. */
  readonly noReply?: 'ended-by-them' | 'ended-by-you' | 'paused'
}

export interface ShownMessage {
  readonly id: string
  readonly by: EntryAuthor
  /** Who of a practice's staff wrote it, by the practice's word; absent for this person. */
  readonly staff?: string
  readonly at: Instant
  readonly text: string
  /** Of its writer's own record. */
  readonly entries?: readonly EntryReference[]
  readonly charts?: readonly ChartSnapshot[]
  readonly files?: readonly ShownFile[]
  /** Of a visitor: `link`: nobody checked who it was; `told`: this person wrote it down. */
  readonly how?: 'link' | 'told'
  /** Whom this person knows its writer as; absent for this person, and for whom they know through others alone. */
  readonly contactId?: string
  /**
   * Of one's own: on this device, or a file of it is; at the relay; on a device of everybody's; looked at by everybody. `unheard`: the
   * conversation ended before it was known to have arrived at everybody. `untaken`: at the relay, and somebody of `untakenBy` may never get it.
   */
  readonly state?: 'saved' | 'sent' | 'delivered' | 'read' | 'unheard' | 'untaken'
  /** Since this person last looked. */
  readonly isNew: boolean
}

export interface MessageHit extends ThreadPlace {
  readonly subject: string
  readonly people: readonly string[]
  readonly message: ShownMessage
}

export type MessageFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-many-entries' }
  | { readonly kind: 'too-many-charts' }
  | { readonly kind: 'too-many-files' }
  /** It was let go, or was held on another device. */
  | { readonly kind: 'file-not-held' }
  /** It went private, or is not in the record any more. */
  | { readonly kind: 'entry-not-given' }
  | { readonly kind: 'nobody-chosen' }
  /** They came back with other keys, or have not taken this person's invitation yet. */
  | { readonly kind: 'contact-not-ready' }
  | { readonly kind: 'over' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
