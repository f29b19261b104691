import { beforeAll, expect, test } from 'vitest'
import { makeVaultKey, replacePassphrase, unwrapWithPassphrase, wrapWithPassphrase } from '#app/core/vault/vault-key.ts'
import { decodeVaultHeader, encodeVaultHeader } from '#app/core/vault/vault-header.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

test('decodeVaultHeader() gives back what was encoded, with kinds of wrap it does not know', () => {
  const wrap = { kind: 3, parameters: randomBytes(5), check: randomBytes(16), wrapped: randomBytes(72) }
  const header = { isSample: true, wraps: [wrap] }
  expect(decodeVaultHeader(encodeVaultHeader(header))).toEqual({ ok: true, value: header })
})

test('decodeVaultHeader() calls every flipped bit and every cut damaged', () => {
  const bytes = encodeVaultHeader({
    isSample: false,
    wraps: [{ kind: 1, parameters: randomBytes(3), check: randomBytes(16), wrapped: randomBytes(8) }],
  })
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice()
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expect(decodeVaultHeader(flipped)).toEqual({ ok: false, failure: 'damaged' })
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(decodeVaultHeader(bytes.subarray(0, length)).ok).toBe(false)
  }
})

test('unwrapWithPassphrase() tells a wrong passphrase from a damaged wrap, and a new passphrase opens the same key', () => {
  const vaultKey = makeVaultKey()
  const header = { isSample: false, wraps: [wrapWithPassphrase(vaultKey, 'correct horse')] }
  expect(unwrapWithPassphrase(header, 'correct horse')).toEqual({ ok: true, value: vaultKey })
  expect(unwrapWithPassphrase(header, 'correct hose')).toEqual({ ok: false, failure: 'wrong-passphrase' })
  const damaged = { ...header, wraps: [{ ...header.wraps[0]!, wrapped: randomBytes(72) }] }
  expect(unwrapWithPassphrase(damaged, 'correct horse')).toEqual({ ok: false, failure: 'damaged' })
  const changed = replacePassphrase(header, vaultKey, 'battery staple')
  expect(unwrapWithPassphrase(changed, 'battery staple')).toEqual({ ok: true, value: vaultKey })
  expect(unwrapWithPassphrase(changed, 'correct horse')).toEqual({ ok: false, failure: 'wrong-passphrase' })
})
