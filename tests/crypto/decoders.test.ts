import { assert, property, uint8Array } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ENVELOPE_BYTES } from '#crypto/envelope.ts'
import { splitControlBody } from '#crypto/frame.ts'
import { decodePassphraseParams, encodePassphraseParams } from '#crypto/passphrase.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { checkBegin, checkCapability, checkOwner, checkPrune, checkWriterCert } from '#crypto/verify.ts'
import { type ByteReader, ByteWriter, concat, decodeAll } from '#schema/bytes.ts'
import { decodeBeginRecord, encodeBeginRecord } from '#schema/protocol/begin.ts'
import { decodeCapability, encodeCapability } from '#schema/protocol/capability.ts'
import { readWriterCert, type WriterCert, writeWriterCert } from '#schema/protocol/certificate.ts'
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
  /** How many bytes at the end may be any number. */
  readonly openEnded?: number
}

function decoder<Value>(
  name: string,
  sample: () => Uint8Array<ArrayBuffer>,
  decode: (bytes: Uint8Array) => Result<Value, string>,
  encode: (value: Value) => Uint8Array,
): Decoder {
  const again = (bytes: Uint8Array): Result<Uint8Array, string> => {
    const decoded = decode(bytes)
    return decoded.ok ? { ok: true, value: encode(decoded.value) } : decoded
  }
  return { name, sample, again }
}

const passes =
  <Value>(decode: (bytes: Uint8Array) => Result<Value, string>, check: (value: Value) => boolean) =>
  (bytes: Uint8Array): boolean => {
    const decoded = decode(bytes)
    return decoded.ok && check(decoded.value)
  }

const ownerKey = () => publicKeyOf(bytesOf(records.input.ownerSeed))
const decodeWriterCert = (bytes: Uint8Array) => decodeAll(bytes, (reader: ByteReader) => readWriterCert(reader))
const control = () =>
  partsOf(
    frameAt({ ...somePlace(), kind: 'control', envelopes: [filled(ENVELOPE_BYTES, 1), filled(ENVELOPE_BYTES, 2)] })
      .bytes,
  )

function encodeWriterCert(cert: WriterCert): Uint8Array {
  const writer = new ByteWriter()
  writeWriterCert(writer, cert)
  return writer.done()
}

const genesis = () => bytesOf(records.genesis)
const capability = () => bytesOf(records.capability)
const owner = () => bytesOf(records.owner)
const prune = () => bytesOf(records.prune)
const begin = () => bytesOf(records.begin)
const writerCert = () => bytesOf(records.writerCert)
const frame = () => bytesOf(frames.frames[1]!.bytes)
const params = () => encodePassphraseParams({ salt: filled(16, 1), memoryKiB: 65_536, passes: 3 })

const DECODERS: readonly Decoder[] = [
  decoder('decodeGenesis()', genesis, decodeGenesis, encodeGenesis),
  decoder('decodeCapability()', capability, decodeCapability, encodeCapability),
  decoder('decodeOwner()', owner, decodeOwner, encodeOwner),
  decoder('decodePrune()', prune, decodePrune, encodePrune),
  decoder('decodeBeginRecord()', begin, decodeBeginRecord, encodeBeginRecord),
  decoder('readWriterCert()', writerCert, decodeWriterCert, encodeWriterCert),
  decoder('decodeFrame()', frame, decodeFrame, parts =>
    concat(encodeFrameHeader(parts.header), parts.nonce, parts.body, parts.signature),
  ),
  {
    ...decoder(
      'splitControlBody()',
      () => control().body,
      splitControlBody,
      body => concat(new ByteWriter().list(body.envelopes, (writer, one) => writer.sized(one)).done(), body.sealed),
    ),
    openEnded: 512 + 16,
  },
  decoder('decodePassphraseParams()', params, decodePassphraseParams, encodePassphraseParams),
]

const SIGNED = [
  {
    name: 'decodeCapability()',
    sample: capability,
    verifies: passes(decodeCapability, value => checkCapability(value, ownerKey())),
  },
  { name: 'decodeOwner()', sample: owner, verifies: passes(decodeOwner, value => checkOwner(value, ownerKey())) },
  { name: 'decodePrune()', sample: prune, verifies: passes(decodePrune, value => checkPrune(value, ownerKey())) },
  {
    name: 'decodeBeginRecord()',
    sample: begin,
    verifies: passes(decodeBeginRecord, one => checkBegin(one, ownerKey())),
  },
  {
    name: 'readWriterCert()',
    sample: writerCert,
    verifies: passes(decodeWriterCert, cert => checkWriterCert(cert).ok),
  },
]

beforeAll(readyCrypto)

const isCanonical = ({ again }: Decoder, bytes: Uint8Array) => {
  const read = again(bytes)
  return !read.ok || Buffer.compare(read.value, bytes) === 0
}
const bitsOf = (bytes: Uint8Array, step: number) =>
  Array.from({ length: Math.floor((bytes.length * 8) / step) }, (_, at) => step * at)

describe.each(DECODERS)('$name', decoder => {
  const { sample, again, openEnded = 0 } = decoder

  test('reads its own kind', () => {
    const bytes = sample()
    expect(again(bytes)).toEqual({ ok: true, value: bytes })
  })

  test('refuses, or reads back byte for byte, with any bit changed', () => {
    const bytes = sample()
    const bits = bitsOf(bytes, bytes.length > 800 ? 5 : 1)
    expect(bits.filter(bit => !isCanonical(decoder, flip(bytes, bit)))).toEqual([])
  })

  test('refuses a piece and a byte too many', () => {
    const bytes = sample()
    const lengths = Array.from({ length: bytes.length - openEnded }, (_, length) => length)
    expect(lengths.filter(length => again(bytes.subarray(0, length)).ok)).toEqual([])
    expect(again(concat(bytes, filled(1, 0))).ok).toBe(openEnded > 0)
  })

  test('answers for any bytes', () => {
    const head = sample().subarray(0, 8)
    assert(
      property(
        uint8Array({ maxLength: 400 }),
        any => isCanonical(decoder, any) && isCanonical(decoder, concat(head, any)),
      ),
      { numRuns: 300 },
    )
  })
})

describe.each(SIGNED)('$name and its check', ({ sample, verifies }) => {
  test('take what was signed and nothing with a bit changed', () => {
    const bytes = sample()
    expect(verifies(bytes)).toBe(true)
    expect(bitsOf(bytes, 7).filter(bit => verifies(flip(bytes, bit)))).toEqual([])
  })
})
