import { beforeAll, expect, test } from 'vitest'
import { makeKemKey, makeSigningKey, rootKeys, sign, signingKeyFromSeed } from '#crypto/keys.ts'
import { equalSecrets, randomBytes, readyCrypto, wipe } from '#crypto/sodium.ts'
import { readyVerify, verifySignature } from '#crypto/verify.ts'
import { filled, flip } from './places.ts'

beforeAll(readyCrypto)

test('verifySignature() knows its key, label and bytes only', () => {
  const key = makeSigningKey()
  const bytes = filled(50, 1)
  const signature = sign(key, 'wk/1/a', bytes)
  expect(verifySignature(key.publicKey, 'wk/1/a', bytes, signature)).toBe(true)
  expect(verifySignature(key.publicKey, 'wk/1/b', bytes, signature)).toBe(false)
  expect(verifySignature(makeSigningKey().publicKey, 'wk/1/a', bytes, signature)).toBe(false)
  expect(verifySignature(key.publicKey, 'wk/1/a', flip(bytes, 3), signature)).toBe(false)
  for (let bit = 0; bit < 512; bit += 5)
    expect(verifySignature(key.publicKey, 'wk/1/a', bytes, flip(signature, bit)), `bit ${bit}`).toBe(false)
})

test('verifySignature() is false for sizes that no key or signature has, and for keys of small order', () => {
  const key = makeSigningKey()
  const signature = sign(key, 'x', filled(1, 1))
  expect(verifySignature(key.publicKey.subarray(1), 'x', filled(1, 1), signature)).toBe(false)
  expect(verifySignature(key.publicKey, 'x', filled(1, 1), signature.subarray(1))).toBe(false)
  expect(verifySignature(filled(0, 0), 'x', filled(1, 1), filled(0, 0))).toBe(false)
  expect(verifySignature(filled(32, 0), 'x', filled(1, 1), filled(64, 0))).toBe(false)
})

test('readyVerify() is enough for verifying', async () => {
  await expect(readyVerify()).resolves.toBeUndefined()
})

test('rootKeys() are four different things, the same each time', () => {
  const root = rootKeys(filled(32, 1))
  expect(rootKeys(filled(32, 1))).toEqual(root)
  expect(root.idSign.publicKey).not.toEqual(root.homeOwner.publicKey)
  expect(root.homeSalt.length).toBe(16)
  expect(rootKeys(filled(32, 2)).idKem.publicKey).not.toEqual(root.idKem.publicKey)
})

test('made keys differ and have their sizes', () => {
  expect(makeSigningKey().secretKey).not.toEqual(makeSigningKey().secretKey)
  const [one, other] = [makeKemKey(), makeKemKey()]
  expect(one.publicKey).not.toEqual(other.publicKey)
  expect([one.publicKey.length, one.secretKey.length]).toEqual([1216, 32])
  expect(signingKeyFromSeed(filled(32, 1)).secretKey.length).toBe(64)
})

test('equalSecrets() compares content and length', () => {
  expect(equalSecrets(filled(5, 1), filled(5, 1))).toBe(true)
  expect(equalSecrets(filled(5, 1), filled(5, 2))).toBe(false)
  expect(equalSecrets(filled(5, 1), filled(6, 1))).toBe(false)
  expect(equalSecrets(filled(0, 1), filled(0, 1))).toBe(true)
})

test('wipe() leaves zeros', () => {
  const secret = randomBytes(40)
  wipe(secret)
  expect(secret).toEqual(filled(40, 0))
})
