import { ByteWriter, concat, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import { type FrameHash, type KeyId, type LogId, WriterId } from '#schema/ids.ts'
import {
  encodeFrameHeader,
  FRAME_LABEL,
  FRAME_OVERHEAD_BYTES,
  type FrameKind,
  type FrameParts,
  MAX_FRAME_BYTES,
} from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { AEAD_NONCE_BYTES, AEAD_TAG_BYTES, openAead, sealAead } from './aead.ts'
import { ENVELOPE_BYTES } from './envelope.ts'
import { frameHash } from './hash.ts'
import { type SigningKey, sign } from './keys.ts'
import { pad, unpad } from './padding.ts'
import { randomBytes } from './sodium.ts'

type Bytes = Uint8Array<ArrayBuffer>

const NOTHING = new Uint8Array(0)
const MAX_ENVELOPES = 0xffff
/** A frame's plain may have so many bytes: the largest padded size that still fits is 63 × 4096. */
export const MAX_FRAME_PLAIN_BYTES = 63 * 4096 - 1

interface FramePlace {
  readonly logId: LogId
  readonly seq: number
  /** 32 zero bytes at seq 0. */
  readonly prev: FrameHash
  readonly keyId: KeyId
  /** W. */
  readonly writer: SigningKey
  readonly contentKey: Uint8Array
}

export interface FrameRequest extends FramePlace {
  readonly kind: Exclude<FrameKind, 'control'>
  readonly plain: Uint8Array
}

export interface ControlFrameRequest extends FramePlace {
  /** From `sealEnvelopes`: they carry the secret behind `contentKey`. */
  readonly envelopes: readonly Uint8Array[]
  /** The control record, encoded. */
  readonly plain: Uint8Array
}

export interface SealedFrame {
  readonly bytes: Bytes
  readonly hash: FrameHash
}

/** Seals, then signs. Throws past 256 KiB: larger bodies are blobs. */
export function sealFrame(request: FrameRequest): SealedFrame {
  return sealInPlace(request, request.kind, NOTHING, request.plain)
}

/** The same with the envelopes in clear before the ciphertext, which holds for exactly these envelopes. */
export function sealControlFrame(request: ControlFrameRequest): SealedFrame {
  const clear = new ByteWriter().list(request.envelopes, (writer, envelope) => writer.sized(envelope)).done()
  return sealInPlace(request, 'control', clear, request.plain)
}

function sealInPlace(place: FramePlace, kind: FrameKind, clear: Bytes, plain: Uint8Array): SealedFrame {
  const padded = pad(plain)
  const bodyBytes = clear.length + padded.length + AEAD_TAG_BYTES
  const frameBytes = FRAME_OVERHEAD_BYTES + bodyBytes
  if (frameBytes > MAX_FRAME_BYTES) throw new RangeError(`Cannot seal a frame: it would have ${frameBytes} bytes`)
  const header = encodeFrameHeader({
    kind,
    logId: place.logId,
    writer: WriterId.of(place.writer.publicKey),
    seq: place.seq,
    prev: place.prev,
    keyId: place.keyId,
    flags: 0,
    bodyBytes,
  })
  const nonce = randomBytes(AEAD_NONCE_BYTES)
  const sealed = sealAead(place.contentKey, nonce, padded, concat(header, clear))
  const unsigned = concat(header, nonce, clear, sealed)
  const bytes = concat(unsigned, sign(place.writer, FRAME_LABEL, unsigned))
  return { bytes, hash: frameHash(bytes) }
}

/** What was sealed in an OPS, SNAPSHOT or HEADS frame. The signature is not looked at. */
export function openFrame(parts: FrameParts, contentKey: Uint8Array): Result<Bytes, 'not-opened'> {
  if (parts.header.kind === 'control') return fail('not-opened')
  return openPadded(contentKey, parts.nonce, parts.body, parts.headerBytes)
}

/** The control record of a CONTROL frame. The signature is not looked at. */
export function openControlFrame(parts: FrameParts, contentKey: Uint8Array): Result<Bytes, 'not-opened'> {
  if (parts.header.kind !== 'control') return fail('not-opened')
  const split = splitControlBody(parts.body)
  if (!split.ok) return fail('not-opened')
  const { sealed } = split.value
  const clear = parts.body.subarray(0, parts.body.length - sealed.length)
  return openPadded(contentKey, parts.nonce, sealed, concat(parts.headerBytes, clear))
}

/** `u16 count ‖ (u32 length ‖ envelope)… ‖ ciphertext`. Every envelope has the one length there is. */
export function splitControlBody(body: Uint8Array): Result<{ envelopes: Bytes[]; sealed: Bytes }, DecodeFailure> {
  return decodeAll(body, reader => {
    const envelopes = reader.list(MAX_ENVELOPES, inner => {
      const envelope = inner.sized(ENVELOPE_BYTES)
      return envelope.length === ENVELOPE_BYTES ? envelope : inner.stop('bad-value')
    })
    return { envelopes, sealed: reader.rest() }
  })
}

function openPadded(key: Uint8Array, nonce: Bytes, sealed: Bytes, context: Bytes): Result<Bytes, 'not-opened'> {
  const padded = openAead(key, nonce, sealed, context)
  if (padded === undefined) return fail('not-opened')
  const plain = unpad(padded)
  return plain.ok ? ok(plain.value) : fail('not-opened')
}
