import { assert, property, uint8Array } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ENVELOPE_BYTES } from '#crypto/envelope.ts'
import { splitControlBody } from '#crypto/frame.ts'
import { decodePassphraseParams, encodePassphraseParams } from '#crypto/passphrase.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { checkCapability, checkOwner, checkPrune, checkWriterCert } from '#crypto/verify.ts'
import { type ByteReader, ByteWriter, concat, decodeAll } from '#schema/bytes.ts'
import { decodeCapability, encodeCapability } from '#schema/protocol/capability.ts'
import { readWriterCert, writeWriterCert } from '#schema/protocol/certificate.ts'
import { decodeFrame, encodeFrameHeader } from '#schema/protocol/frame.ts'
import { decodeGenesis, encodeGenesis } from '#schema/protocol/genesis.ts'
import { decodeOwner, decodePrune, encodeOwner, encodePrune } from '#schema/protocol/owner.ts'
import type { Result } from '#schema/result.ts'
import frames from '../vectors/frames.json' with { type: 'json' }
import records from '../vectors/records.json' with { type: 'json' }
import { filled, flip, frameAt, partsOf, somePlace } from './places.ts'
import { bytesOf, publicKeyOf } from './second-suite.ts'

/** Invariant 18. Every decoder of what is signed or sealed: total, canonical, and no changed bit passes the check. */

interface Decoder {
  readonly name: string
  readonly sample: () => Uint8Array<ArrayBuffer>
  /** Decodes and encodes again. */
  readonly again: (bytes: Uint8Array) => Result<Uint8Array, string>
  /** Decodes and verifies, where there is a signature. */
  readonly verifies?: (bytes: Uint8Array) => boolean
}

function decoder<Value>(
  name: string,
  sample: () => Uint8Array<ArrayBuffer>,
  decode: (bytes: Uint8Array) => Result<Value, string>,
  encode: (value: Value) => Uint8Array,
  verify?: (value: Value) => boolean,
): Decoder {
  const again = (bytes: Uint8Array): Result<Uint8Array, string> => {
    const decoded = decode(bytes)
    return decoded.ok ? { ok: true, value: encode(decoded.value) } : decoded
  }
  if (verify === undefined) return { name, sample, again }
  const verifies = (bytes: Uint8Array) => {
    const decoded = decode(bytes)
    return decoded.ok && verify(decoded.value)
  }
  return { name, sample, again, verifies }
}

const ownerKey = () => publicKeyOf(bytesOf(records.input.ownerSeed))
const decodeWriterCert = (bytes: Uint8Array) => decodeAll(bytes, (reader: ByteReader) => readWriterCert(reader))
const control = () =>
  partsOf(
    frameAt({ ...somePlace(), kind: 'control', envelopes: [filled(ENVELOPE_BYTES, 1), filled(ENVELOPE_BYTES, 2)] })
      .bytes,
  )

const DECODERS: readonly Decoder[] = [
  decoder('decodeGenesis()', () => bytesOf(records.genesis), decodeGenesis, encodeGenesis),
  decoder(
    'decodeCapability()',
    () => bytesOf(records.capability),
    decodeCapability,
    encodeCapability,
    value => checkCapability(value, ownerKey()),
  ),
  decoder(
    'decodeOwner()',
    () => bytesOf(records.owner),
    decodeOwner,
    encodeOwner,
    value => checkOwner(value, ownerKey()),
  ),
  decoder(
    'decodePrune()',
    () => bytesOf(records.prune),
    decodePrune,
    encodePrune,
    value => checkPrune(value, ownerKey()),
  ),
  decoder(
    'readWriterCert()',
    () => bytesOf(records.writerCert),
    decodeWriterCert,
    cert => {
      const writer = new ByteWriter()
      writeWriterCert(writer, cert)
      return writer.done()
    },
    cert => checkWriterCert(cert).ok,
  ),
  decoder(
    'decodeFrame()',
    () => bytesOf(frames.frames[1]!.bytes),
    decodeFrame,
    parts => concat(encodeFrameHeader(parts.header), parts.nonce, parts.body, parts.signature),
  ),
  decoder(
    'splitControlBody()',
    () => control().body,
    splitControlBody,
    body => concat(new ByteWriter().list(body.envelopes, (writer, one) => writer.sized(one)).done(), body.sealed),
  ),
  decoder(
    'decodePassphraseParams()',
    () => encodePassphraseParams({ salt: filled(16, 1), memoryKiB: 65_536, passes: 3 }),
    decodePassphraseParams,
    encodePassphraseParams,
  ),
]

beforeAll(readyCrypto)

describe.each(DECODERS)('$name', ({ name, sample, again, verifies }) => {
  test('reads its own kind', () => {
    const bytes = sample()
    expect(again(bytes)).toEqual({ ok: true, value: bytes })
    if (verifies !== undefined) expect(verifies(bytes)).toBe(true)
  })

  test('refuses or reads back, byte for byte, with any bit changed; no changed bit verifies', () => {
    const bytes = sample()
    const step = bytes.length > 800 ? 5 : 1
    for (let bit = 0; bit < bytes.length * 8; bit += step) {
      const changed = flip(bytes, bit)
      const read = again(changed)
      if (read.ok) expect(Buffer.compare(read.value, changed), `bit ${bit}`).toBe(0)
    }
    // a signature costs 0.2 ms to refuse, so not each bit of a long record
    if (verifies !== undefined)
      for (let bit = 0; bit < bytes.length * 8; bit += 7) expect(verifies(flip(bytes, bit)), `bit ${bit}`).toBe(false)
  })

  test('refuses a piece and a byte too many', () => {
    const bytes = sample()
    const isOpenEnded = name === 'splitControlBody()'
    const fixedPart = isOpenEnded ? 2 + 2 * (4 + ENVELOPE_BYTES) : bytes.length
    for (let length = 0; length < fixedPart; length++)
      expect(again(bytes.subarray(0, length)).ok, `${length}`).toBe(false)
    if (!isOpenEnded) expect(again(concat(bytes, filled(1, 0))).ok).toBe(false)
  })

  test('answers for any bytes', () => {
    const head = sample().subarray(0, 8)
    assert(
      property(uint8Array({ maxLength: 400 }), any => {
        for (const bytes of [any, concat(head, any)]) {
          const read = again(bytes)
          if (read.ok) expect(Buffer.compare(read.value, bytes)).toBe(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
