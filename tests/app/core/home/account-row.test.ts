import { beforeAll, expect, test } from 'vitest'
import { type AccountRow, accountWrite, openAccountRow } from '#app/core/home/account-row.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { PrincipalId } from '#schema/ids.ts'

beforeAll(readyCrypto)

function row(): AccountRow {
  const secret = randomBytes(32)
  return {
    isSample: false,
    seeds: { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) },
    principal: PrincipalId.of(randomBytes(32)),
    chain: [],
    homeGenesis: randomBytes(82),
    homeKeys: [{ keyId: keyIdOf(secret), secret }],
  }
}

test('openAccountRow() opens what accountWrite() sealed, with the same key only', () => {
  const key = randomBytes(32)
  const made = row()
  const write = accountWrite(key, made)
  if (!('value' in write)) throw new Error('Nothing was written')
  expect(openAccountRow(key, write.value)).toEqual({ ok: true, value: made })
  expect(openAccountRow(randomBytes(32), write.value)).toEqual({ ok: false, failure: 'damaged' })
  expect(openAccountRow(key, undefined)).toEqual({ ok: false, failure: 'damaged' })
  write.value[40]! ^= 1
  expect(openAccountRow(key, write.value)).toEqual({ ok: false, failure: 'damaged' })
})
