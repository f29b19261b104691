import { assert, constantFrom, integer, pre, property, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { backupCodeOf, backupSecretOf, secretOfBackupCode } from '#crypto/backup-secret.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { filled } from './places.ts'

const secrets = uint8Array({ minLength: 32, maxLength: 32 })
beforeAll(readyCrypto)

test('secretOfBackupCode() reads back every secret', () => {
  assert(
    property(secrets, secret => {
      const code = backupCodeOf(secret)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){13}[0-9a-hjkmnp-tv-z]{4}$/)
      expect(secretOfBackupCode(code)).toEqual(ok(secret))
    }),
  )
})

test('secretOfBackupCode() does not mind capitals, spaces, line breaks, other hyphens, and o, i, l for 0 and 1', () => {
  const code = backupCodeOf(filled(32, 0x08))
  const typed = code.toUpperCase().replaceAll('-', ' \u2013\n').replaceAll('0', 'o').replaceAll('1', 'l')
  expect(typed).not.toBe(code)
  expect(secretOfBackupCode(typed)).toEqual(ok(filled(32, 0x08)))
})

test('secretOfBackupCode() says how many letters it got, and which stand in no code', () => {
  const code = backupCodeOf(filled(32, 7))
  expect(secretOfBackupCode('')).toEqual(fail({ kind: 'length', got: 0, wanted: 56 }))
  expect(secretOfBackupCode(code.slice(0, -1))).toEqual(fail({ kind: 'length', got: 55, wanted: 56 }))
  expect(secretOfBackupCode(`u${code.slice(1)}`)).toEqual(fail({ kind: 'letters', wrong: ['u'] }))
  expect(secretOfBackupCode('ü?ü')).toEqual(fail({ kind: 'letters', wrong: ['ü', '?'] }))
})

test('secretOfBackupCode() finds a wrong letter, and two that changed places', () => {
  const code = backupCodeOf(backupSecretOf(filled(32, 3)))
  const letters = '0123456789abcdefghjkmnpqrstvwxyz'.split('')
  assert(
    property(integer({ min: 0, max: code.length - 1 }), constantFrom(...letters), (at, letter) => {
      pre(code[at] !== letter && code[at] !== '-')
      const other = code.slice(0, at) + letter + code.slice(at + 1)
      expect(secretOfBackupCode(other)).toEqual(fail({ kind: 'checksum' }))
    }),
  )
  const at = letters.findIndex(
    (_, index) => code[index] !== '-' && code[index + 1] !== '-' && code[index] !== code[index + 1],
  )
  const swapped = code.slice(0, at) + code[at + 1]! + code[at]! + code.slice(at + 2)
  expect(secretOfBackupCode(swapped)).toEqual(fail({ kind: 'checksum' }))
})

test('backupCodeOf() throws for a secret of another length', () => {
  expect(() => backupCodeOf(filled(31, 1))).toThrow('got 31 bytes')
})
