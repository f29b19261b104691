import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRhythm, comingDays, dueDays, lastDue, readRhythm, type Rhythm, rhythmText } from '#schema/tasks/rhythm.ts'
import { rhythms } from './rhythms.ts'

const MONTHLY: Rhythm = { from: '2026-01-31', repeat: { type: 'monthly' } }

test('a task of each 31st is due on the last day of shorter months', () => {
  expect(dueDays(MONTHLY, '2026-01-01', '2026-05-31')).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ])
  expect(dueDays({ ...MONTHLY, from: '2024-01-30' }, '2024-02-01', '2024-03-31')).toEqual(['2024-02-29', '2024-03-30'])
})

test('every so many days counts from the first day, over the end of a year', () => {
  const rhythm: Rhythm = { from: '2026-12-30', repeat: { type: 'days', every: 3 } }
  expect(dueDays(rhythm, '2026-01-01', '2027-01-06')).toEqual(['2026-12-30', '2027-01-02', '2027-01-05'])
})

test('on days of the week the first day is one of them, and the last day ends it', () => {
  // A Wednesday.
  const read = checkRhythm({
    from: '2026-03-04',
    repeat: { type: 'weekdays', weekdays: ['mon', 'sat'] },
    until: '2026-03-09',
  })
  expect(read.ok && read.value.from).toBe('2026-03-07')
  expect(read.ok && dueDays(read.value, '2026-01-01', '2026-12-31')).toEqual(['2026-03-07', '2026-03-09'])
})

test.each([
  [{ from: '2026-02-30', repeat: { type: 'once' } }, 'from'],
  [{ from: '2026-03', repeat: { type: 'once' } }, 'from'],
  [{ from: '2026-03-04', until: '2026-03-03', repeat: { type: 'monthly' } }, 'until'],
  [{ from: '2026-03-04', until: '2026-03-04', repeat: { type: 'weekdays', weekdays: ['mon'] } }, 'until'],
  [{ from: '2026-03-04', time: '24:00', repeat: { type: 'once' } }, 'time'],
  [{ from: '2026-03-04', repeat: { type: 'days', every: 0 } }, 'every'],
  [{ from: '2026-03-04', repeat: { type: 'days', every: 1.5 } }, 'every'],
  [{ from: '2026-03-04', repeat: { type: 'weekdays', weekdays: ['day'] } }, 'weekdays'],
  [null, 'from'],
])('checkRhythm(%j) names %s', (value, field) => {
  expect(checkRhythm(value)).toEqual({ ok: false, failure: field })
})

test('each rhythm comes back from its text, and its last and coming days are days of its own', () => {
  fc.assert(
    fc.property(rhythms(), rhythm => {
      expect(readRhythm(rhythmText(rhythm))).toEqual(rhythm)
      const today = '2027-03-04'
      const last = lastDue(rhythm, today)
      const all = dueDays(rhythm, '2024-01-01', '2030-12-31')
      expect(last).toBe(all.filter(day => day <= today).at(-1))
      expect(comingDays(rhythm, today)[0]).toBe(all.find(day => day > today))
    }),
  )
})

test('readRhythm() throws for nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      const read = readRhythm(text)
      expect(read === undefined || checkRhythm(read).ok).toBe(true)
    }),
  )
})
