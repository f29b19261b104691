import type { Instant } from '#schema/instant.ts'
import type { LinkOpening, LinkStanding } from '#schema/protocol/link.ts'
import type { Result } from '#schema/result.ts'
import type { ShownFile } from './file-session.ts'
import type { StoreFailure } from './ports.ts'
import type { RequestFailure } from './request-session.ts'
import type { Stop } from './session.ts'
import type { SealedAnswer, VisitorLetter } from './visitors/visitor-letter.ts'

/**
 * The part of the session that is about writing to whoever has no Wellkeep, a *visitor*: what is said goes out as a link that ends, and
 * what they answer by it waits until this person takes it in (decision 56).
 */
export interface VisitorSession {
  /** Undefined where the conversation is with nobody of the kind. Asks the relay for answers. */
  watchVisitor(conversationId: string, listener: (visitor: VisitorDetail | undefined) => void): Promise<Stop>
  /** Seals what is said so far, and keeps it up to date until the link ends. The relay has it when it answers ok. */
  makeVisitorLink(request: MakeVisitorLink): Promise<Result<VisitorLink, VisitorFailure>>
  /** Nothing is left of it at the relay; answers that are here stay. */
  endVisitorLink(conversationId: string, linkId: string): Promise<Result<void, VisitorFailure>>
  /** It becomes part of the conversation, said to be unchecked. Once, also where two devices take it in. */
  takeAnswer(conversationId: string, answerId: string): Promise<Result<void, VisitorFailure | RequestFailure>>
  putAnswerAway(conversationId: string, answerId: string): Promise<Result<void, VisitorFailure>>
}

/** What is shown by a link: a thread, or a request. */
export type VisitorTopic = { readonly threadId: string } | { readonly requestId: string }

export interface MakeVisitorLink {
  readonly conversationId: string
  readonly topic: VisitorTopic
  /** At most a year away, by the relay's clock. */
  readonly expiresAt: Instant
  /** Where this app was loaded from, which is where the relay is. */
  readonly origin: string
}

export interface VisitorDetail {
  /** As this person calls them. */
  readonly name: string
  /** Newest first. */
  readonly links: readonly VisitorLink[]
  /** Neither taken in nor put away yet, oldest first. */
  readonly answers: readonly VisitorAnswer[]
}

export interface VisitorLink {
  readonly linkId: string
  readonly topic: VisitorTopic
  /** `https://relay.example/answer#…`: whoever has it reads, and answers. */
  readonly address: string
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly standing: LinkStanding | 'unknown' | 'gone'
  readonly openings: readonly LinkOpening[]
}

export interface VisitorAnswer {
  readonly answerId: string
  readonly topic: VisitorTopic
  /** When the relay got it. */
  readonly at: Instant
  /** As whoever answered called themselves; nobody checked it. */
  readonly name: string
  readonly text: string
  readonly step?: { readonly kind: string; readonly data: Readonly<Record<string, unknown>> }
  readonly file?: ShownFile
}

export type VisitorFailure =
  | { readonly kind: 'locked' | 'not-found' | 'unreachable' | 'too-large' | 'no-room' | 'invalid-end' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** `no-link`: what stands in the address is none, or is cut. `over`: the relay has it no more. `full`: too much waits there. */
export type AnswerFailure = 'no-link' | 'over' | 'unreachable' | 'damaged' | 'too-large' | 'full'

/** What the page that shows a letter to whoever has its link may do with the one in its address (decision 56). */
export interface AnswerDoor {
  /** Counts as an opening where it answers ok; `name`: as whoever opens it says. */
  open(name: string): Promise<Result<VisitorLetter, AnswerFailure>>
  /** Sealed here to whoever made the link. */
  answer(letter: VisitorLetter, answer: SealedAnswer): Promise<Result<void, AnswerFailure>>
}
