import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import type { Capability } from '#schema/protocol/capability.ts'
import { dyingAtEachCommit } from '#tests/support/crash-worlds.ts'
import { condition, household, titles } from '#tests/support/household.ts'
import type { LoopRelay } from '#tests/support/loop-link.ts'
import { capabilitiesOf } from '#tests/support/capabilities-of.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, pair, passphraseOf, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 1_800_000 })

/** What somebody’s process may die over once a share was offered: accepting it, and giving it another G. */
const world = household()
const { device } = world
const SLOW_MS = 60_000

const seen = async (session: Session, id: string) =>
  (await session.askShared(id, 'timelineRows', [{}, 0, 100]))?.map(row => row.title).toSorted()
const sees = ({ session }: TestDevice, id: string, expected: readonly string[]) =>
  until(async () => (await seen(session, id))?.join() === expected.join(), SLOW_MS)
const add = async ({ session }: TestDevice, id: string, title: string) =>
  until(async () => (await session.askShared(id, 'addEntry', [condition(title)]))?.ok === true, SLOW_MS)

async function unlock(device: TestDevice, passphrase: string): Promise<TestDevice> {
  expect((await device.session.unlock(passphrase)).ok).toBe(true)
  return device
}

/** Ana has offered Bea her problems, to see and add. */
async function offered() {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  const capabilities = capabilitiesOf(ana)
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea', { role: 'write' })
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  return { ana, bea, id, capabilities }
}

test('a recipient who dies at any commit of accepting has accepted after the restart, or is asked again', async () => {
  const { ana, bea, id } = await offered()
  const moments = await dyingAtEachCommit(
    world,
    [bea, ana],
    async () => {
      await accept(ana, bea, id)
      await sees(bea, id, ['Asthma'])
      await add(bea, id, 'Fever')
      await until(async () => (await titles(ana.session)).length === 2)
    },
    async ([bea, ana]) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(bea!, passphraseOf('Bea'))
      await until(async () => (await sharesOf(bea!.session)).received.length === 1)
      const [share] = (await sharesOf(bea!.session)).received
      if (share?.state === 'offered') await accept(ana!, bea!, id)
      await exchange(
        [bea!.session, ana!.session],
        async () => (await sharesOf(ana!.session)).given[0]?.state === 'accepted',
        SLOW_MS,
      )
      expect((await sharesOf(bea!.session)).received).toHaveLength(1)
      await until(async () => (await seen(bea!.session, id))?.includes('Asthma') === true, SLOW_MS)
      await add(bea!, id, 'After')
      await until(async () => (await titles(ana!.session)).includes('After'), SLOW_MS)
    },
  )
  expect(moments).toBeGreaterThan(5)
})

/** Bea, who may see and add, has removed her stolen phone with her tablet; Ana has not looked for mail since. */
async function robbed() {
  const { ana, bea, id, capabilities } = await offered()
  await accept(ana, bea, id)
  await sees(bea, id, ['Asthma'])
  const tablet = await device()
  await pair(bea, tablet, passphraseOf('Bea'))
  await sees(tablet, id, ['Asthma'])
  bea.setOnline(false)
  const stolen = (await tablet.session.devices()).find(one => !one.isThisOne)
  expect((await tablet.session.removeDevice(stolen!.deviceId)).ok).toBe(true)
  await until(async () => (await tablet.session.devices()).length === 1, SLOW_MS)
  return { ana, tablet, id, old: capabilities.at(-1)! }
}

/** What the relay serves of the log of `old`. */
async function servedBy(relay: LoopRelay, { logId }: Capability): Promise<readonly string[]> {
  const reader = makeSigningKey()
  await relay.inject(logId, reader.publicKey)
  const state = await makeRelayClient(relay.link(), reader, world.clock).ownerState(logId)
  if (!state.ok) throw new Error(state.failure.kind)
  return state.value.capabilities
}

/** The old G is good for nothing, and Bea goes on with the new one: whatever happened before `title` is written. */
async function goesOn(
  { ana, tablet, id, old }: Pick<Awaited<ReturnType<typeof robbed>>, 'ana' | 'tablet' | 'id' | 'old'>,
  relay: LoopRelay,
  title: string,
): Promise<void> {
  await exchange(
    [tablet.session, ana.session],
    async () => {
      if ((await servedBy(relay, old)).includes(old.id)) return false
      const hers = await titles(ana.session)
      if (hers.includes(title)) return true
      if ((await seen(tablet.session, id))?.includes(title) !== true) await add(tablet, id, title)
      return false
    },
    SLOW_MS,
  )
  expect((await titles(ana.session)).filter(one => one === title)).toEqual([title])
  expect((await sharesOf(ana.session)).given).toMatchObject([{ state: 'accepted' }])
  await ana.session.addEntry(condition(`${title} by Ana`))
  await until(async () => (await seen(tablet.session, id))?.includes(`${title} by Ana`) === true, SLOW_MS)
}

test('a giver who dies at any commit of giving a share another G gives it after the restart', async () => {
  const { ana, tablet, id, old } = await robbed()
  const moments = await dyingAtEachCommit(
    world,
    [ana, tablet],
    () => goesOn({ ana, tablet, id, old }, world.relay(), 'Fever'),
    async ([ana, tablet], relay) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(tablet!, 'tablet words')
      await goesOn({ ana: ana!, tablet: tablet!, id, old }, relay, 'Rash')
    },
  )
  expect(moments).toBeGreaterThan(10)
})

test('a recipient who dies at any commit of taking another G goes on with it after the restart', async () => {
  const { ana, tablet, id, old } = await robbed()
  const moments = await dyingAtEachCommit(
    world,
    [tablet, ana],
    () => goesOn({ ana, tablet, id, old }, world.relay(), 'Fever'),
    async ([tablet, ana], relay) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(tablet!, 'tablet words')
      await goesOn({ ana: ana!, tablet: tablet!, id, old }, relay, 'Rash')
    },
  )
  expect(moments).toBeGreaterThan(10)
})
