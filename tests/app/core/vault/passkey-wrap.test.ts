import { assert, property, string, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  decodePasskeyParams,
  encodePasskeyParams,
  passkeyLabel,
  passkeyWraps,
  unwrapWithPasskey,
  withoutPasskey,
  wrapWithPasskey,
} from '#app/core/vault/passkey-wrap.ts'
import { decodeVaultHeader, encodeVaultHeader, type KeyWrap, type VaultHeader } from '#app/core/vault/vault-header.ts'
import { makeVaultKey, replacePassphrase, unwrapWithPassphrase, wrapWithPassphrase } from '#app/core/vault/vault-key.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { openSecret } from '#crypto/vault-box.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { flip } from '../../../crypto/places.ts'
import { bytesOf, hexOf, kdf, sealBox } from '../../../crypto/second-suite.ts'

beforeAll(readyCrypto)

const bytes32 = () => uint8Array({ minLength: 32, maxLength: 32 })
const addedAt = instant(Date.UTC(2026, 10, 27))
const passkey = (output = randomBytes(32), credentialId = randomBytes(20)) => ({
  output,
  credentialId,
  salt: randomBytes(32),
  name: 'Blue key',
  addedAt,
})
const headerOf = (...wraps: readonly KeyWrap[]): VaultHeader => ({ isSample: false, wraps })
const WRONG = fail('wrong-passkey')

test('a passkey opens the vault key with the output that it gave then, by its own id only', () => {
  assert(
    property(bytes32(), bytes32(), uint8Array({ minLength: 1, maxLength: 1023 }), string(), (key, output, id, name) => {
      const credentialId = new Uint8Array(id)
      const vaultKey = new Uint8Array(key)
      const made = { ...passkey(new Uint8Array(output), credentialId), name }
      const header = headerOf(wrapWithPasskey(vaultKey, made))
      expect(decodeVaultHeader(encodeVaultHeader(header))).toEqual(ok(header))
      expect(unwrapWithPasskey(header, made)).toEqual(ok(vaultKey))
      expect(unwrapWithPasskey(header, { ...made, output: flip(made.output, 3) })).toEqual(WRONG)
      expect(unwrapWithPasskey(header, { ...made, credentialId: flip(credentialId, 3) })).toEqual(WRONG)
      expect(passkeyLabel(vaultKey, passkeyWraps(header)[0]!.params)).toEqual({ name: name.slice(0, 60), addedAt })
    }),
    { numRuns: 50 },
  )
})

test('whatever bit of a passkey’s wrap is changed, it gives no key, and the passphrase opens the vault all the same', () => {
  const vaultKey = makeVaultKey()
  const made = passkey()
  const wrap = wrapWithPasskey(vaultKey, made)
  const byPassphrase = wrapWithPassphrase(vaultKey, 'correct horse')
  for (const field of ['check', 'wrapped'] as const) {
    for (let bit = 0; bit < wrap[field].length * 8; bit++) {
      const header = headerOf({ ...wrap, [field]: flip(wrap[field], bit) })
      expect(unwrapWithPasskey(header, made)).toEqual(fail(field === 'check' ? 'wrong-passkey' : 'damaged'))
    }
  }
  for (let length = 0; length < wrap.parameters.length; length++) {
    const header = headerOf({ ...wrap, parameters: wrap.parameters.slice(0, length) })
    expect(unwrapWithPasskey(header, made)).toEqual(WRONG)
    expect(passkeyWraps(header)).toEqual([])
  }
  expect(unwrapWithPasskey(headerOf(wrap), { ...made, output: randomBytes(31) })).toEqual(WRONG)
  const damaged = headerOf(byPassphrase, { ...wrap, parameters: randomBytes(40), wrapped: randomBytes(72) })
  expect(unwrapWithPassphrase(damaged, 'correct horse')).toEqual(ok(vaultKey))
})

test('decodePasskeyParams() answers whatever stands there', () => {
  assert(
    property(uint8Array({ maxLength: 200 }), bytes => {
      expect(decodePasskeyParams(bytes)).toHaveProperty('ok')
    }),
  )
  const params = { salt: randomBytes(32), credentialId: randomBytes(1023), label: randomBytes(60) }
  expect(decodePasskeyParams(encodePasskeyParams(params))).toEqual(ok(params))
  expect(decodePasskeyParams(encodePasskeyParams({ ...params, credentialId: new Uint8Array(0) })).ok).toBe(false)
})

test('a new passphrase leaves every passkey, and one passkey goes alone', () => {
  const vaultKey = makeVaultKey()
  const [phone, key] = [passkey(), passkey()]
  const wraps = [phone, key].map(each => wrapWithPasskey(vaultKey, each))
  const header = headerOf(wrapWithPassphrase(vaultKey, 'correct horse'), ...wraps)
  const changed = replacePassphrase(header, vaultKey, 'battery staple')
  expect(unwrapWithPasskey(changed, phone)).toEqual(ok(vaultKey))
  const less = withoutPasskey(changed, phone.credentialId)
  expect(unwrapWithPasskey(less, phone)).toEqual(WRONG)
  expect(unwrapWithPasskey(less, key)).toEqual(ok(vaultKey))
  expect(unwrapWithPassphrase(less, 'battery staple')).toEqual(ok(vaultKey))
})

test('the header says neither a passkey’s name nor its day', () => {
  const wrap = wrapWithPasskey(makeVaultKey(), passkey())
  expect(Buffer.from(encodeVaultHeader(headerOf(wrap))).includes('Blue')).toBe(false)
})

test('a second implementation derives the same check and opens the same wrap', () => {
  const vaultKey = makeVaultKey()
  const made = passkey()
  const wrap = wrapWithPasskey(vaultKey, made)
  const check = kdf(made.output, 'vault.passkey.check', made.credentialId)
  expect(hexOf(wrap.check)).toBe(hexOf(check.subarray(0, 16)))
  const key = bytesOf(hexOf(kdf(made.output, 'vault.passkey.wrap', made.credentialId)))
  expect(openSecret(key, 'vault key', wrap.wrapped)).toEqual(ok(vaultKey))
  expect(hexOf(sealBox(key, 'vault key', wrap.wrapped.slice(0, 24), vaultKey))).toBe(hexOf(wrap.wrapped))
})
