import { assert, constantFrom, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { draftOfReading } from '#schema/devices/device-entries.ts'
import { type Characteristic, CHARACTERISTICS, decodeGatt, type GattReading } from '#schema/devices/gatt-readings.ts'
import { parseFields } from '#schema/record/own-entry.ts'

const NAMES = Object.keys(CHARACTERISTICS) as readonly Characteristic[]
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], pair => Number.parseInt(pair, 16))

function reading(characteristic: Characteristic, hex: string): GattReading {
  const decoded = decodeGatt(characteristic, bytesOf(hex))
  if (!decoded.ok) throw new Error(`Cannot read the vector: ${decoded.failure}`)
  return decoded.value
}

const number = (value: number) => ({ kind: 'number', value })
const NOW = '2026-11-27T12:00:00+01:00'
const draft = (characteristic: Characteristic, hex: string) => {
  const found = reading(characteristic, hex)
  if (found.type === 'glucose-context') throw new Error('A context is no reading of its own')
  return draftOfReading(found, undefined, ({ date, time }) => `${date}T${time}+01:00`, NOW)
}

test('a blood pressure with everything: time, pulse, user, and what the device said of it', () => {
  // Flags 1e; 128/82, mean 97 mmHg; 2026-03-04 08:30:15; pulse 61; user 2; moved, irregular, pulse above the range.
  const found = reading('blood-pressure', '1e 8000 5200 6100 ea07 03 04 08 1e 0f 3d00 02 0d00')
  expect(found).toEqual({
    type: 'blood-pressure',
    unit: 'mm[Hg]',
    systolic: number(128),
    diastolic: number(82),
    mean: number(97),
    pulse: number(61),
    at: { date: '2026-03-04', time: '08:30:15' },
    userId: 2,
    remarks: ['body-moved', 'irregular-pulse', 'pulse-above-range'],
  })
  const drafted = draft('blood-pressure', '1e 8000 5200 6100 ea07 03 04 08 1e 0f 3d00 02 0d00')
  expect(drafted).toMatchObject({ isUntimed: false, userId: 2 })
  expect(drafted?.entries).toEqual([
    {
      kind: 'blood-pressure',
      systolicMmHg: 128,
      diastolicMmHg: 82,
      pulsePerMinute: 61,
      takenAt: '2026-03-04T08:30:15+01:00',
    },
  ])
})

test('a blood pressure in kilopascals, and one that was not measured', () => {
  // 17.1 / 10.9 kPa as SFLOAT with exponent −1.
  expect(draft('blood-pressure', '01 abf0 6df0 82f0')?.entries).toMatchObject([
    { systolicMmHg: 128, diastolicMmHg: 82 },
  ])
  expect(reading('blood-pressure', '00 ff07 ff07 ff07')).toMatchObject({ systolic: { kind: 'no-number' } })
  expect(draft('blood-pressure', '00 ff07 ff07 ff07')).toBeUndefined()
})

test('a year of 0 is unknown, so is a day that does not exist', () => {
  for (const date of ['0000 03 04 08 1e 0f', 'ea07 00 04 08 1e 0f', 'ea07 02 1e 08 1e 0f', 'ea07 03 04 19 00 00'])
    expect(reading('blood-pressure', `02 8000 5200 6100 ${date}`)).not.toHaveProperty('at')
  expect(draft('blood-pressure', '02 8000 5200 6100 0000 03 04 08 1e 0f')).toMatchObject({
    isUntimed: true,
    entries: [{ takenAt: NOW }],
  })
})

test('special numbers say why there is none', () => {
  const kinds = [
    ['ff07', 'no-number'],
    ['0008', 'no-resolution'],
    ['fe07', 'too-high'],
    ['0208', 'too-low'],
    ['0108', 'reserved'],
  ] as const
  for (const [hex, kind] of kinds)
    expect(reading('oxygen-spot', `00 ${hex} 3d00`)).toMatchObject({ saturation: { kind }, pulse: number(61) })
  const long = [
    ['ffff7f00', 'no-number'],
    ['00008000', 'no-resolution'],
    ['feff7f00', 'too-high'],
    ['02008000', 'too-low'],
    ['01008000', 'reserved'],
  ] as const
  for (const [hex, kind] of long) expect(reading('temperature', `00 ${hex}`)).toMatchObject({ temperature: { kind } })
})

test('a weight in kilograms and in pounds, with BMI and height, and one that failed', () => {
  // 70.5 kg in steps of 5 g; BMI 22.5; 1.77 m.
  expect(reading('weight', '0e 1437 ea07 03 04 08 1e 0f 01 e100 ea06')).toMatchObject({
    unit: 'kg',
    weight: 70.5,
    bmi: 22.5,
    height: 1.77,
    userId: 1,
  })
  expect(draft('weight', '01 b83d')?.entries).toMatchObject([{ kind: 'weight', weightKg: 71.668 }])
  expect(reading('weight', '00 ffff')).not.toHaveProperty('weight')
  expect(draft('weight', '00 ffff')).toBeUndefined()
  expect(reading('weight', '04 1437 ff')).not.toHaveProperty('userId')
})

test('a glucose by mass and by amount, its time moved by the offset, and what the meter said', () => {
  // Sequence 5; 08:30, 60 minutes later; 105 mg/dL = 105e-5 kg/L (exponent −5); capillary, finger; above the device's range.
  const hex = '0b 0500 ea07 03 04 08 1e 00 3c00 69b0 11 2000'
  expect(reading('glucose', hex)).toMatchObject({
    sequence: 5,
    unit: 'kg/L',
    at: { date: '2026-03-04', time: '09:30:00' },
    sample: 1,
    location: 1,
    remarks: ['above-device'],
  })
  expect(draft('glucose', hex)?.entries).toMatchObject([{ measure: 'glucose', value: 105, unit: 'mg/dL' }])
  // 5.8 mmol/L = 58e-4 mol/L.
  expect(draft('glucose', '06 0600 ea07 03 04 08 1e 00 3ac0 11')?.entries).toMatchObject([
    { value: 5.8, unit: 'mmol/L' },
  ])
  expect(reading('glucose', '01 0700 ea07 03 04 08 1e 00 ff7f')).not.toHaveProperty('at')
  expect(draft('glucose', '00 0700 ea07 03 04 08 1e 00')).toBeUndefined()
})

test('a glucose’s context with everything it may say', () => {
  expect(reading('glucose-context', 'ff 0500 00 01 2c90 02 51 1e00 32 04 0ad0 40f0')).toMatchObject({
    type: 'glucose-context',
    sequence: 5,
    carbohydrate: { kind: 1 },
    meal: 'after-meal',
    tester: 1,
    health: 5,
    exercise: { seconds: 30, percent: 50 },
    medication: { kind: 4, unit: 'L', amount: number(0.01) },
    hba1cPercent: number(6.4),
  })
  expect(reading('glucose-context', '02 0500 09')).not.toHaveProperty('meal')
})

test('a pulse in one byte and in two, with beats and without contact', () => {
  expect(reading('pulse', '00 3d')).toMatchObject({ perMinute: 61, remarks: [] })
  expect(reading('pulse', '1d 3d00 1000 0004 0002')).toMatchObject({ perMinute: 61, energyKj: 16, intervals: [1, 0.5] })
  expect(reading('pulse', '04 3d')).toMatchObject({ remarks: ['no-skin-contact'] })
})

test('a temperature, exactly as the thermometer shows it', () => {
  // 36.6 = 366e-1.
  expect(draft('temperature', '06 6e0100ff ea07 03 04 08 1e 0f 06')?.entries).toMatchObject([
    { measure: 'temperature', value: 36.6, unit: 'Cel' },
  ])
  expect(draft('temperature', '01 db0300ff')?.entries).toMatchObject([{ value: 98.7, unit: '[degF]' }])
  expect(draft('temperature', '00 ffff7f00')).toBeUndefined()
})

test('an oxygen saturation at one moment and as a stream', () => {
  expect(reading('oxygen-spot', '1f 6100 3d00 ea07 03 04 08 1e 0f 2001 200000 0ff0')).toMatchObject({
    isSpot: true,
    saturation: number(97),
    pulse: number(61),
    amplitudePercent: number(1.5),
    remarks: ['ongoing', 'fully-qualified', 'perfusion-low', 'clock-not-set'],
  })
  const stream = reading('oxygen-continuous', '1f 6100 3d00 6000 3e00 6200 3c00 8000 010000 0ff0')
  expect(stream).toMatchObject({ isSpot: false, saturation: number(97), remarks: ['validated', 'display-updating'] })
  const [first, second] = ['00 6100 3d00', '00 6000 3d00'].map(hex => draft('oxygen-continuous', hex)?.key)
  expect(first).toBe(second)
})

test('decodeGatt() refuses what is cut off, wherever it is cut', () => {
  const whole: readonly (readonly [Characteristic, string])[] = [
    ['blood-pressure', '1e 8000 5200 6100 ea07 03 04 08 1e 0f 3d00 02 0d00'],
    ['weight', '0e 1437 ea07 03 04 08 1e 0f 01 e100 ea06'],
    ['glucose', '0b 0500 ea07 03 04 08 1e 00 3c00 69b0 11 2000'],
    ['glucose-context', 'ff 0500 00 01 2c90 02 51 1e00 32 04 0ad0 40f0'],
    ['pulse', '09 3d00 1000'],
    ['temperature', '06 6e0100ff ea07 03 04 08 1e 0f 06'],
    ['oxygen-spot', '1f 6100 3d00 ea07 03 04 08 1e 0f 2001 200000 0ff0'],
    ['oxygen-continuous', '1f 6100 3d00 6000 3e00 6200 3c00 8000 010000 0ff0'],
  ]
  for (const [characteristic, hex] of whole) {
    const bytes = bytesOf(hex)
    for (let length = 0; length < bytes.length; length++)
      expect(decodeGatt(characteristic, bytes.slice(0, length))).toEqual({ ok: false, failure: 'truncated' })
    expect(decodeGatt(characteristic, new Uint8Array([...bytes, 1, 2, 3])).ok).toBe(true)
  }
})

test('decodeGatt() never throws, whatever a device sends, and what it leads to can always be saved', () => {
  assert(
    property(constantFrom(...NAMES), uint8Array({ maxLength: 40 }), (characteristic, bytes) => {
      const decoded = decodeGatt(characteristic, bytes)
      if (!decoded.ok || decoded.value.type === 'glucose-context') return
      const drafted = draftOfReading(decoded.value, 'casual', ({ date, time }) => `${date}T${time}+01:00`, NOW)
      for (const fields of drafted?.entries ?? []) expect(parseFields(fields).ok).toBe(true)
    }),
    { numRuns: 2000 },
  )
  expect(decodeGatt('pulse', new Uint8Array(5000))).toEqual({ ok: false, failure: 'too-large' })
})
