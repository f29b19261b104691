import type { Instant } from '#schema/instant.ts'
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
  /** Directories of issuers that this person keeps; whoever stands in one counts as well. */
  cardDirectories(): Promise<readonly DirectoryInfo[]>
  /** Keeps a directory, in the place of an older or newer one of the same source. Durable when it answers ok. */
  keepDirectory(file: Blob): Promise<Result<DirectoryInfo, IssuerFileFailure | SaveFailure>>
  /** Takes back the trust in all that stand in it and are not kept by themselves. */
  forgetDirectory(source: string): Promise<Result<void, SaveFailure>>
}

export interface CardIssuerInfo {
  readonly issuer: string
  readonly keyCount: number
  /** Cards on its lists; undefined where no list is kept. */
  readonly revokedCount?: number
}

/** A list of issuers with their keys, gathered by somebody. */
export interface DirectoryInfo {
  /** The web address by which it names itself. */
  readonly source: string
  /** When it was gathered, by its own word. */
  readonly madeAt: Instant
  readonly issuerCount: number
  /** A key that several of them share counts once. */
  readonly keyCount: number
  /** Cards on its issuers' lists. */
  readonly revokedCount: number
}

/**
 * `no-keys`: nothing in it can check a card. `bad-address`: cards name their issuer by an https address. `unknown-key`: of a list.
 * `directory`: the keys of many, where those of one are wanted.
 */
export type IssuerFileFailure = { readonly kind: 'no-keys' | 'bad-address' | 'unknown-key' | 'directory' }
