import type { Instant } from '#schema/instant.ts'
import type { NoteUse } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { EntryFacts } from './exchange/report/entry-facts.ts'
import type { NotStored, SaveFailure, Stop } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about the emergency card of a record (decision 44). */
export interface CardSession {
  /** All that can be on the card and what the person chose, at once and after each change of either. */
  watchCard(listener: (card: CardRecord) => void): Promise<Stop>
  /** What was chosen alone, which is little to read. */
  watchCardChoices(listener: (choices: CardChoices) => void): Promise<Stop>
  /** Durable when it answers ok; the same on all of the person's devices. */
  changeCard(change: CardChange): Promise<Result<void, SaveFailure>>
}

/** What this device shows of one's own card without the passphrase. */
export interface LockedCardSession {
  /** Undefined while it shows nothing. Works while the record is locked, and on a device without one. */
  watchLockedCard(listener: (card: LockedCard | undefined) => void): Promise<Stop>
  /** From now on this device shows `card` to whoever holds it. Asks for the passphrase. */
  allowLockedCard(card: CardFaces, passphrase: string): Promise<Result<void, LockedCardFailure>>
  /** Takes the place of what is shown; does nothing where nothing is, so that what was forbidden meanwhile stays so. */
  renewLockedCard(card: CardFaces): Promise<Result<void, LockedCardFailure>>
  /** Nothing of it stays on this device: neither what was sealed nor its key. */
  forbidLockedCard(): Promise<Result<void, LockedCardFailure>>
}

/** `too-long`: more than a card can hold. Nothing was changed. */
export type LockedCardFailure = FreshUnlockFailure | NotStored | { readonly kind: 'too-long' }

/** What a person writes for the card where the record says nothing. */
export type CardText = Exclude<NoteUse, 'visit-questions' | 'visit-answer'>

export interface CardRecord {
  /** Newest first, also what is private: that is on the card only where it was chosen. */
  readonly entries: readonly EntryFacts[]
  readonly texts: Readonly<Record<CardText, string>>
  readonly choices: CardChoices
}

/** Of what a person can say that they know of none. */
export const NONE_KNOWN = ['allergies', 'medicines', 'problems', 'devices'] as const
export type NoneKnown = (typeof NONE_KNOWN)[number]

export interface CardChoices {
  /** By what a line or a part of the card is called (`CardItem.key`): whether it is on it, where somebody said so. */
  readonly items: Readonly<Record<string, boolean>>
  /** When the person last said that they know of none. */
  readonly noneKnownAt: Readonly<Partial<Record<NoneKnown, Instant>>>
  /** When the person last said that the card is right. */
  readonly checkedAt?: Instant
  /** The last time that anything of it was chosen or said. */
  readonly touchedAt?: Instant
}

export type CardChange =
  | { readonly kind: 'item'; readonly key: string; readonly isOn: boolean }
  | { readonly kind: 'none-known'; readonly of: NoneKnown; readonly isKnown: boolean }
  | { readonly kind: 'checked' }
  /** It was printed, or shown on the lock screen: from then on it is asked whether it is still right. */
  | { readonly kind: 'used' }

/** The card in words: in the person's language, and where they chose so in English as well. */
export type CardFaces = readonly CardFace[]

/** One language's card: plain text, of no entry more than what stands there. */
export interface CardFace {
  /** BCP 47. */
  readonly language: string
  /** Name, and the date of birth where it was chosen. */
  readonly head: readonly string[]
  readonly parts: readonly CardFacePart[]
}

export interface CardFacePart {
  readonly title: string
  readonly lines: readonly string[]
}

export interface LockedCard {
  readonly faces: CardFaces
  /** When it was last known to be as the record has it. */
  readonly asOf: Instant
}
