import { beforeAll, describe, expect, test } from 'vitest'
import { openBlob, sealBlob } from '#crypto/blob.ts'
import { commitment, contentKey } from '#crypto/epoch.ts'
import { deriveKey, hash, keyIdOf } from '#crypto/hash.ts'
import { kemKeyFromSeed, rootKeys, sign, signingKeyFromSeed } from '#crypto/keys.ts'
import { pad, paddedLength, unpad } from '#crypto/padding.ts'
import { stretchPassphrase } from '#crypto/passphrase.ts'
import { openFrom, sealTo } from '#crypto/sealed-box.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { verifySignature } from '#crypto/verify.ts'
import { BlobId, LogId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import * as second from '../crypto/second-suite.ts'
import blobs from './blobs.json' with { type: 'json' }
import boxes from './boxes.json' with { type: 'json' }
import keys from './keys.json' with { type: 'json' }
import padding from './padding.json' with { type: 'json' }
import primitives from './primitives.json' with { type: 'json' }

/** The committed vectors: the second implementation makes each again, and ours gives or opens the same bytes. */

const { bytesOf, hexOf, textBytes } = second

beforeAll(readyCrypto)

test.each(primitives.hash)('hash of $parts', ({ parts, hash: wanted }) => {
  expect(hexOf(second.hash(...parts.map(textBytes)))).toBe(wanted)
  expect(hexOf(hash(...parts.map(textBytes)))).toBe(wanted)
})

test.each(primitives.kdf)('key for $label with "$info"', ({ key, label, info, derived }) => {
  expect(hexOf(second.kdf(bytesOf(key), label, bytesOf(info)))).toBe(derived)
  expect(hexOf(deriveKey(bytesOf(key), label, bytesOf(info)))).toBe(derived)
})

test.each(primitives.sign)('signature under "$label"', ({ seed, publicKey, label, message, signature }) => {
  expect(hexOf(second.sign(bytesOf(seed), label, bytesOf(message)))).toBe(signature)
  const key = signingKeyFromSeed(bytesOf(seed))
  expect(hexOf(key.publicKey)).toBe(publicKey)
  expect(hexOf(sign(key, label, bytesOf(message)))).toBe(signature)
  expect(verifySignature(bytesOf(publicKey), label, bytesOf(message), bytesOf(signature))).toBe(true)
})

test.each(primitives.kem)('X-Wing key of $seed', ({ seed, publicKeyHash }) => {
  expect(hexOf(second.hash(second.kemPublicKeyOf(bytesOf(seed))))).toBe(publicKeyHash)
  expect(hexOf(hash(kemKeyFromSeed(bytesOf(seed)).publicKey))).toBe(publicKeyHash)
})

test.each(primitives.stretch)('key of a passphrase', { timeout: 60_000 }, vector => {
  const { passphrase, memoryKiB, passes, key } = vector
  const salt = bytesOf(vector.salt)
  expect(hexOf(second.stretch(passphrase, salt, memoryKiB, passes))).toBe(key)
  expect(hexOf(stretchPassphrase(passphrase, { salt, memoryKiB, passes }))).toBe(key)
})

test.each(primitives.box)('secret sealed for "$context"', ({ key, context, plain, sealed }) => {
  const [keyBytes, plainBytes, sealedBytes] = [bytesOf(key), bytesOf(plain), bytesOf(sealed)]
  expect(hexOf(second.sealBox(keyBytes, context, sealedBytes.slice(0, 24), plainBytes))).toBe(sealed)
  expect(openSecret(keyBytes, context, sealedBytes)).toEqual(ok(plainBytes))
  expect(second.openBox(keyBytes, context, sealSecret(keyBytes, context, plainBytes))).toEqual(plainBytes)
})

test('keys that the recovery secret fixes', () => {
  const { secret, idSign, idKemHash, homeOwner, homeSalt } = keys.root
  const R = bytesOf(secret)
  expect(hexOf(second.publicKeyOf(second.kdf(R, 'id.sign')))).toBe(idSign)
  expect(hexOf(second.hash(second.kemPublicKeyOf(second.kdf(R, 'id.kem'))))).toBe(idKemHash)
  expect(hexOf(second.publicKeyOf(second.kdf(R, 'home.owner')))).toBe(homeOwner)
  expect(hexOf(second.kdf(R, 'home.salt').slice(0, 16))).toBe(homeSalt)
  const ours = rootKeys(R)
  expect(hexOf(ours.idSign.publicKey)).toBe(idSign)
  expect(hexOf(hash(ours.idKem.publicKey))).toBe(idKemHash)
  expect(hexOf(ours.homeOwner.publicKey)).toBe(homeOwner)
  expect(hexOf(ours.homeSalt)).toBe(homeSalt)
})

test('keys of an epoch', () => {
  const { secret, logId, keyId, contentKey: sealKey, commitment: committed } = keys.epoch
  const [E, log] = [bytesOf(secret), bytesOf(logId)]
  expect(hexOf(second.keyIdOf(E))).toBe(keyId)
  expect(hexOf(second.kdf(E, 'seal', log))).toBe(sealKey)
  expect(hexOf(second.kdf(E, 'commit', log))).toBe(committed)
  expect(keyIdOf(E)).toBe(keyId)
  expect(hexOf(contentKey(E, LogId.of(log)))).toBe(sealKey)
  expect(hexOf(commitment(E, LogId.of(log)))).toBe(committed)
})

test.each(padding)('$plainBytes bytes are padded to $paddedBytes', ({ plainBytes, paddedBytes }) => {
  const plain = new Uint8Array(plainBytes).fill(7)
  expect(paddedLength(plainBytes)).toBe(paddedBytes)
  expect(Buffer.compare(second.pad(plain), pad(plain))).toBe(0)
  const opened = unpad(pad(plain))
  expect(opened.ok && Buffer.compare(opened.value, plain)).toBe(0)
})

test.each(boxes)('box labelled $label', vector => {
  const { label, box } = vector
  const [seed, plain] = [bytesOf(vector.seed), bytesOf(vector.plain)]
  const key = kemKeyFromSeed(seed)
  const fixed = { kemSeed: bytesOf(vector.kemSeed), nonce: bytesOf(vector.nonce) }
  expect(hexOf(second.sealTo(key.publicKey, label, plain, fixed))).toBe(box)
  expect(openFrom(key, label, bytesOf(box))).toEqual(ok(plain))
  expect(second.openFrom(seed, label, sealTo(key.publicKey, label, plain))).toEqual(plain)
})

describe.each(blobs)('blob of $plainBytes bytes', vector => {
  const plain = Uint8Array.from({ length: vector.plainBytes }, (_, at) => at % 251)
  const [logId, key] = [bytesOf(vector.logId), bytesOf(vector.key)]
  const ciphertext = second.sealBlob(plain, logId, key, bytesOf(vector.nonce))

  test('is made again and opens', async () => {
    expect(hexOf(second.hash(ciphertext))).toBe(vector.blobId)
    expect(ciphertext.length).toBe(vector.ciphertextBytes)
    const blob = { blobId: BlobId.of(bytesOf(vector.blobId)), key, ciphertext }
    const opened = await openBlob(blob, LogId.of(logId))
    expect(opened.ok && Buffer.compare(opened.value, plain)).toBe(0)
  })

  test('as we seal it opens there', async () => {
    const sealed = await sealBlob(plain, LogId.of(logId))
    expect(Buffer.compare(second.openBlob(sealed.ciphertext, logId, sealed.key), plain)).toBe(0)
  })
})
