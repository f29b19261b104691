import { beforeAll, expect, test } from 'vitest'
import { readBackupKey } from '#app/core/backup/backup-key.ts'
import { backupCodeOf, backupSecretOf } from '#crypto/backup-secret.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { wordsOf } from '#crypto/words.ts'
import { fail, ok } from '#schema/result.ts'

const ROOT = new Uint8Array(32).fill(9)
beforeAll(readyCrypto)

test('readBackupKey() takes the words and the code, and both open the same', () => {
  const secret = backupSecretOf(ROOT)
  const code = backupCodeOf(secret)
  expect(readBackupKey(wordsOf(ROOT).join(' '))).toEqual(ok({ secret, code, root: ROOT }))
  expect(readBackupKey(code)).toEqual(ok({ secret, code }))
  expect(readBackupKey(` ${code.toUpperCase().replaceAll('-', ' ')}\n`)).toEqual(ok({ secret, code }))
  expect(readBackupKey(code.replaceAll('-', ''))).toEqual(ok({ secret, code }))
})

test('readBackupKey() says what is wrong with what was meant', () => {
  expect(readBackupKey('')).toEqual(fail({ kind: 'code-length', got: 0, wanted: 56 }))
  expect(readBackupKey('mehm-xvxn')).toEqual(fail({ kind: 'code-length', got: 8, wanted: 56 }))
  expect(readBackupKey('mehm-uuuu')).toEqual(fail({ kind: 'code-letters', wrong: ['u'] }))
  expect(readBackupKey('legal winner thank')).toEqual(fail({ kind: 'count', got: 3 }))
  const misspelt = wordsOf(ROOT).with(2, 'wellkeep').join(' ')
  expect(readBackupKey(misspelt)).toMatchObject({ failure: { kind: 'unknown', wrong: [{ position: 3 }] } })
})
