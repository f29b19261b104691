import type { Result } from '#schema/result.ts'
import type { TokenFailure } from './home/admission-token.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about the relay where the record is kept. */
export interface RelaySession {
  /** Before there is a record, too: whoever begins one may be shut out. */
  relayAsks(): Promise<RelayAsks>
  watchRelay(listener: (relay: OwnRelay) => void): Promise<Stop>
  /** Kept for every device, and every log that is made later. Ok also while the relay can't be asked: `watchStatus` tells what became of it. */
  giveRelayToken(token: string): Promise<Result<void, GiveTokenFailure>>
}

/** `token`: only whoever has one of its host's can keep a record there. */
export type RelayAsks = 'nothing' | 'token' | 'unreachable'

export interface OwnRelay {
  /** One was given. */
  readonly hasToken: boolean
}

export type GiveTokenFailure = TokenFailure | { readonly kind: 'locked' } | { readonly kind: 'invalid' }
