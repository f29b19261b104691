import { expect, test, vi } from 'vitest'
import { dyingAtEachCommit } from '#tests/support/crash-worlds.ts'
import { backedUp, condition, household, shows } from '#tests/support/household.ts'
import { firstVault, type TestDevice } from '#tests/support/test-device.ts'
import { makePerson, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 3_600_000 })

/** What the old device, or the new one, may die over when one more is let in. */
const world = household()
const { device } = world

async function phoneAndEmptyTablet() {
  const [phone, tablet] = [await makePerson(device, 'Ana'), await device()]
  for (const title of ['Asthma', 'Migraine']) expect((await phone.session.addEntry(condition(title))).ok).toBe(true)
  await backedUp(phone.session)
  return { phone, tablet }
}

/** Both have everything, and hear of each other. */
async function areLevel(phone: TestDevice, tablet: TestDevice, before: readonly string[]): Promise<void> {
  await shows(tablet.session, [...before].toSorted())
  expect((await tablet.session.addEntry(condition('By tablet'))).ok).toBe(true)
  expect((await phone.session.addEntry(condition('By phone'))).ok).toBe(true)
  for (const { session } of [phone, tablet]) await shows(session, [...before, 'By phone', 'By tablet'].toSorted())
}

/** After both have started anew: a tablet that did not get through is as if it had never begun, and begins again. */
async function goesOn(phone: TestDevice, tablet: TestDevice): Promise<'through' | 'begun again'> {
  expect((await phone.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  const { kind } = await firstVault(tablet.session, () => true)
  if (kind === 'empty') await pair(phone, tablet)
  else if (!(await tablet.session.unlock('tablet words')).ok) throw new Error('the tablet does not open')
  await areLevel(phone, tablet, ['Asthma', 'Migraine'])
  // One that was let in and never came stays in the list, from which it can be taken out.
  const devices = await phone.session.devices()
  expect(devices.filter(({ isThisOne }) => !isThisOne).map(({ name }) => name)).toContain('tablet')
  expect(devices.length).toBeLessThanOrEqual(kind === 'empty' ? 3 : 2)
  const again = await tablet.restart()
  expect((await again.session.unlock('tablet words')).ok).toBe(true)
  await shows(again.session, ['Asthma', 'By phone', 'By tablet', 'Migraine'])
  again.setOnline(false)
  return kind === 'empty' ? 'begun again' : 'through'
}

test('a new device that dies at any commit of joining has joined after the restart, or is empty and joins the next time', async () => {
  const { phone, tablet } = await phoneAndEmptyTablet()
  const ends: string[] = []
  const moments = await dyingAtEachCommit(
    world,
    [tablet, phone],
    async () => {
      await pair(phone, tablet)
      await shows(tablet.session, ['Asthma', 'Migraine'])
      await backedUp(tablet.session)
    },
    async ([tablet, phone]) => void ends.push(await goesOn(phone!, tablet!)),
  )
  expect(moments).toBeGreaterThan(5)
  expect(new Set(ends).size).toBe(2)
})

test('an old device that dies at any commit of letting another one in goes on, and lets it in the next time', async () => {
  const { phone, tablet } = await phoneAndEmptyTablet()
  const moments = await dyingAtEachCommit(
    world,
    [phone, tablet],
    async () => {
      await pair(phone, tablet)
      await shows(tablet.session, ['Asthma', 'Migraine'])
    },
    async ([phone, tablet]) => void (await goesOn(phone!, tablet!)),
  )
  expect(moments).toBeGreaterThan(5)
})
