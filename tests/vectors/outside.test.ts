import { ed25519 } from '@noble/curves/ed25519.js'
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js'
import sodium from 'libsodium-wrappers'
import { beforeAll, expect, test } from 'vitest'
import { openAead, sealAead } from '#crypto/aead.ts'
import { kemKeyFromSeed, signingKeyFromSeed } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { rootOfWords, wordsOf } from '#crypto/words.ts'
import { ok } from '#schema/result.ts'
import { bytesOf, hexOf, textBytes } from '../crypto/second-suite.ts'
import vectors from './outside.json' with { type: 'json' }

/** Answers that other people published: they hold both our suite and its second implementation to the standards. */

beforeAll(readyCrypto)

test('Ed25519 as in RFC 8032, in both implementations', () => {
  const { seed, publicKey, message, signature } = vectors.ed25519
  const key = signingKeyFromSeed(bytesOf(seed))
  expect(hexOf(key.publicKey)).toBe(publicKey)
  expect(hexOf(sodium.crypto_sign_detached(bytesOf(message), key.secretKey))).toBe(signature)
  expect(hexOf(ed25519.sign(bytesOf(message), bytesOf(seed)))).toBe(signature)
})

test('XChaCha20-Poly1305 as in its draft', () => {
  const { key, nonce, context, plain, sealed } = vectors.xchacha20poly1305
  const [keyBytes, nonceBytes, contextBytes] = [bytesOf(key), bytesOf(nonce), bytesOf(context)]
  expect(hexOf(sealAead(keyBytes, nonceBytes, textBytes(plain), contextBytes))).toBe(sealed)
  expect(openAead(keyBytes, nonceBytes, bytesOf(sealed), contextBytes)).toEqual(textBytes(plain))
})

test('X-Wing as in its draft, in both implementations and across them', () => {
  const { seed, publicKeyStart, encapsulationSeed, sharedSecret } = vectors.xwing
  const key = kemKeyFromSeed(bytesOf(seed))
  expect(hexOf(key.publicKey)).toMatch(new RegExp(`^${publicKeyStart}`))
  expect(key.publicKey).toEqual(xwing.keygen(bytesOf(seed)).publicKey)

  const ours = sodium.crypto_kem_xwing_enc_deterministic(key.publicKey, bytesOf(encapsulationSeed))
  const theirs = xwing.encapsulate(key.publicKey, bytesOf(encapsulationSeed))
  expect(hexOf(ours.sharedSecret)).toBe(sharedSecret)
  expect(ours.ciphertext).toEqual(theirs.cipherText)
  expect(hexOf(xwing.decapsulate(ours.ciphertext, bytesOf(seed)))).toBe(sharedSecret)
  expect(hexOf(sodium.crypto_kem_xwing_dec(theirs.cipherText, key.secretKey))).toBe(sharedSecret)
})

test.each(vectors.bip39)('BIP39 words of $entropy', ({ entropy, words }) => {
  expect(wordsOf(bytesOf(entropy)).join(' ')).toBe(words)
  expect(rootOfWords(words)).toEqual(ok(bytesOf(entropy)))
})
