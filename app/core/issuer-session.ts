import type { Result } from '#schema/result.ts'
import type { SaveFailure } from './session.ts'

/** The part of the session that is about whose health cards the person trusts; decision 0022. Nobody is asked for anything. */
export interface IssuerSession {
  /** Issuers of health cards whose keys this person keeps. */
  cardIssuers(): Promise<readonly CardIssuerInfo[]>
  /**
   * Keeps what an issuer publishes for checking its cards: its key set as that of `issuer` (its web address), or its list of cards taken
   * back, for a key that is kept already. Durable when it answers ok.
   */
  keepIssuerFile(file: Blob, issuer?: string): Promise<Result<CardIssuerInfo, IssuerFileFailure | SaveFailure>>
  forgetCardIssuer(issuer: string): Promise<Result<void, SaveFailure>>
}

export interface CardIssuerInfo {
  readonly issuer: string
  readonly keyCount: number
  /** Cards on its lists; undefined where no list is kept. */
  readonly revokedCount?: number
}

/** `no-keys`: nothing in it can check a card. `bad-address`: cards name their issuer by an https address. `unknown-key`: of a list. */
export type IssuerFileFailure = { readonly kind: 'no-keys' | 'bad-address' | 'unknown-key' }
