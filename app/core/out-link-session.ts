import type { Instant } from '#schema/instant.ts'
import type { LinkOpening, LinkStanding } from '#schema/protocol/link.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { OutWords } from './exchange/report/out-words.ts'
import type { StoreFailure } from './ports.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that hands summaries to whoever has no Wellkeep, as SMART Health Links; decision 0025. */
export interface OutLinkSession {
  /** A fresh summary, sealed here, that the relay has when it answers ok. Never with anything private. Asks for the passphrase. A living one
   * is sealed anew after each change of what it shows, while the record is open and the relay answers. */
  makeOutLink(request: MakeOutLink): Promise<Result<OutLink, OutLinkFailure>>
  /** Newest first, by any of this person's devices, with what the relay says of them now. */
  outLinks(): Promise<readonly OutLink[]>
  /** `pause` until it is armed again. `destroy`: nothing is left of it at the relay. Quick: neither asks for anything. */
  endOutLink(linkId: string, how: 'pause' | 'destroy'): Promise<Result<void, OutLinkFailure>>
  /** It goes on, with all opens and tries once more. Asks for the passphrase. */
  armOutLink(linkId: string, passphrase: string): Promise<Result<void, OutLinkFailure>>
}

export interface MakeOutLink {
  readonly sections: readonly Section[]
  /** Of `entryFiles`: their files go along, and of nothing else; at most `MAX_LINK_FILES_MB` of them fit. */
  readonly files: readonly EntryId[]
  /** Sections of which the person says that they know of nothing. */
  readonly noneKnown: readonly Section[]
  readonly words: OutWords
  /** Shown to whoever opens it, and in this person's list; at most `MAX_LINK_LABEL` characters, may be empty. */
  readonly label: string
  /** At most a year away, by the relay's clock. */
  readonly expiresAt: Instant
  /** At least `MIN_PASSCODE` characters. Left out: whoever has the link opens it. */
  readonly passcode?: string
  /** From 1. Left out: as often as anybody likes. */
  readonly maxOpens?: number
  /** Kept up to date until it ends. */
  readonly isLiving: boolean
  /** Where this app was loaded from, which is where the relay is. */
  readonly origin: string
  readonly passphrase: string
}

export const MAX_LINK_LABEL = 80
export const MIN_PASSCODE = 4
/** Sealed they are a third larger, and the summary goes with them into `MAX_LINK_FILE_BYTES`. Megabytes of 10⁶. */
export const MAX_LINK_FILES_MB = 5

export interface OutLink {
  readonly linkId: string
  /** `https://relay.example/view#shlink:/…`: whoever has it can open it, but for the passcode. */
  readonly address: string
  readonly label: string
  readonly sections: readonly Section[]
  /** Entries whose files go along. */
  readonly files: readonly EntryId[]
  readonly madeAt: Instant
  readonly expiresAt: Instant
  readonly hasPasscode: boolean
  readonly maxOpens?: number
  /** Only of a living link: when what it shows last changed, by any of this person's devices. */
  readonly refreshedAt?: Instant
  /** Why this device could not bring it up to date when it last tried; it goes on trying. */
  readonly refreshProblem?: RefreshProblem
  /** `unknown`: the relay does not answer now. `gone`: it has no such link any more. */
  readonly standing: LinkStanding | 'unknown' | 'gone'
  readonly opens: number
  /** Newest first, at most 200; names as typed by whoever opened it. */
  readonly openings: readonly LinkOpening[]
}

export type RefreshProblem = 'unreachable' | 'too-large' | 'no-room'

export type OutLinkFailure =
  | FreshUnlockFailure
  /** A sample goes to no relay. */
  | { readonly kind: 'sample' | 'nothing-chosen' | 'not-found' | 'unreachable' | 'too-large' }
  /** `field`: which part of the request is out of its range. */
  | { readonly kind: 'invalid'; readonly field: 'label' | 'expiresAt' | 'passcode' | 'maxOpens' | 'origin' }
  /** The relay has no more room for this record, or no more links. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
