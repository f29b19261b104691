import { beforeEach, expect, test, vi } from 'vitest'
import type { AccessLog, Ending } from '#app/core/follow-session.ts'
import type { Patient } from '#app/core/patient-session.ts'
import type { Session, Stop } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { firstStatus, until } from '#tests/support/test-device.ts'
import {
  accept,
  exchange,
  givenOf,
  makePerson,
  meet,
  pair,
  passphraseOf,
  receivedOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 365 * DAY_MS
const { clock, device } = household()
beforeEach(() => {
  clock.offsetMs = 0
})
const person = (name: string) => makePerson(device, name)

async function first<Value>(watch: (listener: (value: Value) => void) => Promise<Stop>): Promise<Value> {
  const told = Promise.withResolvers<Value>()
  const stop = await watch(told.resolve)
  stop()
  return told.promise
}
const patientsOf = (session: Session) => first<readonly Patient[]>(listener => session.watchPatients(listener))
const endingsOf = (session: Session) => first<readonly Ending[]>(listener => session.watchEndings(listener))
const accessOf = (session: Session) => first<AccessLog>(listener => session.watchAccess(listener))

async function titles(session: Session, id: string): Promise<string | undefined> {
  const rows = await session.askShared(id, 'timelineRows', [{}, 0, 100])
  return rows
    ?.map(row => row.title)
    .toSorted()
    .join()
}
const sees = (session: Session, id: string, expected: string) =>
  until(async () => (await titles(session, id)) === expected)

async function anaAndLee() {
  const [ana, lee] = [await person('Ana'), await person('Dr Lee')]
  await meet(ana, lee, ['Ana', 'Dr Lee'])
  await ana.session.addEntry(condition('Asthma'))
  return { ana, lee }
}

test('of ten shares eight are open; the others are found by search, said to have news, and opened when looked at', async () => {
  const { ana, lee } = await anaAndLee()
  const ids: string[] = []
  for (const section of SECTIONS.slice(0, 10)) {
    const id = await share(ana, 'Dr Lee', { sections: [section] })
    await accept(ana, lee, id)
    if (section === 'problems') await sees(lee.session, id, 'Asthma')
    ids.push(id)
  }
  const [problems = ''] = ids
  for (const id of ids.slice(1)) await lee.session.askShared(id, 'facets', [])
  const openLogs = async () => (await lee.store.keys('sealed', `shared/${problems}/index/`)).length
  expect(await openLogs()).toBeGreaterThan(0)
  expect((await patientsOf(lee.session)).map(patient => patient.state)).toEqual(
    Array.from({ length: 10 }, () => 'going'),
  )

  const found = await lee.session.searchPatients('asth')
  expect(found.patients).toMatchObject([
    { shareId: problems, recordName: 'Ana', total: 1, entries: [{ title: 'Asthma' }] },
  ])
  const newsOf = async () => (await patientsOf(lee.session)).find(patient => patient.shareId === problems)?.mayHaveNews
  expect(await newsOf()).toBe(false)
  await ana.session.addEntry(condition('Migraine'))
  await backedUp(ana.session)
  expect((await lee.session.searchPatients('migraine')).patients).toEqual([])
  await until(async () => (await lee.session.checkPatients()).ok && (await newsOf()) === true)
  await sees(lee.session, problems, 'Asthma,Migraine')
  expect(await newsOf()).toBe(false)
  expect((await lee.session.searchPatients('migraine')).patients).toHaveLength(1)
})

test('the end: what Dr Lee had of Ana is gone from list, search and disk, but that it ended and when', async () => {
  const { ana, lee } = await anaAndLee()
  const id = await share(ana, 'Dr Lee', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, lee, id)
  await sees(lee.session, id, 'Asthma')
  expect(await patientsOf(lee.session)).toMatchObject([{ recordName: 'Ana', sections: ['problems'], state: 'going' }])
  expect(await lee.session.putShareAway(id)).toMatchObject({ failure: { kind: 'not-found' } })
  for (const each of [clock, ana.clock, lee.clock]) each.offsetMs += DAY_MS
  await exchange([lee.session], async () => (await receivedOf(lee.session))?.state === 'ended')
  await until(async () => (await titles(lee.session, id)) === undefined)
  const [patient] = await patientsOf(lee.session)
  expect(patient).toMatchObject({ recordName: 'Ana', sections: [], state: 'ended', endedBy: 'expired' })
  expect(patient?.birthDate).toBeUndefined()
  // The server said so.
  for (const told of [patient, await receivedOf(lee.session)]) expect(told).not.toHaveProperty('isUnsure')
  expect(await lee.session.searchPatients('asthma')).toEqual({ patients: [], notHere: 0 })
  expect(await endingsOf(lee.session)).toHaveLength(1)
  expect((await lee.session.putShareAway(id)).ok).toBe(true)
  await until(async () => (await receivedOf(lee.session)) === undefined)
  expect(await patientsOf(lee.session)).toEqual([])
  expect(await endingsOf(lee.session)).toEqual([])
  for (const prefix of ['shared/', 'patient/']) expect(await lee.store.keys('sealed', prefix)).toEqual([])
})

test('a copy is noted before it is handed out, also offline, and stands in Ana’s log with its reason', async () => {
  const { ana, lee } = await anaAndLee()
  const id = await share(ana, 'Dr Lee', { sections: ['problems', 'results'] })
  await accept(ana, lee, id)
  await sees(lee.session, id, 'Asthma')
  const request = { sections: ['problems', 'vitals'], reason: 'other', note: ' for the court ' } as const
  expect(await lee.session.keepCopy(id, { ...request, note: ' ' })).toMatchObject({
    failure: { kind: 'reason-needed' },
  })
  expect(await lee.session.keepCopy(id, { ...request, sections: ['vitals'] })).toMatchObject({
    failure: { kind: 'nothing-chosen' },
  })
  expect(await lee.session.keepCopy(id, { ...request, note: 'x'.repeat(3000) })).toMatchObject({
    failure: { kind: 'too-long' },
  })
  lee.store.setFull(true)
  expect(await lee.session.keepCopy(id, request)).toMatchObject({ failure: { kind: 'not-stored' } })
  lee.store.setFull(false)
  lee.setOnline(false)
  const kept = await lee.session.keepCopy(id, request)
  if (!kept.ok) throw new Error(kept.failure.kind)
  expect(kept.value.isTold).toBe(false)
  const bundle: { entry: { resource: { resourceType: string } }[] } = JSON.parse(await kept.value.fhir.text())
  expect(bundle.entry.map(entry => entry.resource.resourceType)).toEqual(['Patient', 'Condition'])
  lee.setOnline(true)
  const copies = async () => (await accessOf(ana.session)).lines.filter(line => line.what.act === 'kept')
  await exchange([lee.session, ana.session], async () => (await copies()).length === 1)
  expect(await copies()).toMatchObject([
    {
      who: { name: 'Dr Lee' },
      sections: ['problems'],
      what: { by: 'app', kept: 'copy', reason: 'other', note: 'for the court' },
    },
  ])
  for (const what of ['file', 'print'] as const) {
    const act = { what, sections: ['problems'], reason: 'treatment', note: '' } as const
    expect(await lee.session.noteKept(id, { ...act, sections: ['vitals'] })).toMatchObject({
      failure: { kind: 'nothing-chosen' },
    })
    const noted = await lee.session.noteKept(id, act)
    expect(noted.ok && noted.value.isTold).toBe(true)
  }
  await exchange([ana.session], async () => (await copies()).length === 3)
  expect((await copies()).map(({ what }) => 'kept' in what && what.kept)).toEqual(['print', 'file', 'copy'])
  const again = await lee.session.keepCopy(id, { ...request, reason: 'duty', note: '' })
  expect(again.ok && again.value.isTold).toBe(true)
})

test('before an end both hear of it, after it once; what was put away stays away, and more time begins anew', async () => {
  const { ana, lee } = await anaAndLee()
  const id = await share(ana, 'Dr Lee', { until: instant(clock.now() + 10 * DAY_MS) })
  await accept(ana, lee, id)
  expect(await endingsOf(ana.session)).toEqual([])
  const pass = async (ms: number) => {
    for (const each of [clock, ana.clock, lee.clock]) each.offsetMs += ms
    for (const { session } of [ana, lee]) await session.checkMail()
  }
  await pass(8 * DAY_MS + HOUR_MS)
  expect(await endingsOf(ana.session)).toMatchObject([
    { side: 'given', shareId: id, contactName: 'Dr Lee', isOver: false },
  ])
  expect(await endingsOf(lee.session)).toMatchObject([{ side: 'received', recordName: 'Ana', isOver: false }])
  const [soon] = await endingsOf(ana.session)
  expect((await ana.session.dismissEnding(soon?.endingId ?? '')).ok).toBe(true)
  expect(await endingsOf(ana.session)).toEqual([])
  const longer = { until: instant(clock.now() + 2 * DAY_MS), passphrase: passphraseOf('Ana') }
  expect((await ana.session.changeShare(id, longer)).ok).toBe(true)
  expect(await endingsOf(ana.session)).toMatchObject([{ isOver: false, at: longer.until }])
  await exchange([ana.session, lee.session], async () => (await receivedOf(lee.session))?.until === longer.until)
  await pass(2 * DAY_MS + HOUR_MS)
  await exchange([ana.session, lee.session], async () => (await givenOf(ana.session))?.state === 'ended')
  expect(await endingsOf(ana.session)).toMatchObject([{ isOver: true, endedBy: 'expired', at: longer.until }])
  const [over] = await endingsOf(lee.session)
  expect(over).toMatchObject({ isOver: true, endedBy: 'expired', at: longer.until, sections: [] })
  expect((await lee.session.dismissEnding(over?.endingId ?? '')).ok).toBe(true)
  expect(await endingsOf(lee.session)).toEqual([])
})

test('a notice that is put away on the phone stays away on the tablet, one after another', async () => {
  const { ana, lee } = await anaAndLee()
  const tablet = await device()
  await pair(ana, tablet)
  const id = await share(ana, 'Dr Lee', { until: instant(clock.now() + HOUR_MS) })
  await accept(ana, lee, id)
  const all = [ana, tablet, lee]
  const pass = async (ms: number) => {
    for (const each of [clock, ...all.map(one => one.clock)]) each.offsetMs += ms
    for (const { session } of all) await session.checkMail()
  }
  await pass(HOUR_MS / 2)
  await until(async () => (await endingsOf(tablet.session)).length === 1)
  const shown: number[] = []
  const stop = await tablet.session.watchEndings(endings => shown.push(endings.length))
  const [soon] = await endingsOf(ana.session)
  expect(soon).toMatchObject({ shareId: id, isOver: false })
  expect((await ana.session.dismissEnding(soon?.endingId ?? '')).ok).toBe(true)
  // On the open screen, by itself.
  await until(async () => shown.at(-1) === 0)
  stop()

  await pass(HOUR_MS)
  for (const { session } of [ana, tablet])
    await exchange([session], async () => (await endingsOf(session)).some(ending => ending.isOver))
  const [over] = await endingsOf(tablet.session)
  expect((await tablet.session.dismissEnding(over?.endingId ?? '')).ok).toBe(true)
  await until(async () => (await endingsOf(ana.session)).length === 0)
  await ana.session.lock()
  expect((await ana.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await ana.session.checkMail()
  expect(await endingsOf(ana.session)).toEqual([])
})

const WRONG_CLOCKS = [
  ['hours behind', -5 * HOUR_MS],
  ['hours ahead', 5 * HOUR_MS],
  ['years behind', -9 * YEAR_MS],
  ['years ahead', 9 * YEAR_MS],
] as const

for (const [name, wrongMs] of WRONG_CLOCKS) {
  test(`with both clocks ${name} a share is open until its end by the relay, and not longer`, async () => {
    expect(await stateAtEnd(wrongMs)).toBe('ended')
  })
}

async function stateAtEnd(wrongMs: number): Promise<string | undefined> {
  const [ana, lee] = [await device(), await device()]
  for (const each of [ana, lee]) each.clock.offsetMs = wrongMs
  for (const [each, called] of [
    [ana, 'Ana'],
    [lee, 'Dr Lee'],
  ] as const) {
    await each.session.createRecord({
      personName: called,
      birthDate: '1961',
      passphrase: passphraseOf(called),
      deviceName: 'phone',
    })
    await backedUp(each.session)
  }
  await meet(ana, lee, ['Ana', 'Dr Lee'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Dr Lee', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, lee, id)
  await sees(lee.session, id, 'Asthma')
  const told = await firstStatus(lee.session, status => status.problems.some(one => one.kind === 'clock-differs'))
  const differs = told.problems.find(problem => problem.kind === 'clock-differs')
  expect(Math.abs((differs?.kind === 'clock-differs' ? differs.byMs : 0) - wrongMs)).toBeLessThan(60_000)

  clock.offsetMs = DAY_MS - HOUR_MS
  await exchange([lee.session, ana.session], async () => (await sharesOf(lee.session)).received.length === 1)
  expect(await titles(lee.session, id)).toBe('Asthma')
  clock.offsetMs = DAY_MS
  await exchange([lee.session], async () => (await receivedOf(lee.session))?.state === 'ended')
  await until(async () => (await titles(lee.session, id)) === undefined)
  await exchange([ana.session], async () => (await givenOf(ana.session))?.state === 'ended')
  return (await givenOf(ana.session))?.state
}

test('started without a network and years ahead, it closes what may be over, and has it again once the relay says otherwise', async () => {
  const { ana, lee } = await anaAndLee()
  const id = await share(ana, 'Dr Lee', { until: instant(clock.now() + DAY_MS) })
  await accept(ana, lee, id)
  await sees(lee.session, id, 'Asthma')
  await lee.session.lock()
  const again = await lee.restart()
  again.setOnline(false)
  again.clock.offsetMs = 3 * YEAR_MS
  await again.session.unlock(passphraseOf('Dr Lee'))
  await again.session.checkMail()
  await until(async () => (await receivedOf(again.session))?.state === 'ended')
  // By this device's clock alone, and so it is said.
  expect(await receivedOf(again.session)).toMatchObject({ isUnsure: true })
  expect(await patientsOf(again.session)).toMatchObject([{ state: 'ended', isUnsure: true }])
  expect(await titles(again.session, id)).toBeUndefined()
  expect(await again.store.keys('sealed', 'shared/')).toEqual([])
  again.setOnline(true)
  await again.session.checkMail()
  await until(async () => (await receivedOf(again.session))?.state === 'accepted')
  expect(await receivedOf(again.session)).not.toHaveProperty('isUnsure')
  await sees(again.session, id, 'Asthma')
})
