import { expect, test, vi } from 'vitest'
import type { AccessLine, AccessLog } from '#app/core/follow-session.ts'
import type { Session } from '#app/core/session.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { condition, household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { accept, exchange, meet, makePerson, pair, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const HOUR_MS = 3600_000
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

async function accessOf(session: Session): Promise<AccessLog> {
  const told = Promise.withResolvers<AccessLog>()
  const stop = await session.watchAccess(told.resolve)
  stop()
  return told.promise
}

const linesOf = async (session: Session, kind: AccessLine['who']['kind']) =>
  (await accessOf(session)).lines.filter(line => line.who.kind === kind)

const looks = async (session: Session) => (await accessOf(session)).lines.filter(line => line.what.act === 'looked')

async function anaSharesWithLee() {
  const [ana, lee] = [await person('Ana'), await person('Dr Lee')]
  await meet(ana, lee, ['Ana', 'Dr Lee'])
  await ana.session.addEntry(condition('Asthma'))
  await ana.session.addEntry({ kind: 'allergy', substance: 'Nuts' } as EntryFields)
  const id = await share(ana, 'Dr Lee', { sections: ['problems', 'allergies'] })
  await accept(ana, lee, id)
  return { ana, lee, id }
}

test('Ana sees when Dr Lee looked, at which sections, and which of the relay and his app told it', async () => {
  const { ana, lee, id } = await anaSharesWithLee()
  await until(async () => (await lee.session.askShared(id, 'timelineRows', [{}, 0, 10]))?.length === 2)
  await exchange([lee.session, ana.session], async () => (await looks(ana.session)).length > 0)
  const [first] = await looks(ana.session)
  expect(first).toMatchObject({
    who: { kind: 'contact', name: 'Dr Lee', isRemoved: false },
    sections: ['problems', 'allergies'],
    what: { by: 'app', act: 'looked' },
  })

  expect((await accessOf(ana.session)).fetchedAt).toBeUndefined()
  expect(await ana.session.fetchAccess()).toEqual({ ok: true, value: undefined })
  const seen = await linesOf(ana.session, 'contact')
  expect(seen.find(line => line.what.by === 'relay')).toMatchObject({
    who: { name: 'Dr Lee' },
    sections: ['problems', 'allergies'],
    what: { act: 'read' },
  })
  expect(
    (await linesOf(ana.session, 'own-device')).some(line => line.who.kind === 'own-device' && line.who.isThisOne),
  ).toBe(true)
  expect(await linesOf(ana.session, 'unknown')).toEqual([])
  expect(await lee.session.fetchAccess()).toEqual({ ok: true, value: undefined })
  expect((await accessOf(lee.session)).lines.every(line => line.who.kind === 'own-device')).toBe(true)
})

test('looks of an hour make one letter, told with its first and last; what was only counted is no look', async () => {
  const { ana, lee, id } = await anaSharesWithLee()
  await lee.session.askShared(id, 'facets', [])
  const counted = Promise.withResolvers<void>()
  const stop = await lee.session.watchShared(
    id,
    'watchTimeline',
    [{ sections: ['problems'] }],
    (page: { readonly total: number }) => page.total === 1 && counted.resolve(),
  )
  await counted.promise
  stop()
  await lee.session.checkMail()
  await ana.session.checkMail()
  expect(await looks(ana.session)).toEqual([])
  const seen = Promise.withResolvers<void>()
  const close = await lee.session.watchShared(
    id,
    'watchTimeline',
    [{ sections: ['problems'], first: 10 }],
    (page: { readonly first: readonly unknown[] }) => page.first.length === 1 && seen.resolve(),
  )
  await seen.promise
  close()
  await exchange([lee.session, ana.session], async () => (await looks(ana.session)).length === 1)
  for (const section of ['problems', 'allergies'] as const) {
    for (const each of [clock, ana.clock, lee.clock]) each.offsetMs += 10 * 60_000
    await lee.session.askShared(id, 'timelineRows', [{ sections: [section] }, 0, 10])
    await lee.session.checkMail()
    await ana.session.checkMail()
  }
  expect(await looks(ana.session)).toHaveLength(1)
  for (const each of [clock, ana.clock, lee.clock]) each.offsetMs += HOUR_MS
  await exchange([lee.session, ana.session], async () => (await looks(ana.session)).length === 2)
  const [latest] = await looks(ana.session)
  expect(latest?.sections).toEqual(['problems', 'allergies'])
  expect(latest!.to - latest!.from).toBeGreaterThanOrEqual(10 * 60_000)
  expect(latest!.to - latest!.from).toBeLessThan(11 * 60_000)
})

test('what was fetched is there offline and after a restart; over a share’s end and a contact’s removal too', async () => {
  const { ana, lee, id } = await anaSharesWithLee()
  await until(async () => (await lee.session.askShared(id, 'timelineRows', [{}, 0, 10]))?.length === 2)
  await exchange([lee.session, ana.session], async () => (await looks(ana.session)).length > 0)
  const before = (await linesOf(ana.session, 'contact')).length
  expect(before).toBeGreaterThan(0)
  await ana.session.fetchAccess()
  const [contact] = (await linesOf(ana.session, 'contact')).map(line => line.who)
  expect((await ana.session.removeContact(contact?.kind === 'contact' ? contact.contactId : '')).ok).toBe(true)
  await ana.session.lock()
  ana.setOnline(false)
  const again = await ana.restart()
  await again.session.unlock('Ana likes quiet herons')
  again.setOnline(false)
  expect(await again.session.fetchAccess()).toEqual({ ok: false, failure: { kind: 'unreachable' } })
  const lines = await linesOf(again.session, 'contact')
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const line of lines) expect(line.who).toMatchObject({ name: 'Dr Lee', isRemoved: true })
  expect(await linesOf(again.session, 'unknown')).toEqual([])
})

test('a device that was removed stays named in the log', async () => {
  const [ana, tablet] = [await person('Ana'), await device()]
  await pair(ana, tablet)
  await tablet.session.addEntry(condition('Asthma'))
  const devices = await ana.session.devices()
  const other = devices.find(one => !one.isThisOne)
  await until(async () => {
    await ana.session.fetchAccess()
    return (await linesOf(ana.session, 'own-device')).some(
      line => line.who.kind === 'own-device' && !line.who.isThisOne,
    )
  })
  expect((await ana.session.removeDevice(other!.deviceId)).ok).toBe(true)
  const [removed] = await linesOf(ana.session, 'removed-device')
  expect(removed?.who).toMatchObject({ name: 'tablet' })
})
