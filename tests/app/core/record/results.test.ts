import { expect, test } from 'vitest'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import type { TestGroup } from '#app/core/results-session.ts'
import { instant } from '#schema/instant.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const NOW = instant(Date.UTC(2026, 10, 1, 12))

async function withSample(): Promise<RecordDevice> {
  const device = await (await makeWorld()).device()
  const { bundle, fileName } = sampleRecord(7, NOW)
  const preview = await device.record.previewImport(new Blob([bundle]), fileName)
  if (!preview.ok) throw new Error('Cannot preview')
  const done = await device.record.commitImport(preview.value.importId)
  if (!done.ok) throw new Error('Cannot import')
  return device
}

/** Every list that was told, and how to hear no more. */
async function watched(device: RecordDevice) {
  const told: (readonly TestGroup[])[] = []
  const stop = await device.record.watchTests(tests => told.push(tests))
  return { told, stop }
}

const glucoseIn = (tests: readonly TestGroup[] = []) => tests.find(({ latest }) => latest.title === 'Glucose')

test('watchTests() tells of each test once, with its panel, and again when a result goes', async () => {
  const device = await withSample()
  const { told, stop } = await watched(device)
  const glucose = glucoseIn(told[0])
  expect(glucose).toMatchObject({ count: 20, units: ['mg/dL'], panel: { report: { title: 'Basic metabolic panel' } } })
  expect(told[0]?.find(({ latest }) => latest.title === 'TSH')?.panel).toBeUndefined()
  expect(['high', 'normal', 'low']).toContain(glucose?.latest.flag)
  await device.record.binEntry(glucose!.latest.id)
  await device.record.idle()
  expect(glucoseIn(told.at(-1))).toMatchObject({ count: 19, key: glucose?.key })
  expect(glucoseIn(told.at(-1))?.latest.id).toBe(glucose?.before?.id)
  stop()
})

test('testHistory() has every result of the test that any of them names, newest first, with the source’s range', async () => {
  const device = await withSample()
  const { told, stop } = await watched(device)
  stop()
  const glucose = glucoseIn(told[0])!
  const history = await device.record.testHistory(glucose.latest.id)
  expect(history?.key).toBe(glucose.key)
  expect(history?.results).toHaveLength(20)
  expect(history?.results[0]).toMatchObject({ title: 'Glucose', range: { low: 70, high: 99 } })
  const times = history?.results.map(({ when }) => when?.sortAt ?? 0) ?? []
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(await device.record.testHistory(history!.results.at(-1)!.id)).toMatchObject({ key: glucose.key })
  const report = glucose.panel!.report
  expect(await device.record.testHistory(report.id)).toBeUndefined()
  await device.record.binEntry(glucose.latest.id)
  expect(await device.record.testHistory(glucose.latest.id)).toBeUndefined()
})

test('flags and panels are the same after the sealed index was read again', async () => {
  const device = await withSample()
  const before = await watched(device)
  before.stop()
  await device.reopen()
  const after = await watched(device)
  after.stop()
  expect(after.told[0]).toEqual(before.told[0])
  expect(device.opened).toBe(0)
})
