import sodium from 'libsodium-wrappers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { selfTest } from '#crypto/self-test.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { readyVerify } from '#crypto/verify.ts'

beforeAll(readyCrypto)
afterEach(() => void vi.restoreAllMocks())

test('selfTest() is content with libsodium and WebCrypto as they are', async () => {
  await expect(selfTest()).resolves.toBeUndefined()
})

test.each([
  ['crypto_generichash', 'BLAKE2b'],
  ['crypto_aead_xchacha20poly1305_ietf_encrypt', 'XChaCha20-Poly1305'],
  ['crypto_aead_xchacha20poly1305_ietf_decrypt', 'XChaCha20-Poly1305'],
  ['crypto_sign_detached', 'Ed25519'],
  ['crypto_kem_xwing_dec', 'X-Wing'],
  ['crypto_pwhash', 'Argon2id'],
] as const)('selfTest() stops when %s answers wrongly', async (name, said) => {
  vi.spyOn(sodium, name).mockImplementation((): never => new Uint8Array(32) as never)
  await expect(selfTest()).rejects.toThrow(said)
})

test('selfTest() stops when WebCrypto or the random generator answers wrongly', async () => {
  vi.spyOn(crypto.subtle, 'encrypt').mockResolvedValue(new ArrayBuffer(19))
  await expect(selfTest()).rejects.toThrow('AES-256-GCM')
  vi.restoreAllMocks()
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(array => array)
  await expect(selfTest()).rejects.toThrow('random generator')
})

test.each([true, false])('readyVerify() stops when every signature gets the verdict %s', async verdict => {
  vi.spyOn(sodium, 'crypto_sign_verify_detached').mockReturnValue(verdict)
  await expect(readyVerify()).rejects.toThrow('Ed25519')
})
