import { beforeAll, expect, test, vi } from 'vitest'
import { KeptDesk } from '#app/core/kept/kept-desk.ts'
import { KEPT_SHARD } from '#app/core/kept/kept-document.ts'
import { PeopleDesk } from '#app/core/sharing/people-desk.ts'
import { VaultSlot } from '#app/core/vault/open-vault.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { openInto, startAccount } from '#tests/support/test-account.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

beforeAll(readyCrypto)

async function startDesk() {
  const started = await startAccount()
  const { deps, relay } = started
  const ports = { ...deps, relay: relay.link() }
  const slot = new VaultSlot()
  const vault = { checkPassphrase: async () => ok(undefined) }
  const desk = new KeptDesk({ ports, slot, vault, people: new PeopleDesk(slot, ports), isOnline: () => true })
  return { started, relay, slot, desk }
}

const TIM = { personName: 'Tim', birthDate: '2012-05-06', relation: 'child' } as const

test('KeptDesk makes and opens records also after looking for them broke off once', async () => {
  const { started, relay, slot, desk } = await startDesk()
  const { log } = started.account.logs.home
  const read = log.read.bind(log)
  const broken = { count: 0 }
  vi.spyOn(log, 'read').mockImplementation(async label => {
    if (label === KEPT_SHARD && ++broken.count === 1) throw new Error('Broken off')
    return read(label)
  })
  const unheard = await unheardDuring(async () => {
    await openInto(slot, started)
    expect((await desk.openRecords()).open).toEqual([])
  })
  expect(unheard).toEqual([new Error('Broken off')])
  const made = await desk.keepRecord(TIM)
  expect(made.ok).toBe(true)
  expect((await desk.openRecords()).open).toHaveLength(1)
  await slot.close()
  await relay.stop()
})

test('KeptDesk says it where the disk takes no new record', async () => {
  const { started, relay, slot, desk } = await startDesk()
  await openInto(slot, started)
  await desk.openRecords()
  started.store.failNext('quota')
  expect(await desk.keepRecord(TIM)).toEqual({ ok: false, failure: { kind: 'not-stored', why: 'quota' } })
  expect((await desk.keepRecord(TIM)).ok).toBe(true)
  await slot.close()
  await relay.stop()
})
