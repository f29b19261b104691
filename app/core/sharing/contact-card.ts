import { checkDeviceChain } from '#crypto/certificate.ts'
import { hash } from '#crypto/hash.ts'
import { isKemPublicKey, KEM_PUBLIC_KEY_BYTES, type SigningKey, sign } from '#crypto/keys.ts'
import { verifySignature } from '#crypto/verify.ts'
import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll, toHex, utf8 } from '#schema/bytes.ts'
import { ContactId, DeviceId, idBytes, MailboxId, PrincipalId } from '#schema/ids.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { DROP_LABEL, decodeDropToken, encodeDropTokenBody } from '#schema/protocol/proof.ts'
import { fail, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How others reach a person and seal to them. Signed by one of the person's devices; decision 0008. */
export interface ContactCard {
  readonly idSign: PrincipalId
  /** X-Wing, 1216 bytes: for what outlives devices. */
  readonly idKem: Bytes
  /** X-Wing, 1216 bytes: letters and grants are sealed to it. */
  readonly shareKem: Bytes
  /** An encoded DropToken of the person's mailbox. */
  readonly dropToken: Bytes
  /** Origin of the relay where the mailbox is, or empty for the one where the card was read. */
  readonly relay: string
  /** As the person calls themself to others. */
  readonly name: string
  /** Of two cards the higher counts. */
  readonly number: number
  /** What these devices sign counts no more, nor what those sign that they vouched for. */
  readonly removed: readonly DeviceId[]
  /** These stay, although a removed one vouched for them: whoever was paired by a phone that was stolen later. */
  readonly kept: readonly DeviceId[]
  /** Leaf (the device that signed) first, up to idSign. */
  readonly chain: readonly DeviceCert[]
  readonly signature: Bytes
}

const LABEL = 'wk/1/contact-card'
const VERSION = 1
const DROP_TOKEN_BYTES = 104
const MAX_NAME_BYTES = 400
const MAX_RELAY_BYTES = 300
const MAX_REMOVED = 64

/** A number beyond it can't be written. */
export const MAX_CARD_NUMBER = 2 ** 32 - 1
/** At most this many bytes: an item of a mailbox has 16 KiB. */
export const MAX_CARD_BYTES = 12 * 1024

export function contactIdOf(idSign: PrincipalId): ContactId {
  return ContactId.of(hash(utf8('wk/1/contact'), idBytes(idSign)).subarray(0, ContactId.size))
}

/** Where letters to this person are dropped. */
export function mailboxOf(card: ContactCard): MailboxId {
  return MailboxId.of(hash(card.dropToken.subarray(0, 32)))
}

/** `device` is the key of the chain's leaf. Of more devices than a card holds, the last ones are named. */
export function signCard(card: Omit<ContactCard, 'signature'>, device: SigningKey): Bytes {
  const body = encodeBody({ ...card, removed: card.removed.slice(-MAX_REMOVED), kept: card.kept.slice(-MAX_REMOVED) })
  return new ByteWriter()
    .bytes(body)
    .bytes(sign(device, LABEL, body))
    .done()
}

/** Only a card whose every signature is good, and to whose keys something can be sealed. Never throws. */
export function openCard(bytes: Uint8Array): Result<ContactCard, DecodeFailure | 'bad-card'> {
  if (bytes.length > MAX_CARD_BYTES) return fail('too-large')
  const decoded = decodeCard(bytes)
  return decoded.ok && !isGood(decoded.value, bytes) ? fail('bad-card') : decoded
}

/**
 * Whether `next` takes the place of `known`: the same person's, by no device that `known` calls removed, and either higher or by
 * somebody who removed the device behind `known`, whatever number a thief wrote on it. Of two that remove each other, the one nearer to idSign.
 */
export function supersedes(next: ContactCard, known: ContactCard): boolean {
  if (next.idSign !== known.idSign) return false
  const [isOut, isKnownOut] = [isByRemoved(next, known), isByRemoved(known, next)]
  if (isOut !== isKnownOut) return isKnownOut
  if (!isOut && next.number !== known.number) return next.number > known.number
  if (next.chain.length !== known.chain.length) return next.chain.length < known.chain.length
  return toHex(hash(next.signature)) < toHex(hash(known.signature))
}

/** Whether `card` calls the signer removed, or a device on the way from it to idSign and the signer not kept: a thief's, or made by one. */
export function isByRemoved(
  { chain }: Pick<ContactCard, 'chain'>,
  card: Pick<ContactCard, 'removed' | 'kept'>,
): boolean {
  return areRemoved(
    chain.map(cert => cert.device),
    card,
  )
}

/** `isByRemoved` of a chain with these devices, the signer first. */
export function areRemoved(
  [leaf, ...issuers]: readonly DeviceId[],
  { removed, kept }: Pick<ContactCard, 'removed' | 'kept'>,
): boolean {
  if (leaf === undefined || removed.includes(leaf)) return true
  return issuers.some(issuer => removed.includes(issuer)) && !kept.includes(leaf)
}

function isGood(card: ContactCard, bytes: Uint8Array): boolean {
  const chain = checkDeviceChain(card.chain)
  if (!chain.ok || chain.value.root !== card.idSign || isByRemoved(card, card)) return false
  const body = bytes.subarray(0, bytes.length - 64)
  if (!verifySignature(idBytes(chain.value.device), LABEL, body, card.signature)) return false
  const token = decodeDropToken(card.dropToken)
  if (!token.ok) return false
  const { readKey, signature } = token.value
  const isToken = verifySignature(readKey, DROP_LABEL, encodeDropTokenBody(token.value), signature)
  return isToken && isKemPublicKey(card.idKem) && isKemPublicKey(card.shareKem)
}

function encodeBody(card: Omit<ContactCard, 'signature'>): Bytes {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(card.idSign))
    .bytes(card.idKem)
    .bytes(card.shareKem)
    .bytes(card.dropToken)
    .text(card.relay)
    .text(card.name)
    .u32(card.number)
    .list(card.removed, (writer, device) => writer.bytes(idBytes(device)))
    .list(card.kept, (writer, device) => writer.bytes(idBytes(device)))
    .list(card.chain, writeDeviceCert)
    .done()
}

const readDevice = (reader: ByteReader) => DeviceId.read(reader)

function decodeCard(bytes: Uint8Array): Result<ContactCard, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      idSign: PrincipalId.read(reader),
      idKem: reader.bytes(KEM_PUBLIC_KEY_BYTES),
      shareKem: reader.bytes(KEM_PUBLIC_KEY_BYTES),
      dropToken: reader.bytes(DROP_TOKEN_BYTES),
      relay: reader.text(MAX_RELAY_BYTES),
      name: reader.text(MAX_NAME_BYTES),
      number: reader.u32(),
      removed: reader.list(MAX_REMOVED, readDevice),
      kept: reader.list(MAX_REMOVED, readDevice),
      chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
      signature: reader.bytes(64),
    }
  })
}
