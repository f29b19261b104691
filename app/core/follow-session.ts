import type { Instant } from '#schema/instant.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { Purpose } from './kept-session.ts'
import type { SaveFailure, Stop } from './session.ts'

/** The part of the session that is about what becomes of a share. */
export interface FollowSession {
  /** Who looked at this person's record, as far as is known on this device. */
  watchAccess(listener: (access: AccessLog) => void): Promise<Stop>
  /** Asks the relay for its log of each of this person's logs; `watchAccess` tells what came of it. */
  fetchAccess(): Promise<Result<void, AccessFailure>>
  /** What ends soon and what has ended, of shares and of managing either way, and who declined to; the soonest first. */
  watchEndings(listener: (endings: readonly Ending[]) => void): Promise<Stop>
  /** Not shown any more, on no device. */
  dismissEnding(endingId: string): Promise<Result<void, SaveFailure>>
}

/** An end that is to be spoken of: before it, and once after it. */
export type Ending = ShareEnding | WholeEnding

interface AnyEnding {
  readonly endingId: string
  /** `given`: others see the record; `received`: this person sees another one. */
  readonly side: 'given' | 'received'
  readonly contactId: string
  readonly contactName: string
  /** Of a received one. */
  readonly recordName: string
  readonly at: Instant
  readonly isOver: boolean
}

/** Of a share. */
export interface ShareEnding extends AnyEnding {
  readonly kind: 'share'
  readonly shareId: string
  /** Empty for a received one that is over. */
  readonly sections: readonly Section[]
  /** When it was made, or came. */
  readonly since: Instant
  readonly endedBy?: 'stopped' | 'expired' | 'declined' | 'left'
}

/** Of managing or looking after the whole record. */
export interface WholeEnding extends AnyEnding {
  readonly kind: 'whole'
  readonly purpose: Purpose
  /** Of a received one. */
  readonly keptId: string
  /** They were asked, and did not want to. */
  readonly isDeclined: boolean
}

export interface AccessLog {
  /** Newest first. */
  readonly lines: readonly AccessLine[]
  /** When the relay was last asked on this device, by the relay's clock; left out: never. */
  readonly fetchedAt?: Instant
}

/** What somebody did in one go, as the relay saw it or as their app told and signed. */
export interface AccessLine {
  readonly from: Instant
  readonly to: Instant
  readonly who: AccessWho
  /** In the order of SECTIONS; `private`: entries that no share has; `keys`: the log of devices, people, keys and settings. */
  readonly sections: readonly (LogSection | 'keys')[]
  /**
   * By the relay: what it gave out (`read`), took in (`wrote`), and who asked it about rights (`managed`). By their app: what was
   * on their screen (`looked`), and what they saved or printed (`kept`).
   */
  readonly what:
    | { readonly by: 'relay'; readonly act: 'read' | 'wrote' | 'managed' }
    | { readonly by: 'app'; readonly act: 'looked' }
    | {
        readonly by: 'app'
        readonly act: 'kept'
        readonly kept: KeptWhat
        readonly reason: KeptReason
        readonly note: string
      }
}

export type AccessWho =
  /** `isRemoved`: taken off the list since. */
  | { readonly kind: 'contact'; readonly contactId: string; readonly name: string; readonly isRemoved: boolean }
  | { readonly kind: 'own-device'; readonly deviceId: string; readonly name: string; readonly isThisOne: boolean }
  | { readonly kind: 'removed-device'; readonly deviceId: string; readonly name: string }
  /** Who acts in the whole record and is no contact of it. `isRemoved`: not any more. */
  | { readonly kind: 'guardian'; readonly personId: string; readonly name: string; readonly isRemoved: boolean }
  /** To who manages it for them: whose record it is. */
  | { readonly kind: 'owner'; readonly name: string }
  /** Somebody proved a right that nothing here explains. */
  | { readonly kind: 'unknown'; readonly id: string }

export type AccessFailure =
  | { readonly kind: 'locked' }
  /** A sample, or a device that was removed. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'relay-refused'; readonly reason: string }

/** What left the app: a copy of whole sections, one file of an entry (a letter, a photo, an original), a summary on paper. */
export type KeptWhat = 'copy' | 'file' | 'print'

/** Why somebody keeps a copy: the law makes them document, they treat by it, they pass it on, or what they write down. */
export type KeptReason = 'duty' | 'treatment' | 'referral' | 'other'
