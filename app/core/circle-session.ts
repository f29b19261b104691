import type { CircleMark } from '#schema/messages/circle.ts'
import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { ChartSnapshot } from '#schema/messages/chart.ts'
import type { ShownFile } from './file-session.ts'
import type { MessageFailure, NewMessage } from './message-session.ts'
import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'

/**
 * The part of the session that is about a circle, in the room of the account with which this person takes part in it (decision 59): who
 * is in, what is said, and what its owner and moderators may do.
 */
export interface CircleSession {
  /** Undefined while there is none: nobody was let in yet, or nobody began one. */
  watchCircle(listener: (circle: CircleDetail | undefined) => void): Promise<Stop>
  /** What this person has not looked at; undefined as above. */
  watchCircleNews(listener: (news: CircleNews | undefined) => void): Promise<Stop>
  /** At the newest posts, or at that post with its comments. Nobody else hears of it. */
  lookAtCircle(postId?: string): Promise<Result<void, CircleFailure>>
  /** Of what is said there nothing is new; on this person's devices alone. */
  muteCircle(isMuted: boolean): Promise<Result<void, CircleFailure>>
  /** The newest `count` posts, the newest first. */
  watchPosts(count: number, listener: (posts: PostList) => void): Promise<Stop>
  /** With all that was said to it; undefined when it is not here. */
  watchPost(postId: string, listener: (post: PostDetail | undefined) => void): Promise<Stop>
  /** By who made the account: durable when it answers ok; the same key again begins nothing twice. */
  beginCircle(request: {
    readonly name: string
    readonly rules: string
    readonly avatar: string
    readonly key: string
  }): Promise<Result<void, CircleFailure>>
  /** `postId`: to that post. A chart's entries are asked for in this person's own record. */
  sayInCircle(said: NewMessage, postId?: string): Promise<Result<void, CircleFailure>>
  /** One of each person for each thing said; undefined takes it back. */
  react(saidId: string, mark: CircleMark | undefined): Promise<Result<void, CircleFailure>>
  /** To the owner and the moderators; a changed app of any member could read it. */
  report(saidId: string, why: string): Promise<Result<void, CircleFailure>>
  /** On this person's devices alone. */
  hideInCircle(saidId: string, isHidden: boolean): Promise<Result<void, CircleFailure>>
  /** One's own, or as owner or moderator: no app shows it from then on. */
  takeDown(saidId: string): Promise<Result<void, CircleFailure>>
  /** The name they have already they may keep. */
  changeProfile(profile: { readonly name: string; readonly avatar: string }): Promise<Result<void, CircleFailure>>
  /** The owner's: text, and who moderates. */
  changeRules(rules: string): Promise<Result<void, CircleFailure>>
  chooseModerators(memberIds: readonly string[]): Promise<Result<void, CircleFailure>>
  /** For the owner alone: whom they made an open invitation for; empty: nobody in particular. */
  noteInvitation(invitationId: string, forWhom: string): Promise<Result<void, CircleFailure>>
  /**
   * The owner's: somebody who answered an invitation; they read what was said before. `inPlaceOf`: a member as whom they were in before
   * they lost their keys, who is removed with it; nobody but the owner can say that it is the same person.
   */
  letIn(contactId: string, inPlaceOf?: string): Promise<Result<void, CircleFailure>>
  /** The owner's: durable when it answers ok; nothing that is said from then on is for them, as soon as the relay was reached. */
  removeFromCircle(memberId: string): Promise<Result<void, CircleFailure>>
  /** The owner's ends it for all. Only where the relay can be reached, so that nobody waits for who is gone. */
  leaveCircle(): Promise<Result<void, CircleFailure>>
}

export interface CircleMember {
  /** The principal with which they write here; no other circle knows it. */
  readonly id: string
  /** As they stand on every screen: nobody else in this circle is called so, or nearly so. */
  readonly name: string
  /** One of AVATARS. */
  readonly avatar: string
  readonly role: 'owner' | 'moderator' | 'member'
  readonly isYou: boolean
  /** Removed, or left. */
  readonly isGone: boolean
}

/** Its owner removed this person, or ended it for all; not known where what they said of that did not come here before the end. */
export type WhyOver = 'removed' | 'ended'

export interface CircleDetail {
  readonly name: string
  readonly rules: string
  readonly you: CircleMember
  /** As this person typed it: `you.name` has a number where somebody else is called so. */
  readonly chosenName: string
  /** The owner first, then by name; of who is gone nobody. */
  readonly members: readonly CircleMember[]
  /** Who answered an invitation and was not let in yet; the owner's alone. */
  readonly asking: readonly AsksIn[]
  /** Not dealt with; the owner's and the moderators' alone. */
  readonly reports: readonly CircleReport[]
  /** It is over, or this person is out. */
  readonly isOver: boolean
  readonly whyOver?: WhyOver
  readonly isMuted: boolean
  /** By invitation, whom this person made it for. */
  readonly invitedFor: Readonly<Record<string, string>>
}

/** Somebody who answered an invitation. */
export interface AsksIn {
  readonly contactId: string
  /** As they would stand here. */
  readonly name: string
  /** Somebody else is called as they are, or nearly so: they would have a number. */
  readonly isAlike: boolean
  readonly askedAt: Instant
  /** Whom the invitation was for that they answered, where the owner noted that. */
  readonly forWhom?: string
  /** The member who is called so. */
  readonly namesake?: string
}

export interface CircleNews {
  readonly name: string
  /** What this person is called there. */
  readonly you: string
  readonly isOver: boolean
  /** They were let in, and have not been there yet. */
  readonly isLetIn: boolean
  /** They were chosen to moderate, and have not been there since. */
  readonly isModeratorNew: boolean
  /** It is over, or this person was removed, and they have not seen that yet. */
  readonly isOverNew: boolean
  readonly whyOver?: WhyOver
  readonly postCount: number
  /** To what this person said. */
  readonly comments: readonly { readonly postId: string; readonly count: number }[]
  /** The owner's alone. */
  readonly askingCount: number
  /** The owner's and the moderators' alone. */
  readonly reportCount: number
}

export interface CircleReport {
  readonly saidId: string
  readonly postId: string
  /** Who said what was reported, and how it begins; empty where it has no words. */
  readonly saidBy: CircleMember
  readonly excerpt: string
  readonly by: CircleMember
  readonly why: string
  readonly at: Instant
}

export type TakenDownBy = 'writer' | 'moderator' | 'owner'

export interface CircleSaid {
  readonly id: string
  readonly by: CircleMember
  readonly at: Instant
  /** Empty where it is taken down. */
  readonly text: string
  readonly files: readonly ShownFile[]
  readonly charts: readonly ChartSnapshot[]
  readonly reactions: readonly { readonly mark: CircleMark; readonly count: number; readonly isYours: boolean }[]
  /** Undefined while it stands. */
  readonly takenDownBy: TakenDownBy | undefined
  /** By this person. */
  readonly isReported: boolean
  readonly isHidden: boolean
  readonly mayTakeDown: boolean
  /** Not at the relay yet. */
  readonly isWaiting: boolean
}

export interface Post extends CircleSaid {
  readonly postId: string
  /** Of the circle's log, for its files. */
  readonly conversationId: string
  readonly commentCount: number
  readonly lastAt: Instant
}

export interface PostList {
  readonly posts: readonly Post[]
  /** In all. */
  readonly count: number
}

export interface PostDetail extends Post {
  /** As they followed each other. */
  readonly comments: readonly CircleSaid[]
}

export type CircleFailure =
  | MessageFailure
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'name-missing' }
  /** Somebody else there is called so, or nearly so. */
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'full' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
