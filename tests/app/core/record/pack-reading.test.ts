import * as A from '@automerge/automerge'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packReading, type ReadingFields, timeOf, unpackReading } from '#app/core/record/pack-reading.ts'
import { addReading, readingKey } from '#app/core/record/stored-entry.ts'
import { instant } from '#schema/instant.ts'

const two = (value: number) => String(value).padStart(2, '0')

const takenAt = fc
  .record({
    year: fc.integer({ min: 1000, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    seconds: fc.constantFrom('', ':00', ':59', ':01.250', ':60'),
    zone: fc.constantFrom('Z', '+00:00', '-00:00', '+02:00', '-03:30', '+05:45', '+14:00', '+01:07', '-11:00'),
  })
  .map(
    ({ year, month, day, hour, minute, seconds, zone }) =>
      `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}${seconds}${zone}`,
  )

const pressure = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.double({ min: 1, max: 400, noNaN: true }))
const reading: fc.Arbitrary<ReadingFields> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('blood-pressure' as const),
      takenAt,
      systolicMmHg: pressure,
      diastolicMmHg: pressure,
      pulsePerMinute: pressure,
      arm: fc.constantFrom('left' as const, 'right' as const),
      posture: fc.constantFrom('sitting' as const, 'standing' as const, 'lying' as const),
      medicine: fc.constantFrom('before' as const, 'after' as const),
    },
    { requiredKeys: ['kind', 'takenAt', 'systolicMmHg', 'diastolicMmHg'] },
  ),
  fc.record({
    kind: fc.constant('weight' as const),
    takenAt,
    weightKg: fc.oneof(
      fc.integer({ min: 1, max: 7000 }).map(n => n / 10),
      fc.double({ min: 0.1, max: 700, noNaN: true }),
    ),
  }),
)

test('packReading() loses nothing of a reading, however it was written', () => {
  fc.assert(
    fc.property(reading, fields => {
      const addedAt = instant(60_000 * 29_000_000)
      const added = unpackReading(fields.kind, timeOf(fields.takenAt), packReading(fields, addedAt))
      expect(added).toEqual({ fields, addedAt })
      const bytes = packReading(fields)
      expect(unpackReading(fields.kind, timeOf(fields.takenAt), bytes)?.fields).toEqual(fields)
    }),
    { numRuns: 500 },
  )
})

test('packReading() needs six bytes for what people usually write down', () => {
  const fields = { kind: 'blood-pressure', takenAt: '2026-03-04T07:30:00+01:00', systolicMmHg: 128 } as const
  expect(
    packReading({ ...fields, diastolicMmHg: 81, pulsePerMinute: 66, arm: 'left', posture: 'sitting' }),
  ).toHaveLength(6)
})

test('unpackReading() answers nothing for bytes it was never given', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 3 }), (bytes, minute) => {
      for (const measure of ['blood-pressure', 'weight'] as const) {
        const read = unpackReading(measure, { year: '2026', month: '03', minute }, bytes)
        expect(read === undefined || read.fields.kind === measure).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('a year of readings needs at most 15 bytes each in a save, ten of them at most 1,500 in a frame', () => {
  let doc = A.init<Record<string, unknown>>({ actor: 'ab'.repeat(16) })
  let seed = 7
  const random = (count: number) =>
    Uint8Array.from({ length: count }, () => (seed = (seed * 1103515245 + 12345) % 2147483648) >> 16)
  const start = Date.parse('2026-01-01T00:00:00Z')
  let changeBytes = 0
  for (let at = 0; at < 1000; at++) {
    const time = new Date(start + at * 8 * 3_600_000 + (random(1)[0] ?? 0) * 60_000)
    const text = `${time.toISOString().slice(0, 19)}+01:00`
    const values = { systolicMmHg: 110 + (random(1)[0] ?? 0) / 8, diastolicMmHg: 70, pulsePerMinute: 60 + (at % 13) }
    const whole = { ...values, systolicMmHg: Math.round(values.systolicMmHg) }
    doc = A.change(doc, draft => {
      const key = readingKey(text, random)
      addReading(
        draft,
        `${text.slice(5, 7)}~ab12cd34`,
        key,
        { kind: 'blood-pressure', takenAt: text, ...whole },
        instant(+time),
      )
    })
    if (at >= 990) changeBytes += A.getLastLocalChange(doc)?.length ?? 0
  }
  expect(A.save(doc).length / 1000).toBeLessThanOrEqual(15)
  expect(changeBytes).toBeLessThanOrEqual(1500)
})
