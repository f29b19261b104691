import { assert, property, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  decodePassphraseParams,
  encodePassphraseParams,
  makePassphraseParams,
  stretchPassphrase,
} from '#crypto/passphrase.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { concat } from '#schema/bytes.ts'
import { fail, ok } from '#schema/result.ts'
import { filled } from './places.ts'

beforeAll(readyCrypto)

test('stretchPassphrase() gives one key however the accents were composed, and another for other salt', () => {
  const params = makePassphraseParams()
  const key = stretchPassphrase('Am\u00e9lie \ufb01ve', params)
  expect(key.length).toBe(32)
  expect(stretchPassphrase('Ame\u0301lie five', params)).toEqual(key)
  expect(stretchPassphrase('Am\u00e9lie \ufb01ve', makePassphraseParams())).not.toEqual(key)
})

test('makePassphraseParams() asks for 64 MiB and three passes', () => {
  expect(makePassphraseParams()).toMatchObject({ memoryKiB: 65_536, passes: 3 })
})

test.each([
  ['less memory', { memoryKiB: 65_535 }],
  ['fewer passes', { passes: 2 }],
  ['absurd memory', { memoryKiB: 2 ** 31 }],
  ['absurd passes', { passes: 1000 }],
  ['a short salt', { salt: filled(8, 1) }],
])('stretchPassphrase() refuses %s', (_, change) => {
  expect(() => stretchPassphrase('x', { ...makePassphraseParams(), ...change })).toThrow(RangeError)
})

test('decodePassphraseParams() reads back what was encoded', () => {
  const params = makePassphraseParams()
  expect(decodePassphraseParams(encodePassphraseParams(params))).toEqual(ok(params))
})

test('decodePassphraseParams() refuses parameters that would weaken or hang', () => {
  const weak = { ...makePassphraseParams(), memoryKiB: 8 }
  const heavy = { ...makePassphraseParams(), passes: 2 ** 20 }
  for (const params of [weak, heavy])
    expect(decodePassphraseParams(encodePassphraseParams(params))).toEqual(fail('bad-value'))
})

test('decodePassphraseParams() answers for any bytes', () => {
  const bytes = encodePassphraseParams(makePassphraseParams())
  for (let length = 0; length < bytes.length; length++)
    expect(decodePassphraseParams(bytes.subarray(0, length))).toEqual(fail('truncated'))
  expect(decodePassphraseParams(concat(bytes, filled(1, 0)))).toEqual(fail('trailing-bytes'))
  expect(decodePassphraseParams(bytes.with(0, 2))).toEqual(fail('unknown-version'))
  assert(property(uint8Array({ maxLength: 40 }), any => void decodePassphraseParams(any)))
})
