import { expect, test } from 'vitest'
import type { WhatChanged } from '#app/core/history-session.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

async function add(device: RecordDevice, fields: EntryFields) {
  const added = await device.record.addEntry(fields)
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const DAY_MS = 86_400_000
const titles = ({ sections }: WhatChanged) =>
  sections.map(({ section, how, rows }) => `${section} ${how}: ${rows.map(({ title }) => title).join(', ')}`)

test('whatChanged() tells by section what is new, changed and over since a day, and what lay out of its range', async () => {
  const device = await (await makeWorld()).device()
  const now = device.clock.now()
  const old = dayOf(now - 900 * DAY_MS)
  const asthma = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active', since: old } as const
  const id = await add(device, asthma)
  await add(device, {
    kind: 'lab-result',
    name: 'Iron',
    result: '30',
    normalLow: 8,
    normalHigh: 20,
    happenedOn: dayOf(now),
  })
  device.clock.offsetMs += 10 * DAY_MS
  const since = dayOf(device.clock.now() - DAY_MS)
  await device.record.editEntry(id, { ...asthma, note: 'at night' })
  await add(device, { kind: 'allergy', substance: 'Peanut' })
  await add(device, { kind: 'weight', takenAt: new Date(device.clock.now()).toISOString(), weightKg: 70 })
  const told = await device.record.whatChanged(since)
  expect(titles(told)).toEqual(['problems changed: Asthma', 'allergies new: Peanut'])
  expect(told.since).toBe(since)
  expect(told.out.count).toBe(0)
  const month = await device.record.whatChanged(undefined)
  expect(month.isLastVisit).toBeUndefined()
  expect(month.out.rows.map(({ title }) => title)).toEqual(['Iron'])
})

test('whatChanged() begins with the last visit where nobody says a day, and finds nothing since nonsense', async () => {
  const device = await (await makeWorld()).device()
  const day = dayOf(device.clock.now() - 5 * DAY_MS)
  await add(device, { kind: 'visit', name: 'Check', setting: 'practice', happenedOn: day })
  expect(await device.record.whatChanged(undefined)).toMatchObject({ since: day, isLastVisit: true, sections: [] })
  expect(await device.record.whatChanged('never')).toEqual({
    since: 'never',
    out: { rows: [], count: 0 },
    sections: [],
  })
})

test('whatChanged() tells what was brought in and then corrected by hand, and not what nobody touched', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const condition = (id: string, text: string) => ({
    resource: {
      resourceType: 'Condition',
      id,
      code: { text },
      clinicalStatus: { coding: [{ code: 'active' }] },
      onsetDateTime: '2015-02-03',
    },
  })
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [condition('c1', 'Asma'), condition('c2', 'Gout')],
  }
  const preview = await record.previewImport(new Blob([JSON.stringify(bundle)]), 'clinic.json')
  if (!preview.ok) throw new Error('no preview')
  await record.commitImport(preview.value.importId)
  device.clock.offsetMs += 10 * DAY_MS
  const asma = (await record.timelineRows({}, 0, 5)).find(({ title }) => title === 'Asma')
  await record.editEntry(asma!.id, { kind: 'condition', name: 'Asthma', clinicalStatus: 'active', since: '2015-02-03' })
  expect(titles(await record.whatChanged(dayOf(device.clock.now() - DAY_MS)))).toEqual(['problems changed: Asthma'])
})

test('whatChanged() tells apart what was typed since of an earlier time, and names a corrected measurement and result', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const now = device.clock.now()
  const weight = { kind: 'weight', takenAt: new Date(now - 60_000).toISOString(), weightKg: 70 } as const
  const iron = { kind: 'lab-result', name: 'Iron', result: '30', happenedOn: dayOf(now) } as const
  const [first, second, result] = [await add(device, weight), await add(device, weight), await add(device, iron)]
  device.clock.offsetMs += 10 * DAY_MS
  const since = dayOf(device.clock.now() - DAY_MS)
  await record.editEntry(first, { ...weight, weightKg: 71 })
  await record.editEntry(second, { ...weight, weightKg: 72 })
  await record.editEntry(result, { ...iron, result: '13' })
  await add(device, { kind: 'condition', name: 'Measles', clinicalStatus: 'resolved', since: '1985' })
  await add(device, { kind: 'condition', name: 'Cough', clinicalStatus: 'active', since: since.slice(0, 4) })
  await add(device, { kind: 'allergy', substance: 'Peanut' })
  const told = await record.whatChanged(since)
  expect(told.sections.map(({ section, how, count }) => `${section} ${how} ${count}`)).toEqual([
    'problems new 1',
    'allergies new 1',
    'results changed 1',
    'past-problems entered 1',
    'vitals changed 2',
  ])
  expect((await record.whatChanged(dayOf(device.clock.now() + DAY_MS))).sections).toEqual([])
})
