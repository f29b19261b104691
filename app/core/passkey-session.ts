import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The part of the session that is about opening the vault by a passkey, beside the passphrase; decision 0040. Of this device alone. */
export interface PasskeySession {
  /** What a passkey is asked with. Can be read before unlock: it opens nothing. */
  passkeyDoors(): Promise<readonly PasskeyDoor[]>
  /** Asks for the passphrase, so that nobody makes a passkey in vain. Changes nothing. */
  beginPasskey(passphrase: string): Promise<Result<PasskeyOffer, FreshUnlockFailure>>
  /** Asks for the passphrase. The same passkey again takes its own place. */
  addPasskey(request: AddPasskey): Promise<Result<void, AddPasskeyFailure>>
  unlockWithPasskey(answer: PasskeyOutput): Promise<Result<void, PasskeyUnlockFailure>>
  /** In the order in which they were added; none while locked. */
  passkeys(): Promise<readonly PasskeyInfo[]>
  /** It opens this device no more, here at once; what keeps the passkey may go on listing it. */
  removePasskey(id: string): Promise<Result<void, RemovePasskeyFailure>>
}

export interface PasskeyDoor {
  readonly credentialId: Bytes
  /** 32 bytes, for the first value of the `prf` extension. */
  readonly salt: Bytes
}

export interface PasskeyOffer {
  readonly salt: Bytes
  /** Credential ids that are here already. */
  readonly known: readonly Bytes[]
}

/** What a ceremony gave. */
export interface PasskeyOutput {
  readonly credentialId: Bytes
  /** The 32 bytes of the `prf` extension: a secret. */
  readonly output: Bytes
}

export interface AddPasskey extends PasskeyOutput {
  readonly salt: Bytes
  /** At most 60 characters. */
  readonly name: string
  readonly passphrase: string
}

export interface PasskeyInfo {
  /** The credential id in base64url. */
  readonly id: string
  readonly name: string
  readonly addedAt: Instant
}

export type AddPasskeyFailure =
  | FreshUnlockFailure
  /** No output or id that could be one, or more passkeys than there is room for. */
  | { readonly kind: 'invalid' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type PasskeyUnlockFailure =
  /** It is none of this vault's, or answered something else than when it was added. */
  | { readonly kind: 'wrong-passkey' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type RemovePasskeyFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** What a window's browser does with passkeys. Nothing of it asks a server: who answers rightly has the bytes that open the vault. */
export interface Passkeys {
  /** False where this browser is known to have none that could open a vault; true where it may. */
  isPossible(): Promise<boolean>
  /** Must be called from a tap. `accountName` is what the keeper of passkeys lists it as. */
  create(offer: PasskeyOffer, accountName: string): Promise<Result<PasskeyOutput, PasskeyCeremonyFailure>>
  /** Must be called from a tap. */
  ask(doors: readonly PasskeyDoor[]): Promise<Result<PasskeyOutput, PasskeyCeremonyFailure>>
  /** Tells what keeps passkeys on this device that it is used no more, where the browser can. */
  forget(credentialId: Bytes): Promise<void>
}

/**
 * `cancelled`: by the person, by time, or because there is none; a browser does not say which. `no-prf`: it was made, but gives no
 * secret. `already`: what keeps it has one for this device's vault. `not-at-this-address`: the address is no domain name, or not secure.
 */
export type PasskeyCeremonyFailure = 'cancelled' | 'no-prf' | 'already' | 'not-at-this-address'
