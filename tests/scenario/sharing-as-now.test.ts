import { expect, test, vi } from 'vitest'
import type { Section } from '#schema/record/sections.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { lootOf, readableWith } from '#tests/support/removed-reader.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, passphraseOf, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

/** What a share "as it is now" gives to whoever opens every byte that comes with it. */
const { device, relay } = household()
const SECTIONS = ['problems', 'vitals'] as const

const FIRST_KG = 71.234567
const NOW_KG = 70.123456
/** What was overwritten or deleted before anything was shared, each as it would stand in a frame. */
const PAST: Readonly<Record<string, readonly string[]>> = {
  'a name': ['Tuberculosis'],
  'a note': ['drinks in secret'],
  'a deleted title': ['HIV positive'],
  'a first value': [String(FIRST_KG), packed(FIRST_KG)],
  'a note of a reading': ['after cocaine'],
}
const MEDICINES_PAST: typeof PAST = { 'a medicine': ['Sertraline'] }

/** Readings stand as bytes, and a decoded change has those as a list of numbers. */
function packed(kg: number): string {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, kg)
  return bytes.join()
}

function tracesIn(texts: readonly string[], past: typeof PAST = PAST): string[] {
  const isIn = (marks: readonly string[]) => marks.some(mark => texts.some(text => text.includes(mark)))
  return Object.entries(past).flatMap(([name, marks]) => (isIn(marks) ? name : []))
}

async function add({ session }: TestDevice, fields: EntryFields): Promise<EntryId> {
  const added = await session.addEntry(fields)
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function edit({ session }: TestDevice, id: EntryId, fields: EntryFields): Promise<void> {
  expect((await session.editEntry(id, fields)).ok).toBe(true)
}

const weight = (weightKg: number, note?: string): EntryFields => ({
  kind: 'weight',
  takenAt: '2026-03-04T07:30:00+01:00',
  weightKg,
  ...(note === undefined ? {} : { note }),
})

/** Ana’s record, of which everything was something else before; she knows Bea and Cal. */
async function anaWithPast() {
  const [ana, bea, cal] = [
    await makePerson(device, 'Ana'),
    await makePerson(device, 'Bea'),
    await makePerson(device, 'Cal'),
  ]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(ana, cal, ['Ana', 'Cal'])
  const problem = await add(ana, { ...condition('Tuberculosis'), note: 'drinks in secret' } as EntryFields)
  await edit(ana, problem, condition('Asthma'))
  expect((await ana.session.binEntry(await add(ana, condition('HIV positive')))).ok).toBe(true)
  await edit(ana, await add(ana, weight(FIRST_KG, 'after cocaine')), weight(NOW_KG))
  const pill = await add(ana, { kind: 'medicine', name: 'Sertraline', status: 'taking' })
  await edit(ana, pill, { kind: 'medicine', name: 'Ibuprofen', status: 'taking' })
  await backedUp(ana.session)
  // The search finds all of it where it stands.
  const hers = await readableWith(await lootOf(ana), relay())
  expect(tracesIn(hers)).toEqual(Object.keys(PAST))
  expect(hers.some(text => text.includes(packed(FIRST_KG)))).toBe(true)
  expect(tracesIn(hers, MEDICINES_PAST)).toEqual(['a medicine'])
  return { ana, bea, cal, problem }
}

const asNow = (ana: TestDevice, to: string, sections: readonly Section[] = SECTIONS) =>
  share(ana, to, { sections, withHistory: false })

const sees = (who: TestDevice, id: string, title: string) =>
  until(async () => {
    const rows = await who.session.askShared(id, 'timelineRows', [{}, 0, 100])
    return rows?.some(row => row.title === title) === true
  })

/** By every key that was ever granted, from what is here and what a relay gives out; more than honest ones do, too. */
async function everythingFor(who: TestDevice): Promise<readonly string[]> {
  const { texts, frames } = await obtainable(who)
  expect(frames).toBeGreaterThan(2)
  return [...texts, ...(await readableWith(await lootOf(who), relay()))]
}

test('as it is now: what was overwritten or deleted before is in no byte that Bea can open', async () => {
  const { ana, bea } = await anaWithPast()
  const id = await asNow(ana, 'Bea')
  await accept(ana, bea, id)
  await sees(bea, id, 'Asthma')
  await add(ana, condition('Migraine'))
  await sees(bea, id, 'Migraine')
  const texts = await everythingFor(bea)
  expect(tracesIn(texts)).toEqual([])
  for (const now of ['Asthma', 'Migraine', packed(NOW_KG)]) expect(texts.some(text => text.includes(now))).toBe(true)
})

test('nor once the section is shared with Cal too, who gets nothing of what Bea saw change; nor when it is shared with Bea anew', async () => {
  const { ana, bea, cal, problem } = await anaWithPast()
  const first = await asNow(ana, 'Bea')
  await accept(ana, bea, first)
  const rash = await add(ana, condition('Rash'))
  await sees(bea, first, 'Rash')
  await edit(ana, problem, condition('Mild asthma'))
  expect((await ana.session.binEntry(rash)).ok).toBe(true)
  await sees(bea, first, 'Mild asthma')

  const second = await asNow(ana, 'Cal')
  await accept(ana, cal, second)
  await sees(cal, second, 'Mild asthma')
  await add(ana, condition('Migraine'))
  for (const [who, id] of [
    [bea, first],
    [cal, second],
  ] as const)
    await sees(who, id, 'Migraine')
  const his = await everythingFor(cal)
  expect(tracesIn(his, { ...PAST, 'seen by Bea alone': ['Rash', '"Asthma"'] })).toEqual([])
  expect(tracesIn(await everythingFor(bea))).toEqual([])

  expect((await ana.session.stopShare(first)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () =>
    (await sharesOf(bea.session)).received.every(({ state }) => state === 'ended'),
  )
  const third = await asNow(ana, 'Bea')
  await accept(ana, bea, third)
  await sees(bea, third, 'Mild asthma')
  expect(tracesIn(await everythingFor(bea))).toEqual([])
})

test('nor of a section that is added to the share', async () => {
  const { ana, bea } = await anaWithPast()
  const id = await asNow(ana, 'Bea', ['problems'])
  await accept(ana, bea, id)
  await sees(bea, id, 'Asthma')
  const sections = ['problems', 'vitals', 'medicines'] as const
  expect((await ana.session.changeShare(id, { sections, passphrase: passphraseOf('Ana') })).ok).toBe(true)
  await exchange(
    [ana.session, bea.session],
    async () => (await sharesOf(bea.session)).received[0]?.sections.length === 3,
  )
  await sees(bea, id, 'Ibuprofen')
  const texts = await everythingFor(bea)
  expect(tracesIn(texts, { ...PAST, ...MEDICINES_PAST })).toEqual([])
  for (const now of ['Asthma', 'Ibuprofen', packed(NOW_KG)]) expect(texts.some(text => text.includes(now))).toBe(true)
})
