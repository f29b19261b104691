import { beforeAll, expect, test, vi } from 'vitest'
import { makeEpochKey } from '#app/core/home/create-account.ts'
import { putEpoch } from '#app/core/home/keyring-document.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

beforeAll(readyCrypto)

const broken = new Error('Broken off')

test('Account brings keys of the keyring to their logs also where bringing them broke off once', async () => {
  const { account, end } = await startAccount()
  const { home, sections } = account.logs
  const problems = sections.get('problems')!
  const key = makeEpochKey()
  const taken = vi.spyOn(problems, 'addKeys').mockRejectedValueOnce(broken)
  const unheard = await unheardDuring(async () => {
    expect(await home.changeKeyring(doc => putEpoch(doc, problems.id, key))).toEqual(ok(undefined))
    await account.keysTaken()
  })
  expect(unheard).toEqual([broken])
  expect(taken.mock.calls).toEqual([[[key]], [[key]]])
  await end()
})

test('Account tells who asked that reading the keyring broke off, and whoever comes next is not stopped by it', async () => {
  const { account, end } = await startAccount()
  const reading = vi.spyOn(account.logs.home, 'keyring').mockRejectedValue(broken)
  await expect(account.refreshed()).rejects.toBe(broken)
  await expect(account.keysTaken()).rejects.toBe(broken)
  const storing = account.adopt(account.logs.home.log, async () => Promise.reject(broken))
  await expect(storing).rejects.toBe(broken)
  reading.mockRestore()
  expect(await account.forget(account.logs.home.log.id)).toEqual(ok(undefined))
  await account.keysTaken()
  await account.refreshed()
  await end()
})
