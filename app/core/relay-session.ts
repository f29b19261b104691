import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { TokenFailure } from './home/admission-token.ts'
import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about the relay where the record is kept. */
export interface RelaySession {
  /** Before there is a record, too: whoever begins one may be shut out. */
  relayAsks(): Promise<RelayAsks>
  watchRelay(listener: (relay: OwnRelay) => void): Promise<Stop>
  /** Kept for every device, and every log that is made later. Ok also while the relay can't be asked: `watchStatus` tells what became of it. */
  giveRelayToken(token: string): Promise<Result<void, GiveTokenFailure>>
  /** A second relay, to which this person's devices bring a copy of everything. Undefined where there is none. */
  watchMirror(listener: (mirror: MirrorState | undefined) => void): Promise<Stop>
  /** Asks for the passphrase: whoever hosts it holds all that is sealed from then on. */
  addMirror(request: AddMirror): Promise<Result<void, AddMirrorFailure>>
  /** False breaks off what this device is bringing there, until it is called with true, or the record is opened anew. */
  copyToMirror(goesOn: boolean): Promise<void>
  /** With what lies there, or leaving it. */
  removeMirror(deletesThere: boolean): Promise<Result<void, RemoveMirrorFailure>>
}

/** `token`: only whoever has one of its host's can keep a record there. */
export type RelayAsks = 'nothing' | 'token' | 'unreachable'

export interface OwnRelay {
  /** One was given. */
  readonly hasToken: boolean
}

export type GiveTokenFailure = TokenFailure | { readonly kind: 'locked' } | { readonly kind: 'invalid' }

export interface AddMirror {
  /** An https address of it. */
  readonly address: string
  readonly token?: string
  readonly passphrase: string
}

export type AddMirrorFailure =
  | FreshUnlockFailure
  | { readonly kind: 'bad-address' }
  /** It is this person's own. */
  | { readonly kind: 'own' }
  | { readonly kind: 'unreachable' }
  /** Something else answers there. */
  | { readonly kind: 'no-relay' }
  | { readonly kind: 'needs-token' }
  /** What no relay can have as a token. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'not-taken' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type RemoveMirrorFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type MirrorState = { readonly origin: string } /** How much of this round is done, from 0 to 1. */ & (
  | { readonly kind: 'working' | 'broken-off'; readonly share: number }
  | { readonly kind: 'level'; readonly at: Instant }
  /** It lacks so many frames that this device never had: a device that was there before may have them. */
  | { readonly kind: 'partly'; readonly lacking: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-admitted' }
  | { readonly kind: 'full' }
  | { readonly kind: 'refused'; readonly reason: string }
)
