import { expect, test, vi } from 'vitest'
import { randomBytes } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { ANA, household } from '#tests/support/household.ts'
import type { TestDevice } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const ID = Uint8Array.of(1, 2, 3)
const WRONG_PASSPHRASE = fail({ kind: 'wrong-passphrase' })
const WRONG_PASSKEY = fail({ kind: 'wrong-passkey' })

/** Of which each call gets bytes of its own, as what comes from a window. */
function passkey(output = randomBytes(32), credentialId = ID) {
  return () => ({ credentialId: credentialId.slice(), output: output.slice() })
}

async function add({ session }: TestDevice, answer: ReturnType<typeof passkey>, name: string) {
  const offer = await session.beginPasskey(ANA.passphrase)
  if (!offer.ok) throw new Error('not offered')
  return session.addPasskey({ ...answer(), salt: offer.value.salt, name, passphrase: ANA.passphrase })
}

test('A passkey opens the vault beside the passphrase, also after that was changed, until it is removed', async () => {
  const phone = await device()
  const { session } = phone
  await session.createRecord(ANA)
  const [mine, other] = [passkey(), passkey(undefined, Uint8Array.of(4))]
  expect(await add(phone, mine, 'Phone')).toEqual(ok(undefined))
  expect(await add(phone, other, 'Key')).toEqual(ok(undefined))
  expect((await session.passkeys()).map(({ name }) => name)).toEqual(['Phone', 'Key'])
  await session.changePassphrase(ANA.passphrase, 'a newer one')
  await session.lock()
  expect(await session.passkeys()).toEqual([])
  expect((await session.passkeyDoors()).map(({ credentialId }) => credentialId)).toEqual([ID, Uint8Array.of(4)])
  expect(await session.unlockWithPasskey(mine())).toEqual(ok(undefined))
  await session.lock()
  expect(await session.unlock('a newer one')).toEqual(ok(undefined))
  expect(await session.removePasskey('AQID')).toEqual(ok(undefined))
  await session.lock()
  expect(await session.unlockWithPasskey(mine())).toEqual(WRONG_PASSKEY)
  expect(await session.unlockWithPasskey(other())).toEqual(ok(undefined))
})

test('To add a passkey takes the passphrase, and a passkey takes its place nowhere', async () => {
  const phone = await device()
  const { session } = phone
  await session.createRecord(ANA)
  const mine = passkey()
  expect(await session.beginPasskey('nonsense')).toEqual(WRONG_PASSPHRASE)
  const salt = randomBytes(32)
  expect(await session.addPasskey({ ...mine(), salt, name: 'x', passphrase: 'nonsense' })).toEqual(WRONG_PASSPHRASE)
  for (const output of [new Uint8Array(32), randomBytes(16)]) {
    const request = { ...mine(), output, salt, name: 'x', passphrase: ANA.passphrase }
    expect(await session.addPasskey(request)).toEqual(fail({ kind: 'invalid' }))
  }
  expect(await session.passkeyDoors()).toEqual([])
  await add(phone, mine, 'Phone')
  await session.lock()
  expect(await session.removePasskey('AQID')).toEqual(fail({ kind: 'locked' }))
  await session.unlockWithPasskey(mine())
  expect(await session.exportFhir({ passphrase: '' })).toMatchObject(WRONG_PASSPHRASE)
  expect(await session.showKit()).toMatchObject({ ok: true })
})

test('What a passkey gave is wiped, and it opens no vault that was made after its own', async () => {
  const phone = await device()
  const { session } = phone
  await session.createRecord(ANA)
  const mine = passkey()
  const given = mine()
  await add(phone, () => given, 'Phone')
  await session.lock()
  const shown = mine()
  await session.unlockWithPasskey(shown)
  for (const { output } of [given, shown]) expect(output).toEqual(new Uint8Array(32))
  expect(await session.deleteEverything()).toEqual(ok(undefined))
  expect(await session.passkeyDoors()).toEqual([])
  expect(await session.unlockWithPasskey(mine())).toEqual(fail({ kind: 'empty' }))
  await session.createRecord(ANA)
  await session.lock()
  expect(await session.unlockWithPasskey(mine())).toEqual(WRONG_PASSKEY)
})

test('A disk that is full keeps the passkeys that there are', async () => {
  const phone = await device()
  const { session } = phone
  await session.createRecord(ANA)
  await add(phone, passkey(), 'Phone')
  phone.store.failNext('quota')
  expect(await session.removePasskey('AQID')).toEqual(fail({ kind: 'not-stored', why: 'quota' }))
  expect(await session.passkeys()).toHaveLength(1)
})
