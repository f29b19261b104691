import { beforeAll, expect, test } from 'vitest'
import { signCapability, signOwner, signPrune } from '#crypto/capability.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { checkCapability, checkOwner, checkPrune } from '#crypto/verify.ts'
import { BlobId, CapabilityId, FrameHash, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER, RIGHTS } from '#schema/protocol/capability.ts'
import { filled, flip, logOf } from './places.ts'

const writer = WriterId.of(filled(32, 1))
const capabilityBody = {
  id: CapabilityId.of(filled(16, 1)),
  logId: logOf(1),
  holderKey: filled(32, 2),
  rights: RIGHTS.read,
  notBefore: instant(0),
  notAfter: NEVER,
  quotaBytes: 10,
}
const ownerBody = { logId: logOf(1), number: 1, nextOwnerKey: filled(32, 3), staying: [capabilityBody.id] }
const pruneBody = {
  logId: logOf(1),
  base: { writer, seq: 5, hash: FrameHash.of(filled(32, 4)) },
  covers: [{ writer, seq: 4 }],
  blobs: [BlobId.of(filled(32, 5))],
}

beforeAll(readyCrypto)

test('checkCapability() knows the owner’s signature and every field it covers', () => {
  const [owner, other] = [makeSigningKey(), makeSigningKey()]
  const signed = signCapability(capabilityBody, owner)
  expect(checkCapability(signed, owner.publicKey)).toBe(true)
  expect(checkCapability(signed, other.publicKey)).toBe(false)
  const changes = [
    { id: CapabilityId.of(filled(16, 9)) },
    { logId: logOf(2) },
    { holderKey: filled(32, 9) },
    { rights: RIGHTS.read | RIGHTS.append },
    { notBefore: instant(1) },
    { notAfter: instant(1) },
    { quotaBytes: 11 },
    { signature: flip(signed.signature, 7) },
  ]
  for (const change of changes) expect(checkCapability({ ...signed, ...change }, owner.publicKey)).toBe(false)
})

test('checkOwner() knows the owner’s signature and every field it covers', () => {
  const owner = makeSigningKey()
  const signed = signOwner(ownerBody, owner)
  expect(checkOwner(signed, owner.publicKey)).toBe(true)
  expect(checkOwner(signed, makeSigningKey().publicKey)).toBe(false)
  for (const change of [{ logId: logOf(2) }, { number: 2 }, { nextOwnerKey: filled(32, 9) }, { staying: [] }])
    expect(checkOwner({ ...signed, ...change }, owner.publicKey)).toBe(false)
})

test('checkPrune() knows the owner’s signature and every field it covers', () => {
  const owner = makeSigningKey()
  const signed = signPrune(pruneBody, owner)
  expect(checkPrune(signed, owner.publicKey)).toBe(true)
  expect(checkPrune(signed, makeSigningKey().publicKey)).toBe(false)
  for (const change of [
    { logId: logOf(2) },
    { base: { ...pruneBody.base, seq: 6 } },
    { covers: [{ writer, seq: 9 }] },
    { blobs: [] },
  ])
    expect(checkPrune({ ...signed, ...change }, owner.publicKey)).toBe(false)
})

test('a signature for one kind of record does not count for another', () => {
  const owner = makeSigningKey()
  const { signature } = signPrune(pruneBody, owner)
  expect(checkOwner({ ...ownerBody, signature }, owner.publicKey)).toBe(false)
  expect(checkCapability({ ...capabilityBody, signature }, owner.publicKey)).toBe(false)
})
