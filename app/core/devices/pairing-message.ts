import { deriveKey, hash } from '#crypto/hash.ts'
import { type KemKey, KEM_PUBLIC_KEY_BYTES, type SigningKey, sign, signingKeyFromSeed } from '#crypto/keys.ts'
import { openFrom, sealTo } from '#crypto/sealed-box.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { verifySignature } from '#crypto/verify.ts'
import { ByteWriter, concat, type DecodeFailure, decodeAll, utf8 } from '#schema/bytes.ts'
import { DeviceId, FrameHash, idBytes, KeyId, PrincipalId, WriterId } from '#schema/ids.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { EpochKey } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What both devices make of the eight words: a mailbox each way, and the key that seals what lies in them. */
export interface PairingKeys {
  readonly toOld: SigningKey
  readonly toNew: SigningKey
  readonly channel: Bytes
}

/** `secret` is the 11 bytes of the eight words. */
export function pairingKeys(secret: Bytes): PairingKeys {
  const root = hash(utf8('wk/1/pairing'), secret)
  return {
    toOld: signingKeyFromSeed(deriveKey(root, 'pair.to-old')),
    toNew: signingKeyFromSeed(deriveKey(root, 'pair.to-new')),
    channel: deriveKey(root, 'pair.channel'),
  }
}

const STEPS = { offer: 1, answer: 2, reveal: 3, payload: 4, cancel: 5 } as const
export type PairingStep = keyof typeof STEPS

export function sealStep(channel: Bytes, step: PairingStep, body: Bytes): Bytes {
  return concat(Uint8Array.of(STEPS[step]), sealSecret(channel, `pair.${step}`, body))
}

/** Undefined for what was not sealed for this channel and step. */
export function openStep(
  channel: Bytes,
  item: Bytes,
): { readonly step: PairingStep; readonly body: Bytes } | undefined {
  const step = (Object.keys(STEPS) as PairingStep[]).find(name => STEPS[name] === item[0])
  const opened = step && openSecret(channel, `pair.${step}`, item.subarray(1))
  return step && opened?.ok ? { step, body: opened.value } : undefined
}

const NONCE_BYTES = 32
const MAX_NAME_BYTES = 400

/** From the new device: who it is, and a promise of the nonce that it will show once it has seen the other's. */
export interface PairingOfferMessage {
  readonly device: DeviceId
  readonly kemPublicKey: Bytes
  readonly holderKey: Bytes
  readonly name: string
  readonly commitment: Bytes
}

export function encodeOffer(offer: PairingOfferMessage): Bytes {
  return new ByteWriter()
    .u8(1)
    .bytes(idBytes(offer.device))
    .bytes(offer.kemPublicKey)
    .bytes(offer.holderKey)
    .text(offer.name)
    .bytes(offer.commitment)
    .done()
}

export function decodeOffer(bytes: Bytes): Result<PairingOfferMessage, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== 1) reader.stop('unknown-version')
    return {
      device: DeviceId.read(reader),
      kemPublicKey: reader.bytes(KEM_PUBLIC_KEY_BYTES),
      holderKey: reader.bytes(32),
      name: reader.text(MAX_NAME_BYTES),
      commitment: reader.bytes(32),
    }
  })
}

/** From the old device: the key that will sign the payload, and its nonce. */
export interface PairingAnswerMessage {
  readonly device: DeviceId
  readonly name: string
  readonly nonce: Bytes
}

export function encodeAnswer(answer: PairingAnswerMessage): Bytes {
  return new ByteWriter().u8(1).bytes(idBytes(answer.device)).text(answer.name).bytes(answer.nonce).done()
}

export function decodeAnswer(bytes: Bytes): Result<PairingAnswerMessage, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== 1) reader.stop('unknown-version')
    return {
      device: DeviceId.read(reader),
      name: reader.text(MAX_NAME_BYTES),
      nonce: reader.bytes(NONCE_BYTES),
    }
  })
}

export function commitmentTo(nonce: Bytes): Bytes {
  return hash(utf8('wk/1/pairing-nonce'), nonce)
}

/** Everything both sides sent, in order: what the six digits are made of and the payload's signature covers. */
export function transcriptOf(offer: Bytes, answer: Bytes, nonce: Bytes): Bytes {
  return new ByteWriter().sized(offer).sized(answer).sized(nonce).done()
}

/** What makes the new device one of the person's own. */
export interface PairingPayload {
  readonly principal: PrincipalId
  /** Leaf (the new device) first. */
  readonly chain: readonly DeviceCert[]
  readonly homeGenesis: Bytes
  readonly homeKeys: readonly EpochKey[]
  /** How far the old device had the home log: a relay that shows less is found out. */
  readonly vectors: readonly { readonly writer: WriterId; readonly next: number; readonly hash: FrameHash }[]
}

const PAYLOAD_LABEL = 'wk/1/pairing-payload'
/** Feeds named in the payload; the newest are enough to notice a roll-back, and an item has 16 KiB. */
export const MAX_VECTORS = 64

export function sealPayload(
  payload: PairingPayload,
  transcript: Bytes,
  signer: SigningKey,
  kemPublicKey: Bytes,
): Bytes {
  const body = encodePayload(payload)
  const signature = sign(signer, PAYLOAD_LABEL, new ByteWriter().sized(transcript).bytes(body).done())
  return sealTo(kemPublicKey, PAYLOAD_LABEL, concat(signature, body))
}

/** Only the payload that the device of the compared transcript signed. */
export function openPayload(
  sealed: Bytes,
  transcript: Bytes,
  signer: DeviceId,
  kem: KemKey,
): Result<PairingPayload, 'bad-payload'> {
  const opened = openFrom(kem, PAYLOAD_LABEL, sealed)
  if (!opened.ok || opened.value.length < 64) return fail('bad-payload')
  const body = opened.value.slice(64)
  const signed = new ByteWriter().sized(transcript).bytes(body).done()
  if (!verifySignature(idBytes(signer), PAYLOAD_LABEL, signed, opened.value.subarray(0, 64))) return fail('bad-payload')
  const payload = decodePayload(body)
  return payload.ok ? ok(payload.value) : fail('bad-payload')
}

function encodePayload(payload: PairingPayload): Bytes {
  return new ByteWriter()
    .u8(1)
    .bytes(idBytes(payload.principal))
    .list(payload.chain, writeDeviceCert)
    .bytes(payload.homeGenesis)
    .list(payload.homeKeys, (writer, key) => writer.bytes(idBytes(key.keyId)).bytes(key.secret))
    .list(payload.vectors, (writer, feed) =>
      writer.bytes(idBytes(feed.writer)).u64(feed.next).bytes(idBytes(feed.hash)),
    )
    .done()
}

function decodePayload(bytes: Bytes): Result<PairingPayload, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== 1) reader.stop('unknown-version')
    return {
      principal: PrincipalId.read(reader),
      chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
      homeGenesis: reader.bytes(GENESIS_BYTES),
      homeKeys: reader.list(0xffff, r => ({ keyId: KeyId.read(r), secret: r.bytes(32) })),
      vectors: reader.list(MAX_VECTORS, r => ({
        writer: WriterId.read(r),
        next: r.u64(),
        hash: FrameHash.read(r),
      })),
    }
  })
}
