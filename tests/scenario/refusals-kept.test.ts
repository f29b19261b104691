import { expect, test, vi } from 'vitest'
import { encodeGuardianEnded } from '#app/core/kept/guardian-letter.ts'
import { DeviceId, LogId } from '#schema/ids.ts'
import { condition, household } from '#tests/support/household.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import {
  guardiansIn,
  keepFor,
  keptBackedUp,
  keptOf,
  keptShows,
  keptTitles,
  openKept,
} from '#tests/support/test-kept.ts'
import { contactOf, exchange, makePerson, meet, passphraseOf, peopleOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 240_000 })

const SLOW_MS = 90_000
const { relay, device } = household()
const person = (name: string) => makePerson(device, name)
const NOT_ALLOWED = { ok: false, failure: { kind: 'not-allowed' } }

const stateOf = async (who: TestDevice) => (await keptOf(who.session)).records[0]?.state
const lies = (who: TestDevice) => [...who.disk.rows('frames').keys()].some(key => key.startsWith('kept/'))
const addTo = async (who: TestDevice, keptId: string, name: string) =>
  (await who.session.askKept(keptId, 'addEntry', [condition(name)]))?.answer

/** Ana keeps a record for Tim, which the relay then refuses her, on nobody's word. */
async function refused() {
  const ana = await person('Ana')
  const { keptId } = await keepFor(ana.session, 'Tim')
  await addTo(ana, keptId, 'Measles')
  await keptBackedUp(ana.session, keptId)
  const mark = relay().mark()
  await relay().endAll(LogId.parse(keptId)!)
  await until(async () => (await stateOf(ana)) !== 'open', SLOW_MS)
  return { ana, keptId, mark }
}

/** Ana and Ben both look after Tim's record. */
async function bothGuardians() {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  await addTo(ana, keptId, 'Measles')
  await keptBackedUp(ana.session, keptId)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  return { ana, ben, keptId }
}

async function removeOther(by: TestDevice, keptId: string): Promise<void> {
  const other = (await guardiansIn(by.session, keptId)).find(one => !one.isThisOne)!
  expect((await by.session.askKept(keptId, 'removeDevice', [other.deviceId]))?.answer.ok).toBe(true)
  await until(async () => (await guardiansIn(by.session, keptId)).length === 1, SLOW_MS)
}

test('a relay that refuses a guardian, as if they had been removed, takes nothing from them', async () => {
  const { ana, keptId, mark } = await refused()
  expect(await keptOf(ana.session)).toMatchObject({ records: [{ keptId, state: 'refused' }], past: [] })
  expect(await keptTitles(ana.session, keptId)).toEqual(['Measles'])
  expect(await addTo(ana, keptId, 'More')).toEqual(NOT_ALLOWED)
  const again = await ana.restart()
  again.setOnline(false)
  await again.session.unlock(passphraseOf('Ana'))
  await until(async () => (await stateOf(again)) === 'refused', SLOW_MS)
  expect(await keptTitles(again.session, keptId)).toEqual(['Measles'])
  await relay().putBack(mark)
  again.setOnline(true)
  await until(async () => (await stateOf(again)) === 'open', SLOW_MS)
  expect(await addTo(again, keptId, 'Fracture')).toMatchObject({ ok: true })
  await keptBackedUp(again.session, keptId)
})

test('whom a relay refuses may put the record away, and then nothing of it is left on their device', async () => {
  const { ana, keptId } = await refused()
  expect(lies(ana)).toBe(true)
  expect((await ana.session.leaveKept(keptId)).ok).toBe(true)
  await until(async () => (await keptOf(ana.session)).records.length === 0)
  expect(lies(ana)).toBe(false)
})

test('a guardian who was away while another one removed them is told by letter, and their copy goes', async () => {
  const { ana, ben, keptId } = await bothGuardians()
  ben.setOnline(false)
  await removeOther(ana, keptId)
  await ana.session.checkMail()
  ben.setOnline(true)
  await until(async () => (await keptOf(ben.session)).past[0]?.endedBy === 'removed', SLOW_MS)
  await until(() => !lies(ben))
  expect((await keptOf(ben.session)).records).toEqual([])
})

test('a guardian who was removed has no say: their letter that another one is out takes nothing', async () => {
  const ben = await person('Ben')
  const { keptId } = await keepFor(ben.session, 'Tim')
  await addTo(ben, keptId, 'Measles')
  const rogue = makeRogue(relay())
  const invited = await ben.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const code = invited.value.words.join(' ')
  const card = await rogue.inviterOf(code)
  expect((await rogue.answer(code)).ok).toBe(true)
  await exchange([ben.session], async () => (await peopleOf(ben.session)).contacts.length === 1)
  const [contact] = (await peopleOf(ben.session)).contacts
  const request = { contactId: contact!.contactId, passphrase: passphraseOf('Ben') }
  expect((await ben.session.askKept(keptId, 'addGuardian', [request]))?.answer.ok).toBe(true)
  const hasOffer = async () => (await rogue.letters()).some(({ kind }) => kind === 'guardian')
  await exchange([ben.session], hasOffer)
  const mine = (await guardiansIn(ben.session, keptId)).find(one => one.isThisOne)!
  await removeOther(ben, keptId)
  await rogue.write(card, 'guardian-ended', encodeGuardianEnded(DeviceId.parse(mine.deviceId)!))
  for (let round = 0; round < 5; round++) await ben.session.checkMail()
  expect(await keptOf(ben.session)).toMatchObject({ records: [{ keptId, state: 'open' }], past: [] })
  expect(await keptTitles(ben.session, keptId)).toEqual(['Measles'])
})

/** Ana let Ben in, and he has the offer. */
async function offered() {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  return { ana, ben, keptId }
}

test('an offer that was taken back while its answer was on the way says so, and can be put away', async () => {
  const { ana, ben, keptId } = await offered()
  ben.setOnline(false)
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await until(async () => (await stateOf(ben)) === 'fetching')
  await removeOther(ana, keptId)
  await ana.session.checkMail()
  ben.setOnline(true)
  await exchange([ben.session], async () => (await stateOf(ben)) === 'withdrawn', SLOW_MS)
  expect((await keptOf(ben.session)).records).toMatchObject([{ name: 'Tim', contactName: 'Ana' }])
  expect((await ben.session.leaveKept(keptId)).ok).toBe(true)
  expect(await keptOf(ben.session)).toEqual({ records: [], offers: [], past: [] })
})

test('an offer that was taken back before it was answered is one no more, and says so until it is put away', async () => {
  const { ana, ben, keptId } = await offered()
  await removeOther(ana, keptId)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 0)
  expect((await keptOf(ben.session)).past).toMatchObject([{ keptId, name: 'Tim', endedBy: 'withdrawn' }])
  expect((await ben.session.leaveKept(keptId)).ok).toBe(true)
  await until(async () => (await keptOf(ben.session)).past.length === 0)
})

test('a relay that gives an accepted record out to nobody is named for it, and the record can be put away', async () => {
  const { ben, keptId } = await offered()
  await relay().endAll(LogId.parse(keptId)!)
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await until(async () => (await stateOf(ben)) === 'not-served', SLOW_MS)
  expect((await ben.session.leaveKept(keptId)).ok).toBe(true)
  expect((await keptOf(ben.session)).records).toEqual([])
})
