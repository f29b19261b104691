import { beforeAll, expect, test, vi } from 'vitest'
import { allWords, type LanguageTag, setLanguage } from '#app/ui/language/language.ts'
import { doseWords, scheduleWords } from '#app/ui/record/medicines/schedule-words.ts'
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
    '2 tablets every 8 hours, first at 6:00 AM, from Mar 1, 2026, until Mar 7, 2026; then 1 tablet at 8:00 AM, every 2 days, from Mar 8, 2026',
  )
})

test('doseWords() says a number of what the app knows as people say it, whatever the language it was typed in', async () => {
  const said = (amount: number, unit: string) => plain(doseWords(amount, unit))
  expect([0, 0.5, 1, 2, 33, -2].map(amount => said(amount, 'tablet'))).toEqual([
    '0 tablets',
    '0.5 tablet',
    '1 tablet',
    '2 tablets',
    '33 tablets',
    '-2 tablets',
  ])
  expect([said(2, 'Drops'), said(2, 'comprimido'), said(5, 'mL'), said(2, 'scoop')]).toEqual([
    '2 drops',
    '2 tablets',
    '5 mL',
    '2 × scoop',
  ])
  vi.stubGlobal('document', { documentElement: {} })
  const inEach = async (tag: LanguageTag, amounts: readonly number[], unit: string) => {
    await setLanguage(tag)
    return amounts.map(amount => said(amount, unit))
  }
  expect(await inEach('es', [1, 2], 'tableta')).toEqual(['1 tableta', '2 tabletas'])
  expect(await inEach('ar', [1, 2, 3, 11, 100], 'tablet')).toEqual(['1 قرص', 'قرصان', '3 أقراص', '11 قرصًا', '100 قرص'])
  expect(await inEach('zh-Hans', [1, 2], 'drop')).toEqual(['1 滴', '2 滴'])
  await setLanguage('en')
  vi.unstubAllGlobals()
})
