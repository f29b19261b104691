import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dosagesOf, scheduleOfDosages } from '#schema/medicines/dosage.ts'
import { checkSchedule, readSchedule, scheduleText } from '#schema/medicines/schedule.ts'
import { schedules } from './schedules.ts'

test('what scheduleText writes is read back, and is the same text for the same schedule', () => {
  fc.assert(
    fc.property(schedules, schedule => {
      const { unit, steps } = schedule
      expect(readSchedule(scheduleText(schedule))).toEqual({ ok: true, value: schedule })
      expect(scheduleText({ steps, unit })).toBe(scheduleText(schedule))
    }),
  )
})

test('as FHIR Dosage and back it is the same schedule', () => {
  fc.assert(
    fc.property(schedules, schedule => {
      expect(scheduleOfDosages(dosagesOf(schedule))).toEqual(schedule)
    }),
  )
})

test('both readers are total', () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (value, text) => {
      expect(checkSchedule(value).ok).toBe(false)
      expect(readSchedule(text).ok).toBe(false)
      expect(scheduleOfDosages(value)).toBeUndefined()
    }),
  )
})

const daily = { rhythm: { type: 'times', times: ['08:00'] }, dose: 1 }
const withSteps = (...steps: readonly unknown[]) => checkSchedule({ unit: 'tablet', steps })

test.each([
  ['no time', { ...daily, rhythm: { type: 'times', times: [] } }, 'times'],
  ['a time that no clock shows', { ...daily, rhythm: { type: 'times', times: ['24:00'] } }, 'times'],
  ['one time twice', { ...daily, rhythm: { type: 'times', times: ['08:00', '08:00'] } }, 'times'],
  ['no weekday', { ...daily, rhythm: { type: 'times', times: ['08:00'], weekdays: [] } }, 'weekdays'],
  ['each third day from no day on', { ...daily, rhythm: { type: 'times', times: ['08:00'], everyDays: 3 } }, 'from'],
  ['every 0 hours', { ...daily, rhythm: { type: 'hours', hours: 0, first: '08:00' }, from: '2026-01-01' }, 'hours'],
  ['a gap of a year', { ...daily, rhythm: { type: 'as-needed', gapHours: 9000 } }, 'gapHours'],
  ['half a dose a day at most', { ...daily, rhythm: { type: 'as-needed', mostPerDay: 0.5 } }, 'mostPerDay'],
  ['nothing at all each time', { ...daily, dose: 0 }, 'dose'],
  ['a day that no calendar has', { ...daily, from: '2026-02-30' }, 'from'],
  ['an end before its beginning', { ...daily, from: '2026-03-02', until: '2026-03-01' }, 'until'],
] as const)('a step with %s is refused by its field', (_, step, field) => {
  expect(withSteps(step)).toEqual({ ok: false, failure: { kind: 'bad-step', step: 0, field } })
})

test('a step that begins before the one before it has ended is refused', () => {
  const first = { ...daily, from: '2026-01-01', until: '2026-01-07' }
  expect(withSteps(first, { ...daily, from: '2026-01-07' })).toEqual({
    ok: false,
    failure: { kind: 'overlap', step: 1 },
  })
  expect(withSteps(daily, { ...daily, from: '2026-01-07' })).toMatchObject({ failure: { kind: 'overlap' } })
  expect(withSteps(first, { ...daily, from: '2026-01-08' }).ok).toBe(true)
})

test.each([
  ['twice a day, nobody says when', { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }],
  ['in the morning', { timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['MORN'] } } }],
  ['two times, of which one is not said', { timing: { repeat: { frequency: 2, timeOfDay: ['08:00:00'] } } }],
  ['ten times in all', { timing: { repeat: { count: 10, timeOfDay: ['08:00:00'] } } }],
  [
    'when needed for something',
    { asNeededCodeableConcept: { text: 'pain' }, timing: { repeat: { timeOfDay: ['08:00:00'] } } },
  ],
])('no schedule is made of %s', (_, dosage) => {
  const doseAndRate = [{ doseQuantity: { value: 1, unit: 'tablet' } }]
  expect(scheduleOfDosages([{ ...dosage, doseAndRate }])).toBeUndefined()
})
