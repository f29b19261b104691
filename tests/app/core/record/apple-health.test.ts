import { expect, test } from 'vitest'
import type { Result } from '#schema/result.ts'
import { healthData, pressure, record as healthRecord } from '#tests/support/apple-health.ts'
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
