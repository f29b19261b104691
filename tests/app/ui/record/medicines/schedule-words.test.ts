import { beforeAll, expect, test } from 'vitest'
import { allWords } from '#app/ui/language/language.ts'
import { scheduleWords } from '#app/ui/record/medicines/schedule-words.ts'
import type { Schedule, Step } from '#schema/medicines/schedule.ts'

beforeAll(allWords)

const plain = (text: string) => text.replaceAll(/\u202f|\u00a0/g, ' ').replaceAll(/[\u2068\u2069]/g, '')
const words = (...steps: readonly Step[]) => plain(scheduleWords({ unit: 'tablet', steps } satisfies Schedule))

test('a schedule reads as people say it', () => {
  expect(
    words({
      rhythm: { type: 'times', times: ['08:00', '20:00'], weekdays: ['mon', 'thu'] },
      dose: 1,
      meal: 'with',
    }),
  ).toBe('1 tablet at 8:00 AM and 8:00 PM, only on Monday and Thursday, with meals')
  expect(words({ rhythm: { type: 'as-needed', gapHours: 4, mostPerDay: 6 }, dose: 0.5 })).toBe(
    '0.5 tablet when needed, at least 4 hours between, at most 6 times in 24 hours',
  )
  expect(
    words(
      { rhythm: { type: 'hours', hours: 8, first: '06:00' }, dose: 2, from: '2026-03-01', until: '2026-03-07' },
      { rhythm: { type: 'times', times: ['08:00'], everyDays: 2 }, dose: 1, from: '2026-03-08' },
    ),
  ).toBe(
    '2 × tablet every 8 hours, first at 6:00 AM, from Mar 1, 2026, until Mar 7, 2026; then 1 tablet at 8:00 AM, every 2 days, from Mar 8, 2026',
  )
})
