import { deriveKey, hash } from '#crypto/hash.ts'
import { type SigningKey, signingKeyFromSeed } from '#crypto/keys.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { eightWords, secretOfEightWords, type WordsFailure } from '#crypto/words.ts'
import { ByteWriter, concat, decodeAll, fromHex, toHex, utf8 } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import type { ClosedReason } from '../people-session.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What both sides make of an invitation's 88 bits: a mailbox each way, the key that seals what lies in them, and how letters name it. */
export interface InvitationKeys {
  readonly toInviter: SigningKey
  readonly toGuest: SigningKey
  readonly channel: Bytes
  /** 16 bytes, from which nobody learns the secret. */
  readonly mark: Bytes
}

export const INVITATION_BYTES = 11
export const INVITATION_MARK_BYTES = 16
export const INVITATION_LIFE_MS = 7 * 24 * 3600_000

/** `secret` is the 11 random bytes. */
export function invitationKeys(secret: Bytes): InvitationKeys {
  const root = hash(utf8('wk/1/invitation'), secret)
  return {
    toInviter: signingKeyFromSeed(deriveKey(root, 'invite.to-inviter')),
    toGuest: signingKeyFromSeed(deriveKey(root, 'invite.to-guest')),
    channel: deriveKey(root, 'invite.channel'),
    mark: deriveKey(root, 'invite.mark').slice(0, INVITATION_MARK_BYTES),
  }
}

/** What stands in the link's fragment and the QR, and what is read aloud. */
export function invitationFaces(secret: Bytes): { readonly code: string; readonly words: readonly string[] } {
  return { code: toHex(secret), words: eightWords(secret) }
}

const isAddress = (part: string) => part.includes('://')
const partsOf = (text: string) => text.trim().split(/\s+/)

/** What is meant as words, without the address of a relay beside them. */
const wordsOf = (text: string) =>
  partsOf(text)
    .filter(part => !isAddress(part))
    .join(' ')

/** From a link, its fragment, or the eight words; undefined when it is none of these. */
export function secretOfInvitation(text: string): Bytes | undefined {
  const [first = ''] = partsOf(text)
  const code = first.slice(first.lastIndexOf('#') + 1)
  const secret = fromHex(code.toLowerCase())
  if (secret?.length === INVITATION_BYTES) return secret
  const spoken = secretOfEightWords(wordsOf(text))
  return spoken.ok ? spoken.value : undefined
}

/** At which relay it lies: that of a link, or of the address beside words; empty for one's own. */
export function relayOfInvitation(text: string): string {
  const address = partsOf(text).find(isAddress)
  return (address !== undefined && parseRelayOrigin(address)) || ''
}

/** What is wrong with text that was meant as the eight words; undefined for what looks like a link or its code. */
export function wrongWords(text: string): WordsFailure | undefined {
  const words = wordsOf(text)
  if (words === '' || /[/#]|[\da-f]{12}/i.test(words)) return undefined
  const spoken = secretOfEightWords(words)
  return spoken.ok ? undefined : spoken.failure
}

/** Why an invitation is not open any more, as its maker left it in the guest's mailbox. */
export const CLOSED_REASONS = ['used', 'withdrawn', 'expired'] as const satisfies readonly ClosedReason[]

const STEPS = { card: 1, closed: 2 } as const

export type InvitationItem =
  /** The inviter's says until when it may be answered, by the relay's clock. */
  | { readonly kind: 'card'; readonly card: Bytes; readonly endsAt: Instant }
  | { readonly kind: 'closed'; readonly reason: ClosedReason }

/** `kind(1) ‖ vault box under the channel key, context "invite.<kind>"`. */
export function sealInvitationItem(channel: Bytes, item: InvitationItem): Bytes {
  const body =
    item.kind === 'card'
      ? new ByteWriter().u64(item.endsAt).bytes(item.card).done()
      : Uint8Array.of(CLOSED_REASONS.indexOf(item.reason))
  return concat(Uint8Array.of(STEPS[item.kind]), sealSecret(channel, `invite.${item.kind}`, body))
}

/** Undefined for what was not sealed for this invitation. */
export function openInvitationItem(channel: Bytes, bytes: Bytes): InvitationItem | undefined {
  const kind = bytes[0] === STEPS.card ? 'card' : 'closed'
  if (bytes[0] !== STEPS[kind]) return undefined
  const opened = openSecret(channel, `invite.${kind}`, bytes.subarray(1))
  if (!opened.ok) return undefined
  const decoded = decodeAll<InvitationItem>(opened.value, reader =>
    kind === 'card'
      ? { kind, endsAt: readInstant(reader), card: reader.rest() }
      : { kind, reason: CLOSED_REASONS[reader.u8()] ?? reader.stop('bad-value') },
  )
  return decoded.ok ? decoded.value : undefined
}
