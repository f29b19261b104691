import { expect, test, vi } from 'vitest'
import type { Session } from '#app/core/session.ts'
import type { EntryDetail, EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { firstStatus, until } from '#tests/support/test-device.ts'
import {
  accept,
  contactOf,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 90_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

const READING = {
  kind: 'blood-pressure',
  takenAt: '2026-03-04T07:30:00+01:00',
  systolicMmHg: 128,
  diastolicMmHg: 81,
} as const satisfies EntryFields

/** One's own record, or somebody's that is shared. */
interface Reader {
  rows(): Promise<readonly EntrySummary[]>
  detail(id: EntryId): Promise<EntryDetail | undefined>
  add(fields: EntryFields): Promise<EntryId>
  edit(id: EntryId, fields: EntryFields): Promise<void>
  choose(id: EntryId, field: string, value: string): Promise<void>
}

function ok<Value>(answer: { readonly ok: true; readonly value: Value } | { readonly ok: false } | undefined): Value {
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer))
  return answer.value
}

const own = (session: Session): Reader => ({
  rows: () => session.timelineRows({}, 0, 100),
  detail: id => once(listener => session.watchEntry(id, listener)),
  add: async fields => ok(await session.addEntry(fields)),
  edit: async (id, fields) => ok(await session.editEntry(id, fields)),
  choose: async (id, field, value) => ok(await session.chooseConflict(id, field, value)),
})

const shared = (session: Session, shareId: string): Reader => ({
  rows: async () => (await session.askShared(shareId, 'timelineRows', [{}, 0, 100])) ?? [],
  detail: id => once(listener => session.watchShared(shareId, 'watchEntry', [id], listener as (told: never) => void)),
  add: async fields => ok(await session.askShared(shareId, 'addEntry', [fields])),
  edit: async (id, fields) => ok(await session.askShared(shareId, 'editEntry', [id, fields])),
  choose: async (id, field, value) => ok(await session.askShared(shareId, 'chooseConflict', [id, field, value])),
})

async function once<Value>(watch: (listener: (value: Value) => void) => Promise<() => void>): Promise<Value> {
  const told = Promise.withResolvers<Value>()
  const stop = await watch(told.resolve)
  const value = await told.promise
  stop()
  return value
}

/** Title and, where it is not the person whose record it is, who typed it. */
async function told(reader: Reader): Promise<string[]> {
  const rows = await reader.rows()
  return rows
    .map(({ title, value, source }) => {
      const by = source.type === 'self' ? source.by : undefined
      const name = by === undefined ? '' : by.type === 'you' ? ' by me' : ` by ${by.name}`
      return `${title}${value?.type === 'blood-pressure' ? ` ${value.systolicMmHg}` : ''}${name}`
    })
    .toSorted()
}

const tells = (reader: Reader, expected: readonly string[]) =>
  until(async () => (await told(reader)).join('\n') === expected.toSorted().join('\n'))

/** Ana, her spouse Bea and her nurse Cleo, who may both see and add; they know each other through Ana only. */
async function threePeople(sections: readonly ['problems', 'vitals'] | readonly ['problems'] = ['problems', 'vitals']) {
  const [ana, bea, cleo] = [await person('Ana'), await person('Bea'), await person('Cleo')]
  await ana.session.addEntry(condition('Cough'))
  const shares: string[] = []
  for (const [guest, name] of [
    [bea, 'Bea'],
    [cleo, 'Cleo'],
  ] as const) {
    await meet(ana, guest, ['Ana', name])
    const id = await share(ana, name, { role: 'write', sections })
    await accept(ana, guest, id)
    await tells(shared(guest.session, id), ['Cough'])
    shares.push(id)
  }
  const [beas = '', cleos = ''] = shares
  return {
    ana,
    bea,
    cleo,
    beas,
    cleos,
    atAna: own(ana.session),
    atBea: shared(bea.session, beas),
    atCleo: shared(cleo.session, cleos),
  }
}

test('an owner on two devices, her spouse and a nurse all edit offline; joined again all see the same, and who wrote what', async () => {
  const { ana, bea, cleo, atAna, atBea, atCleo } = await threePeople()
  const tablet = await device()
  await pair(ana, tablet)
  const atTablet = own(tablet.session)
  const everybody = [atAna, atTablet, atBea, atCleo]
  const asthma = await atAna.add(condition('Asthma'))
  for (const reader of everybody) await tells(reader, ['Asthma', 'Cough'])

  for (const one of [ana, tablet, bea, cleo]) one.setOnline(false)
  await atAna.add(READING)
  await atTablet.add(condition('Migraine'))
  await atBea.add({ ...READING, systolicMmHg: 140 })
  await atCleo.add(condition('Bruise'))
  await atTablet.edit(asthma, { ...condition('Asthma'), note: 'since school' } as EntryFields)
  await atBea.edit(asthma, condition('Mild asthma'))
  await atCleo.edit(asthma, condition('Severe asthma'))
  for (const one of [ana, tablet, bea, cleo]) one.setOnline(true)

  const name = async (reader: Reader) => (await reader.detail(asthma))?.summary.title ?? ''
  await until(async () => (await atAna.rows()).length === 6 && (await atAna.detail(asthma))?.conflicts.length === 1)
  const shown = await name(atAna)
  const written = (bea: string, cleo: string) => [shown, 'Cough', 'Migraine', ' 128', ` 140${bea}`, `Bruise${cleo}`]
  for (const reader of [atAna, atTablet]) await tells(reader, written(' by Bea', ' by Cleo'))
  await tells(atBea, written(' by me', ' by Cleo'))
  await tells(atCleo, written(' by Bea', ' by me'))

  const sides = async (reader: Reader) => {
    const detail = await reader.detail(asthma)
    const candidates = detail?.conflicts[0]?.candidates ?? []
    return Object.fromEntries(candidates.map(({ value, by }) => [value, by]))
  }
  const member = (name: string) => ({ type: 'member', id: expect.any(String), name })
  for (const reader of everybody) await until(async () => Object.keys(await sides(reader)).length === 2)
  expect(await sides(atAna)).toEqual({ 'Mild asthma': member('Bea'), 'Severe asthma': member('Cleo') })
  expect(await sides(atBea)).toEqual({ 'Mild asthma': { type: 'you' }, 'Severe asthma': member('Cleo') })
  expect(await sides(atCleo)).toEqual({ 'Mild asthma': member('Bea'), 'Severe asthma': { type: 'you' } })

  await atCleo.choose(asthma, 'name', 'Mild asthma')
  for (const reader of everybody) await until(async () => (await reader.detail(asthma))?.conflicts.length === 0)
  expect(await atTablet.detail(asthma)).toMatchObject({
    addedBy: { type: 'you', device: 'phone' },
    changedBy: member('Cleo'),
    fields: { note: 'since school' },
  })
  expect(await atBea.detail(asthma)).toMatchObject({
    addedBy: { type: 'owner', name: 'Ana' },
    changedBy: member('Cleo'),
  })
  expect(await atCleo.detail(asthma)).toMatchObject({ changedBy: { type: 'you' } })
})

test('what waits to get into somebody’s record is not called backed up: offline, and while the share is paused', async () => {
  const { ana, bea, beas, atAna, atBea } = await threePeople(['problems'])
  await backedUp(bea.session)
  bea.setOnline(false)
  await atBea.add(condition('Bruise'))
  await firstStatus(bea.session, status => status.kind === 'waiting' && status.waitingCount === 1)
  bea.setOnline(true)
  await tells(atAna, ['Bruise by Bea', 'Cough'])
  await backedUp(bea.session)

  await ana.session.changeShare(beas, { isPaused: true })
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received[0]?.isPaused === true)
  await atBea.add(condition('Sprain'))
  await firstStatus(bea.session, status => status.kind === 'waiting' && status.waitingCount === 1)
  expect((await firstStatus(bea.session, () => true)).problems).toEqual([])
  await ana.session.changeShare(beas, { isPaused: false, passphrase: passphraseOf('Ana') })
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received[0]?.isPaused === false)
  await tells(atAna, ['Bruise by Bea', 'Cough', 'Sprain by Bea'])
  await backedUp(bea.session)
})

test('a conflict of one’s own devices names each of them', async () => {
  const ana = await person('Ana')
  const tablet = await device()
  await pair(ana, tablet)
  const [atAna, atTablet] = [own(ana.session), own(tablet.session)]
  const id = await atAna.add(condition('Asthma'))
  await tells(atTablet, ['Asthma'])
  for (const one of [ana, tablet]) one.setOnline(false)
  await atAna.edit(id, condition('Mild asthma'))
  await atTablet.edit(id, condition('Severe asthma'))
  for (const one of [ana, tablet]) one.setOnline(true)
  await until(async () => (await atAna.detail(id))?.conflicts.length === 1)
  const candidates = (await atAna.detail(id))?.conflicts[0]?.candidates
  expect(new Map(candidates?.map(({ value, by }) => [value, by]))).toEqual(
    new Map([
      ['Mild asthma', { type: 'you', device: 'phone' }],
      ['Severe asthma', { type: 'you', device: 'tablet' }],
    ]),
  )
})

test('whose share ended is still named, after the section began anew and by who never met them', async () => {
  const { ana, bea, cleo, atAna, atBea, atCleo, beas } = await threePeople(['problems'])
  await atBea.add(condition('Asthma'))
  const id = await atCleo.add(condition('Fracture'))
  for (const reader of [atAna, atBea, atCleo]) await until(async () => (await reader.rows()).length === 3)
  await atBea.edit(id, condition('Hairline fracture'))
  await tells(atCleo, ['Asthma by Bea', 'Cough', 'Hairline fracture by me'])
  expect((await ana.session.stopShare(beas)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await sharesOf(bea.session)).received[0]?.state === 'ended')
  await tells(atAna, ['Asthma by Bea', 'Cough', 'Hairline fracture by Cleo'])

  const dan = await person('Dan')
  await meet(ana, dan, ['Ana', 'Dan'])
  const dans = await share(ana, 'Dan', { withHistory: false })
  await accept(ana, dan, dans)
  const atDan = shared(dan.session, dans)
  await tells(atDan, ['Asthma by Bea', 'Cough', 'Hairline fracture by Cleo'])
  expect(await atDan.detail(id)).toMatchObject({
    addedBy: { type: 'member', name: 'Cleo' },
    changedBy: { type: 'member', name: 'Bea' },
  })
  await exchange([ana.session, cleo.session], async () => (await atCleo.rows()).length === 3)
  await tells(atCleo, ['Asthma by Bea', 'Cough', 'Hairline fracture by me'])
  await tells(atAna, ['Asthma by Bea', 'Cough', 'Hairline fracture by Cleo'])
})

test('people are called as the owner calls them, and otherwise once she does', async () => {
  const { ana, atAna, atBea, atCleo } = await threePeople(['problems'])
  await atBea.add(condition('Asthma'))
  for (const reader of [atAna, atCleo]) await tells(reader, ['Asthma by Bea', 'Cough'])
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  expect((await ana.session.renameContact(contactId, 'My Bea')).ok).toBe(true)
  await tells(atAna, ['Asthma by My Bea', 'Cough'])
  await tells(atCleo, ['Asthma by My Bea', 'Cough'])
  expect((await ana.session.timelineRows({ text: 'my bea' }, 0, 9)).length).toBe(1)
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await tells(own(again.session), ['Asthma by My Bea', 'Cough'])
})

test('who only sees learns the names of those who add', async () => {
  const [ana, bea, cleo] = [await person('Ana'), await person('Bea'), await person('Cleo')]
  await ana.session.addEntry(condition('Cough'))
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(ana, cleo, ['Ana', 'Cleo'])
  const cleos = await share(ana, 'Cleo')
  await accept(ana, cleo, cleos)
  const beas = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, beas)
  const atBea = shared(bea.session, beas)
  await tells(atBea, ['Cough'])
  await atBea.add(condition('Asthma'))
  const atCleo = shared(cleo.session, cleos)
  await tells(atCleo, ['Asthma by Bea', 'Cough'])
  expect((await cleo.session.askShared(cleos, 'facets', []))?.sources).toContainEqual(
    expect.objectContaining({ label: 'Bea', by: { type: 'member', id: expect.any(String), name: 'Bea' } }),
  )
})
