import { beforeAll, describe, expect, test } from 'vitest'
import { contentKey } from '#crypto/epoch.ts'
import { openEnvelope } from '#crypto/envelope.ts'
import { openControlFrame, openFrame, sealFrame, splitControlBody } from '#crypto/frame.ts'
import { verifyFrame } from '#crypto/verify.ts'
import { frameHash, keyIdOf } from '#crypto/hash.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { FrameHash, LogId } from '#schema/ids.ts'
import { decodeFrame, decodeFrameHeader } from '#schema/protocol/frame.ts'
import { ok } from '#schema/result.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './frames.json' with { type: 'json' }

const { bytesOf, hexOf } = second
const [logId, epochSecret, writerSeed] = [vectors.logId, vectors.epochSecret, vectors.writerSeed].map(bytesOf)
const LOG = LogId.of(logId!)

beforeAll(readyCrypto)

function envelopeAgain(): Uint8Array {
  const { seed, envelopeSeed, envelopeNonce } = vectors.reader
  const label = second.envelopeLabel(logId!, second.keyIdOf(epochSecret!))
  const fixed = { kemSeed: bytesOf(envelopeSeed), nonce: bytesOf(envelopeNonce) }
  return second.sealTo(second.kemPublicKeyOf(bytesOf(seed)), label, epochSecret!, fixed)
}

describe.each(vectors.frames)('frame $seq of kind $kind', vector => {
  const bytes = bytesOf(vector.bytes)

  test('is made again by the second implementation', () => {
    const again = second.sealFrame({
      kind: vector.kind,
      logId: logId!,
      writerSeed: writerSeed!,
      seq: vector.seq,
      prev: bytesOf(vector.prev),
      epochSecret: epochSecret!,
      nonce: bytesOf(vector.nonce),
      plain: bytesOf(vector.plain),
      ...(vector.kind === 3 ? { envelopes: [envelopeAgain()] } : {}),
    })
    expect(hexOf(again)).toBe(vector.bytes)
  })

  test('has its header read alone as with all its parts, and is refused alike when cut or flipped', () => {
    const flipped = Array.from(bytes, (byte, at) => bytes.with(at, byte ^ 0x40))
    const cut = Array.from(bytes, (_, length) => bytes.slice(0, length))
    const tried = [bytes, new Uint8Array([...bytes, 0]), ...flipped, ...cut]
    const wholly = tried.map(each => decodeFrame(each)).map(parts => (parts.ok ? ok(parts.value.header) : parts))
    expect(tried.map(decodeFrameHeader)).toEqual(wholly)
    expect(wholly[0]!.ok).toBe(true)
  })

  test('verifies and opens', () => {
    const parts = decodeFrame(bytes)
    if (!parts.ok) throw new Error(parts.failure)
    const { header } = parts.value
    expect([header.logId, header.seq, header.prev]).toEqual([vectors.logId, vector.seq, vector.prev])
    expect(frameHash(bytes)).toBe(vector.hash)
    expect(verifyFrame(parts.value, bytes)).toBe(true)
    const open = header.kind === 'control' ? openControlFrame : openFrame
    expect(open(parts.value, contentKey(epochSecret!, LOG))).toEqual(ok(bytesOf(vector.plain)))
  })
})

test('the control frame gives its reader the secret', () => {
  const parts = decodeFrame(bytesOf(vectors.frames[0]!.bytes))
  const body = parts.ok ? splitControlBody(parts.value.body) : parts
  if (!body.ok) throw new Error(body.failure)
  const reader = kemKeyFromSeed(bytesOf(vectors.reader.seed))
  expect(openEnvelope(body.value.envelopes, reader, LOG, keyIdOf(epochSecret!))).toEqual(ok(epochSecret))
})

test('a frame of ours opens in the second implementation', () => {
  const { bytes } = sealFrame({
    kind: 'ops',
    logId: LOG,
    seq: 7,
    prev: FrameHash.of(bytesOf(vectors.frames[0]!.hash)),
    keyId: keyIdOf(epochSecret!),
    writer: signingKeyFromSeed(writerSeed!),
    contentKey: contentKey(epochSecret!, LOG),
    plain: bytesOf('0102038000'),
  })
  expect(hexOf(second.openFrame(bytes, epochSecret!))).toBe('0102038000')
})
