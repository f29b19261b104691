import { beforeAll, expect, test } from 'vitest'
import { beginRotation, type RotationDeps, runRotation } from '#app/core/devices/rotation.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('runRotation() does nothing for a rotation that the document says and the disk then refuses', async () => {
  const { account, clock, store, end } = await startAccount()
  const { home } = account.logs
  const deps: RotationDeps = {
    me: account.deviceId,
    home,
    sections: () => account.sectionLogs(),
    client: account.client,
    clock,
    settle: async () => ok(undefined),
    levelHome: async () => ok(0),
    saveHomeKey: key => account.saveHomeKey(key),
    progress: () => undefined,
  }
  const before = home.log.currentKeyId()
  const commit = store.commit.bind(store)
  const refused = Promise.withResolvers<void>()
  store.commit = async () => {
    store.commit = commit
    await refused.promise
    return fail('quota')
  }
  const begun = beginRotation(home, clock, account.deviceId, [])
  let id: string | undefined
  while (id === undefined) id = (await home.keyring())?.rotations[0]?.id
  const ran = runRotation(deps, id)
  refused.resolve()
  expect(await begun).toEqual(fail('quota'))
  expect(await ran).toEqual(fail({ kind: 'overtaken' }))
  expect(home.log.currentKeyId()).toBe(before)
  await end()
})
