import { beforeAll, expect, test } from 'vitest'
import { makeSigningKey } from '#crypto/keys.ts'
import { pairingDigits, safetyNumber } from '#crypto/safety-number.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { filled } from './places.ts'

beforeAll(readyCrypto)

test('pairingDigits() are six digits that depend on the whole transcript', () => {
  const transcript = randomBytes(5000)
  expect(pairingDigits(transcript)).toMatch(/^\d{6}$/)
  expect(pairingDigits(transcript)).toBe(pairingDigits(transcript.slice()))
  const seen = new Set(Array.from({ length: 200 }, (_, byte) => pairingDigits(filled(40, byte))))
  expect(seen.size).toBeGreaterThan(190)
})

test('safetyNumber() is the same for both people and another with another key', () => {
  const [mine, yours, other] = [makeSigningKey(), makeSigningKey(), makeSigningKey()].map(key => key.publicKey)
  const number = safetyNumber(mine!, yours!)
  expect(number.digits).toMatch(/^\d{60}$/)
  expect(number.words.length).toBe(18)
  expect(safetyNumber(yours!, mine!)).toEqual(number)
  expect(safetyNumber(mine!, other!).digits).not.toBe(number.digits)
  expect(safetyNumber(mine!, other!).words).not.toEqual(number.words)
})
