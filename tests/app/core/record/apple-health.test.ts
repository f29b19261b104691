import { expect, test } from 'vitest'
import type { Result } from '#schema/result.ts'
import { healthData, healthDataOf, pressure, record as healthRecord } from '#tests/support/apple-health.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const AT = '2024-03-05 08:00:00 +0100'
const weight = (at: string, kg: string) => healthRecord('BodyMass', at, kg, { unit: 'kg' })
const WEIGHT = 'HKQuantityTypeIdentifierBodyMass'

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

const fileOf = (...records: readonly string[]) => new Blob([healthData(...records)])
const look = async ({ record }: RecordDevice, file: Blob) => value(await record.previewImport(file, 'export.xml'))
const titles = async ({ record }: RecordDevice) => (await record.timelineRows({}, 0, 20)).map(({ kind }) => kind).sort()

test('what was left out of an export stays out, comes in later from the same file, and each step is taken back alone', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const file = fileOf(pressure(AT, 131, 81), weight(AT, '80'))
  const first = await look(device, file)
  expect(value(await record.commitImport(first.importId, [WEIGHT]))).toEqual({ added: 3 })
  expect(await titles(device)).toEqual(['blood-pressure', 'lab-result', 'person'])
  await device.reopen({ isCrash: true })

  const second = await look(device, file)
  expect(second.series?.find(({ key }) => key === WEIGHT)).toMatchObject({ isNew: 1, alreadyThere: 0 })
  expect(second.newCount).toBe(1)
  expect(value(await device.record.commitImport(second.importId))).toEqual({ added: 1 })
  expect((await look(device, file)).newCount).toBe(0)

  expect(value(await device.record.undoImport(second.importId))).toEqual({ removed: 1 })
  expect(await titles(device)).toEqual(['blood-pressure', 'lab-result', 'person'])
})

test('the next export adds its new readings alone, also when the phone wrote it in another zone', async () => {
  const device = await (await makeWorld()).device()
  const first = await look(device, fileOf(weight(AT, '80')))
  value(await device.record.commitImport(first.importId))
  const next = await look(
    device,
    fileOf(weight('2024-03-05 02:00:00 -0500', '80'), weight('2024-03-06 02:00:00 -0500', '79')),
  )
  expect(next.series).toMatchObject([{ key: WEIGHT, isNew: 1, alreadyThere: 1 }])
  expect(value(await device.record.commitImport(next.importId))).toEqual({ added: 1 })
})

const beat = (at: string, rate: number) =>
  healthRecord('HeartRate', at, String(rate), { unit: 'count/min', source: 'Watch' })
const noon = (day: string) => `2024-03-${day} 12:00:00 +0100`
/** Exports made on a Wednesday, on the Monday after it, and two weeks later. */
const [WEDNESDAY, MONDAY, LATER] = [
  '2024-03-20 10:30:00 +0100',
  '2024-03-25 08:00:00 +0100',
  '2024-04-03 10:30:00 +0200',
]

async function bringIn(device: RecordDevice, exportedAt: string | undefined, ...records: readonly string[]) {
  const file = new Blob([healthDataOf(exportedAt, records)])
  const preview = await look(device, file)
  const { added } = value(await device.record.commitImport(preview.importId))
  return { added, preview }
}

/** Of the rows from Apple Health but the person: when, and what of it is by day. */
async function byDay(device: RecordDevice) {
  const rows = (await device.record.timelineRows({}, 0, 1000)).filter(({ codes }) =>
    codes.some(({ code }) => code?.startsWith('HKQuantityTypeIdentifier')),
  )
  return Promise.all(
    rows.map(async ({ id, when }) => {
      const original = await new Promise<string>(resolve => {
        void device.record.watchEntry(id, detail => resolve(detail?.original ?? ''))
      })
      const days = /"data":"([^"]*)"/.exec(original)?.[1]
      return days === undefined ? when!.text : `${when!.text}: ${days}`
    }),
  )
}

test.each([
  ['that says when it was made', [WEDNESDAY, LATER]],
  ['that does not', [undefined, undefined]],
])(
  'a week that was not over at an export %s waits whole, and comes whole with the next one, once',
  async (_, [first, next]) => {
    const device = await (await makeWorld()).device()
    const before = [beat(noon('12'), 60), beat(noon('19'), 70), beat(noon('20'), 71)]
    const opening = await bringIn(device, first, ...before)
    expect(await byDay(device)).toEqual(['2024-03-11: E E E 60 60 60 E E E E E E E E E E E E E E E'])
    expect(opening.preview.left).toContainEqual(expect.objectContaining({ reason: 'this-week', count: 2 }))
    expect((await bringIn(device, first, ...before)).added).toBe(0)

    const after = [...before, beat(noon('22'), 72), beat('2024-04-02 12:00:00 +0200', 80)]
    expect((await bringIn(device, next, ...after)).added).toBe(1)
    expect(await byDay(device)).toEqual([
      '2024-03-18: E E E 70 70 70 71 71 71 E E E 72 72 72 E E E E E E',
      '2024-03-11: E E E 60 60 60 E E E E E E E E E E E E E E E',
    ])
    expect((await bringIn(device, next, ...after)).added).toBe(0)
  },
)

test('a week of which the watch had not yet told all becomes whole with the next export, and stands once', async () => {
  const device = await (await makeWorld()).device()
  await bringIn(device, MONDAY, beat(noon('19'), 70))
  const { added, preview } = await bringIn(device, LATER, beat(noon('19'), 70), beat(noon('24'), 75))
  expect([added, preview.series]).toMatchObject([1, [{ isNew: 1, alreadyThere: 0 }]])
  expect(await byDay(device)).toEqual(['2024-03-18: E E E 70 70 70 E E E E E E E E E E E E 75 75 75'])
})

test('readings that came in one by one are in no week later, when a day of the sensor has many', async () => {
  const device = await (await makeWorld()).device()
  const glucose = (day: string, count: number) =>
    Array.from({ length: count }, (_, five) => {
      const clock = `${String(8 + Math.floor(five / 12)).padStart(2, '0')}:${String((five % 12) * 5).padStart(2, '0')}`
      const written = { unit: 'mg/dL', source: 'Maria’s\u00a0Sensor' }
      return healthRecord('BloodGlucose', `2024-03-${day} ${clock}:00 +0100`, String(100 + five), written)
    })
  await bringIn(device, WEDNESDAY, ...glucose('20', 3))
  expect(await byDay(device)).toHaveLength(3)
  const { added } = await bringIn(device, LATER, ...glucose('20', 30), ...glucose('21', 30))
  expect(added).toBe(28)
  const all = await byDay(device)
  expect(all.filter(text => text.startsWith('2024-03-20T'))).toHaveLength(30)
  expect(all.filter(text => !text.startsWith('2024-03-20T'))).toEqual([
    '2024-03-18: E E E E E E E E E 100 114.5 129 E E E E E E E E E',
  ])
  expect((await bringIn(device, LATER, ...glucose('20', 30), ...glucose('21', 30))).added).toBe(0)
})

test('an export that is broken off while it is read leaves nothing', async () => {
  const device = await (await makeWorld()).device()
  const many = Array.from({ length: 20_000 }, (_, index) => weight(AT, String(index)))
  const reading = device.record.previewImport(fileOf(...many), 'export.xml')
  await new Promise(resolve => setTimeout(resolve, 5))
  await device.record.cancelImport()
  expect(await reading).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(await titles(device)).toEqual([])
  expect(await device.record.imports()).toEqual([])
})
