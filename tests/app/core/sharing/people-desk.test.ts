import { beforeAll, expect, test } from 'vitest'
import { recordOf } from '#app/core/room.ts'
import { PeopleDesk } from '#app/core/sharing/people-desk.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import { makeVaultKey } from '#app/core/vault/vault-key.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { condition } from '#tests/support/household.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('a round that broke off is told to who asked for it, and neither ends the rounds after it nor what a lock saves', async () => {
  const { account, deps, relay, keys } = await startAccount()
  const ports = { ...deps, relay: relay.link() }
  const slot = new VaultSlot()
  const people = new PeopleDesk(slot, ports)
  const round = { count: 0, isBroken: false }
  people.employ({
    take: async () => ok(undefined),
    async round() {
      round.count++
      if (round.isBroken) throw new Error('Broken off')
      return ok(undefined)
    },
  })
  const person = await account.logs.home.person()
  const record = await recordOf(ports, account, keys, () => person)
  slot.put({ vaultKey: makeVaultKey(), keys, account, record, hadKit: false, about: { person } })
  round.isBroken = true
  await expect(people.checkMail()).rejects.toThrow('Broken off')
  round.isBroken = false
  await people.checkMail()
  expect(round.count).toBe(2)
  round.isBroken = true
  await expect(people.checkMail()).rejects.toThrow('Broken off')
  expect((await record.addEntry(condition('Cough'))).ok).toBe(true)
  await slot.close()
  await relay.stop()
})
