import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { TokenFailure } from './home/admission-token.ts'
import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about the relay where the record is kept. */
export interface RelaySession {
  /** Before there is a record, too: whoever begins one may be shut out. With an address: that relay, for whoever may name it. */
  relayAsks(address?: string): Promise<RelayAsks>
  watchRelay(listener: (relay: OwnRelay) => void): Promise<Stop>
  /** Kept for every device, and every log that is made later. Ok also while the relay can't be asked: `watchStatus` tells what became of it. */
  giveRelayToken(token: string): Promise<Result<void, GiveTokenFailure>>
  /** A second relay, to which this person's devices bring a copy of everything. Undefined where there is none. */
  watchMirror(listener: (mirror: MirrorState | undefined) => void): Promise<Stop>
  /** Asks for the passphrase: whoever hosts it holds all that is sealed from then on. */
  addMirror(request: AddMirror): Promise<Result<void, AddMirrorFailure>>
  /** False breaks off what this device is bringing there, until it is called with true, or the record is opened anew. */
  copyToMirror(goesOn: boolean): Promise<void>
  /** Undefined where none is under way, and where what was at the relay before is gone. */
  watchMove(listener: (move: MoveState | undefined) => void): Promise<Stop>
  /**
   * The record is to be at another relay, which first gets everything as a second one; once it has that, every device goes over by itself.
   * Asks for the passphrase.
   */
  startMove(request: StartMove): Promise<Result<void, StartMoveFailure>>
  /** As long as nothing has gone over: what is there by then stays, as with a second relay. */
  cancelMove(): Promise<Result<void, CancelMoveFailure>>
  /** With what lies there, or leaving it. */
  removeMirror(deletesThere: boolean): Promise<Result<void, RemoveMirrorFailure>>
}

/** `token`: only whoever has one of its host's can keep a record there. */
export type RelayAsks = 'nothing' | 'token' | 'unreachable'

export interface OwnRelay {
  /** One was given. */
  readonly hasToken: boolean
  /** Where the record moved to; left out where it never did: then it is where the app was opened. */
  readonly address?: string
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

export interface StartMove extends AddMirror {
  /** Of links that are out and lead to the relay before: `end` them once everything else is there, or `wait` until they are over. */
  readonly links?: 'end' | 'wait'
}

export type StartMoveFailure =
  | AddMirrorFailure
  /** So many are out: it is to be said what becomes of them. */
  | { readonly kind: 'links'; readonly count: number }
  /** Another one is there as second relay. */
  | { readonly kind: 'has-second' }
  /** The relay before the last move still has what was there. */
  | { readonly kind: 'still-moving' }

export type CancelMoveFailure =
  | { readonly kind: 'locked' }
  /** It has gone over. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type MoveState =
  /** It goes to that relay, of which the state of the second one says how far it is. */
  | { readonly kind: 'copying'; readonly origin: string }
  /** Everything is there, but so many links lead to the relay before: it waits for their end. */
  | { readonly kind: 'waits-for-links'; readonly origin: string; readonly count: number }
  /** It is there. What was at the relay before is deleted after `until`, once every device and contact knows. */
  | {
      readonly kind: 'moved'
      readonly origin: string
      readonly before: string
      readonly at: Instant
      readonly until: Instant
    }

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
