import { beforeAll, expect, test } from 'vitest'
import { PeopleDesk } from '#app/core/sharing/people-desk.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { condition } from '#tests/support/household.ts'
import { openInto, startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('a round that broke off is told to who asked for it, and neither ends the rounds after it nor what a lock saves', async () => {
  const started = await startAccount()
  const { deps, relay } = started
  const slot = new VaultSlot()
  const people = new PeopleDesk(slot, { ...deps, relay: relay.link() })
  const round = { count: 0, isBroken: false }
  people.employ({
    take: async () => ok(undefined),
    async round() {
      round.count++
      if (round.isBroken) throw new Error('Broken off')
      return ok(undefined)
    },
  })
  const { record } = await openInto(slot, started)
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
