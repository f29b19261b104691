import { checkDeviceChain } from '#crypto/certificate.ts'
import { type KemKey, type SigningKey, sign } from '#crypto/keys.ts'
import { openFrom, sealTo } from '#crypto/sealed-box.ts'
import { verifySignature } from '#crypto/verify.ts'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { idBytes, PrincipalId } from '#schema/ids.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ClosedReason } from '../people-session.ts'
import { CLOSED_REASONS, INVITATION_MARK_BYTES } from './invitation.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What people's apps say to each other through mailboxes; decision 0008. Every kind may come twice. */
export const LETTER_KINDS = [
  'card',
  'invitation-closed',
  'grant',
  'share-ended',
  'share-answer',
  'share-opened',
  'share-kept',
  'guardian',
  'guardian-answer',
  'late-frames',
  'guardian-ended',
] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** An opened letter: signed by a device of `from` for `to`. Whether that device still counts is for the card to say. */
export interface Letter {
  readonly to: PrincipalId
  readonly from: PrincipalId
  readonly chain: readonly DeviceCert[]
  readonly kind: LetterKind
  readonly body: Bytes
}

/** What a relay has kept for so long without anybody fetching it, nobody will: letters are not written again after that. */
export const LETTER_MS = 90 * 24 * 3600_000

const LABEL = 'wk/1/letter'
const VERSION = 1
const MAX_BODY_BYTES = 12 * 1024

/** The body of an `invitation-closed`: which one, so that an old one sent again says nothing of a later one. */
export interface InvitationClosed {
  readonly reason: ClosedReason
  /** Of `invitationKeys`. */
  readonly mark: Bytes
}

export function encodeClosed({ reason, mark }: InvitationClosed): Bytes {
  return new ByteWriter().u8(CLOSED_REASONS.indexOf(reason)).bytes(mark).done()
}

export function decodeClosed(body: Bytes): InvitationClosed | undefined {
  const decoded = decodeAll(body, reader => ({
    reason: CLOSED_REASONS[reader.u8()] ?? reader.stop('bad-value'),
    mark: reader.bytes(INVITATION_MARK_BYTES),
  }))
  return decoded.ok ? decoded.value : undefined
}

/** For the holder of `shareKem` alone. `device` is the key of the chain's leaf. */
export function sealLetter(letter: Letter, device: SigningKey, shareKem: Bytes): Bytes {
  const body = new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(letter.to))
    .bytes(idBytes(letter.from))
    .list(letter.chain, writeDeviceCert)
    .u8(LETTER_KINDS.indexOf(letter.kind))
    .sized(letter.body)
    .done()
  return sealTo(
    shareKem,
    LABEL,
    new ByteWriter()
      .bytes(body)
      .bytes(sign(device, LABEL, body))
      .done(),
  )
}

/** Only what was sealed to one of `kems`, written to `me`, and signed by a device of whoever it says. */
export function openLetter(bytes: Uint8Array, me: PrincipalId, kems: readonly KemKey[]): Result<Letter, 'not-ours'> {
  for (const kem of kems) {
    const opened = openFrom(kem, LABEL, bytes)
    if (opened.ok) return checkedLetter(opened.value, me)
  }
  return fail('not-ours')
}

function checkedLetter(plain: Bytes, me: PrincipalId): Result<Letter, 'not-ours'> {
  const decoded = decodeAll(plain, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      to: PrincipalId.read(reader),
      from: PrincipalId.read(reader),
      chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
      kind: LETTER_KINDS[reader.u8()] ?? reader.stop('bad-value'),
      body: reader.sized(MAX_BODY_BYTES),
      signature: reader.bytes(64),
    }
  })
  if (!decoded.ok) return fail('not-ours')
  const { signature, ...letter } = decoded.value
  const chain = checkDeviceChain(letter.chain)
  if (!chain.ok || chain.value.root !== letter.from || letter.to !== me) return fail('not-ours')
  const signed = plain.subarray(0, plain.length - 64)
  return verifySignature(idBytes(chain.value.device), LABEL, signed, signature) ? ok(letter) : fail('not-ours')
}
