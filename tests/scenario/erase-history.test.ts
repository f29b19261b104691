import { expect, test, vi } from 'vitest'
import type { EraseFailure } from '#app/core/private-session.ts'
import type { Session } from '#app/core/session.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { LogId } from '#schema/ids.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { fail } from '#schema/result.ts'
import { condition, household, shows } from '#tests/support/household.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { firstStatus, type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const DAY_MS = 24 * 3600_000
const passphrase = passphraseOf('Ana')
const { clock, device, relay } = household()

/** Ana's record: one condition that was another one before, one deleted. */
async function anaWithPast() {
  const ana = await makePerson(device, 'Ana')
  const asthma = await add(ana.session, 'Tuberculosis')
  await ana.session.editEntry(asthma, condition('Asthma'))
  await ana.session.binEntry(await add(ana.session, 'HIV positive'))
  return { ana, asthma }
}

async function add(session: Session, name: string): Promise<EntryId> {
  const added = await session.addEntry(condition(name))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function erase(ana: TestDevice): Promise<void> {
  expect(await ana.session.eraseHistory(['problems'], passphrase)).toEqual({ ok: true, value: undefined })
}

const framesOf = async ({ store }: TestDevice) => (await store.keys('frames', '')).length
const logsOf = async ({ store }: TestDevice) =>
  new Set((await store.keys('frames', '')).map(key => key.slice(0, key.indexOf('/')))).size
const isErased = async ({ session }: TestDevice) => (await session.erasing()).length === 0

test('a section that nobody has forgets its past, here and at the relay; with its history shared later there is none', async () => {
  const { ana, asthma } = await anaWithPast()
  const logs = await logsOf(ana)
  const all = ['problems', 'allergies'] as const
  expect(await ana.session.pastOf(all)).toEqual([{ section: 'problems', versions: 1, deleted: 1, late: 0 }])
  await erase(ana)
  expect(await ana.session.pastOf(all)).toEqual([])
  await until(async () => (await ana.session.bin()).length === 0)
  expect((await ana.session.timelineRows({}, 0, 9)).map(row => row.id)).toEqual([asthma])
  await exchange([ana.session], () => isErased(ana))
  await until(async () => (await logsOf(ana)) === logs)

  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const request = { contactId, sections: ['problems'], role: 'read', withHistory: true, passphrase } as const
  expect((await ana.session.share(request)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received.length === 1)
  const id = (await sharesOf(bea.session)).received[0]!.shareId
  await bea.session.answerShare(id, 'accept')
  await until(async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 9]))?.[0]?.title === 'Asthma')
  const { texts } = await obtainable(bea)
  expect(texts.some(text => text.includes('Asthma'))).toBe(true)
  expect(texts.filter(text => /HIV|Tuberculosis/.test(text))).toEqual([])
})

test('the old log stays until every device has brought over what it wrote', async () => {
  const { ana } = await anaWithPast()
  const tablet = await device()
  await pair(ana, tablet)
  await shows(tablet.session, ['Asthma'])
  tablet.setOnline(false)
  expect((await tablet.session.addEntry(condition('Tablet, offline'))).ok).toBe(true)
  await erase(ana)
  for (let round = 0; round < 3; round++) await ana.session.checkMail()
  await until(async () => (await ana.session.erasing())[0]?.waitingFor.join() === 'tablet')
  tablet.setOnline(true)
  await shows(ana.session, ['Asthma', 'Tablet, offline'])
  await exchange([ana.session, tablet.session], async () => (await isErased(ana)) && isErased(tablet))
  const before = await framesOf(ana)
  for (const each of [ana, tablet]) {
    await shows(each.session, ['Asthma', 'Tablet, offline'])
    const again = await each.restart()
    expect((await again.session.unlock(each === ana ? passphrase : 'tablet words')).ok).toBe(true)
    await shows(again.session, ['Asthma', 'Tablet, offline'])
  }
  expect(before).toBeGreaterThan(0)
})

test('what a phone began anew and had not sent when it was removed goes on from the log before, on the tablet that stays', async () => {
  const { ana } = await anaWithPast()
  const tablet = await device()
  await pair(ana, tablet)
  await shows(tablet.session, ['Asthma'])
  const request = ana.link.request.bind(ana.link)
  // The relay has no room for another log of the phone's, and takes what its home log says.
  vi.spyOn(ana.link, 'request').mockImplementation(async asked =>
    asked.method === 'POST' && asked.path === '/v1/logs' ? fail('unreachable') : request(asked),
  )
  await erase(ana)
  await shows(tablet.session, [])
  await ana.session.lock()
  const phone = (await tablet.session.devices()).find(one => !one.isThisOne)
  expect((await tablet.session.removeDevice(phone!.deviceId)).ok).toBe(true)
  await exchange([tablet.session], async () => (await tablet.session.timelineRows({}, 0, 9)).length === 1)
  await firstStatus(tablet.session, ({ problems }) => problems.length === 0)
  await add(tablet.session, 'Migraine')
  await shows(tablet.session, ['Asthma', 'Migraine'])
  const again = await tablet.restart()
  expect((await again.session.unlock('tablet words')).ok).toBe(true)
  await shows(again.session, ['Asthma', 'Migraine'])
})

test('after ninety days nobody is waited for, and who comes later still brings what it wrote', async () => {
  const { ana } = await anaWithPast()
  const tablet = await device()
  await pair(ana, tablet)
  await shows(tablet.session, ['Asthma'])
  tablet.setOnline(false)
  expect((await tablet.session.addEntry(condition('Tablet, offline'))).ok).toBe(true)
  await erase(ana)
  for (let round = 0; round < 3; round++) await ana.session.checkMail()
  expect(await isErased(ana)).toBe(false)
  clock.offsetMs += 91 * DAY_MS
  await exchange([ana.session], () => isErased(ana))
  tablet.setOnline(true)
  await shows(ana.session, ['Asthma', 'Tablet, offline'])
  await shows(tablet.session, ['Asthma', 'Tablet, offline'])
})

test('an old log that the relay has deleted already is let go, and what another device has of it comes over', async () => {
  const { ana } = await anaWithPast()
  const tablet = await device()
  await pair(ana, tablet)
  await shows(tablet.session, ['Asthma'])
  tablet.setOnline(false)
  expect((await tablet.session.addEntry(condition('Tablet, offline'))).ok).toBe(true)
  const [unsent] = await tablet.store.keys('outbox', '')
  const old = LogId.parse(unsent!.slice(0, unsent!.indexOf('/')))!
  await erase(ana)
  await until(async () => (await ana.session.erasing())[0]?.waitingFor.join() === 'tablet')
  // As a device does whose word does not count any more.
  const holder = makeSigningKey()
  await relay().inject(old, holder.publicKey)
  expect((await makeRelayClient(relay().link(), holder, clock).deleteLog(old)).ok).toBe(true)
  await exchange([ana.session], () => isErased(ana))
  const { problems } = await firstStatus(ana.session, ({ kind }) => kind === 'backed-up')
  expect(problems.filter(({ kind }) => kind === 'relay-refused')).toEqual([])
  tablet.setOnline(true)
  await shows(ana.session, ['Asthma', 'Tablet, offline'])
  await shows(tablet.session, ['Asthma', 'Tablet, offline'])
})

test('it asks for the passphrase, for a section, and for conflicts to be decided first', async () => {
  const { ana } = await anaWithPast()
  const failure = async (...asked: Parameters<Session['eraseHistory']>): Promise<EraseFailure['kind'] | undefined> => {
    const answer = await ana.session.eraseHistory(...asked)
    return answer.ok ? undefined : answer.failure.kind
  }
  expect(await failure(['problems'], 'wrong')).toBe('wrong-passphrase')
  expect(await failure([], passphrase)).toBe('nothing-chosen')
  expect((await ana.session.bin()).length).toBe(1)
})
