import { beforeAll, expect, test } from 'vitest'
import { signBegin, signCapability, signOwner, signPrune } from '#crypto/capability.ts'
import { makeDeviceCert, makeWriterCert } from '#crypto/certificate.ts'
import { hash, logIdOf } from '#crypto/hash.ts'
import { signingKeyFromSeed } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ByteWriter } from '#schema/bytes.ts'
import { BlobId, CapabilityId, DeviceId, FrameHash, LogId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeBeginRecord } from '#schema/protocol/begin.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { writeWriterCert } from '#schema/protocol/certificate.ts'
import { encodeGenesis } from '#schema/protocol/genesis.ts'
import { encodeOwner, encodePrune } from '#schema/protocol/owner.ts'
import * as second from '../crypto/second-records.ts'
import { bytesOf, hexOf, kemPublicKeyOf } from '../crypto/second-suite.ts'
import vectors from './records.json' with { type: 'json' }

const given = {
  logId: bytesOf(vectors.input.logId),
  ownerSeed: bytesOf(vectors.input.ownerSeed),
  holderKey: bytesOf(vectors.input.holderKey),
  capabilityId: bytesOf(vectors.input.capabilityId),
  hash: bytesOf(vectors.input.hash),
  idSignSeed: bytesOf(vectors.input.idSignSeed),
  adminSeed: bytesOf(vectors.input.adminSeed),
  deviceSeed: bytesOf(vectors.input.deviceSeed),
  writerKey: bytesOf(vectors.input.writerKey),
  salt: bytesOf(vectors.input.salt),
  kemPublicKey: kemPublicKeyOf(bytesOf(vectors.input.kemSeed)),
}
const LOG = LogId.of(given.logId)
const ownerKey = () => signingKeyFromSeed(given.ownerSeed)

beforeAll(readyCrypto)

test('genesis and log id', () => {
  expect(hexOf(second.genesis(given))).toBe(vectors.genesis)
  expect(hexOf(second.logIdOf(bytesOf(vectors.genesis)))).toBe(vectors.logId)
  const ownerHash = hash(signingKeyFromSeed(given.idSignSeed).publicKey, given.salt)
  const ours = encodeGenesis({ kind: 'home', ownerKey: ownerKey().publicKey, salt: given.salt, ownerHash })
  expect(hexOf(ours)).toBe(vectors.genesis)
  expect(logIdOf(ours)).toBe(vectors.logId)
})

test('capability', () => {
  expect(hexOf(second.capability(given))).toBe(vectors.capability)
  const ours = signCapability(
    {
      id: CapabilityId.of(given.capabilityId),
      logId: LOG,
      holderKey: given.holderKey,
      rights: RIGHTS.read | RIGHTS.append,
      notBefore: instant(1),
      notAfter: instant(2),
      quotaBytes: 1_000_000,
    },
    ownerKey(),
  )
  expect(hexOf(encodeCapability(ours))).toBe(vectors.capability)
})

test('owner record', () => {
  expect(hexOf(second.owner(given))).toBe(vectors.owner)
  const staying = [CapabilityId.of(given.capabilityId)]
  const ours = signOwner({ logId: LOG, number: 1, nextOwnerKey: given.holderKey, staying }, ownerKey())
  expect(hexOf(encodeOwner(ours))).toBe(vectors.owner)
})

test('prune record', () => {
  expect(hexOf(second.prune(given))).toBe(vectors.prune)
  const writer = WriterId.of(given.writerKey)
  const base = { writer, seq: 9, hash: FrameHash.of(given.hash) }
  const ours = signPrune({ logId: LOG, base, covers: [{ writer, seq: 7 }], blobs: [BlobId.of(given.hash)] }, ownerKey())
  expect(hexOf(encodePrune(ours))).toBe(vectors.prune)
})

test('begin record', () => {
  expect(hexOf(second.begin(given))).toBe(vectors.begin)
  const [writer, hashOfFrame] = [WriterId.of(given.writerKey), FrameHash.of(given.hash)]
  const at = (seq: number) => ({ writer, seq, hash: hashOfFrame })
  const ours = signBegin({ logId: LOG, bases: [at(9)], feeds: [at(7)] }, ownerKey())
  expect(hexOf(encodeBeginRecord(ours))).toBe(vectors.begin)
})

test('writer certificate with its chain', () => {
  expect(hexOf(second.writerCert(given))).toBe(vectors.writerCert)
  const [idSign, admin, device] = [given.idSignSeed, given.adminSeed, given.deviceSeed].map(signingKeyFromSeed)
  const { kemPublicKey } = given
  const issuedAt = instant(3)
  const certify = (key: Uint8Array, isAdmin: boolean, issuer = idSign!) =>
    makeDeviceCert({ device: DeviceId.of(key), kemPublicKey, isAdmin, issuedAt }, issuer)
  const chain = [certify(device!.publicKey, false, admin!), certify(admin!.publicKey, true)]
  const writer = new ByteWriter()
  writeWriterCert(writer, makeWriterCert(LOG, given.writerKey, device!, chain))
  expect(hexOf(writer.done())).toBe(vectors.writerCert)
})
