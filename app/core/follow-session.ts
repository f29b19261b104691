import type { Instant } from '#schema/instant.ts'
import type { LogSection } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about what becomes of a share. */
export interface FollowSession {
  /** Who looked at this person's record, as far as is known on this device. */
  watchAccess(listener: (access: AccessLog) => void): Promise<Stop>
  /** Asks the relay for its log of each of this person's logs; `watchAccess` tells what came of it. */
  fetchAccess(): Promise<Result<void, AccessFailure>>
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
   * on their screen (`looked`), and a copy that they kept.
   */
  readonly what:
    | { readonly by: 'relay'; readonly act: 'read' | 'wrote' | 'managed' }
    | { readonly by: 'app'; readonly act: 'looked' }
    | { readonly by: 'app'; readonly act: 'kept'; readonly reason: KeptReason; readonly note: string }
}

export type AccessWho =
  /** `isRemoved`: taken off the list since. */
  | { readonly kind: 'contact'; readonly contactId: string; readonly name: string; readonly isRemoved: boolean }
  | { readonly kind: 'own-device'; readonly deviceId: string; readonly name: string; readonly isThisOne: boolean }
  | { readonly kind: 'removed-device'; readonly deviceId: string; readonly name: string }
  /** Somebody proved a right that nothing here explains. */
  | { readonly kind: 'unknown'; readonly id: string }

export type AccessFailure =
  | { readonly kind: 'locked' }
  /** A sample, or a device that was removed. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'relay-refused'; readonly reason: string }

/** Why somebody keeps a copy: the law makes them document, they treat by it, they pass it on, or what they write down. */
export type KeptReason = 'duty' | 'treatment' | 'referral' | 'other'
