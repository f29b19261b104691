import { expect, test } from 'vitest'
import { draftOfDate, NO_DATE, parseDateDraft, parseFhirDate, parseTaken } from '#app/ui/record/fhir-date.ts'

test('parseFhirDate() keeps what the text leaves open, open', () => {
  expect(parseFhirDate('2021')).toEqual({ year: 2021 })
  expect(parseFhirDate('2021-03')).toEqual({ year: 2021, month: 3 })
  expect(parseFhirDate('2021-03-04T10:00:30.5+02:00')).toEqual({
    year: 2021,
    month: 3,
    day: 4,
    time: '10:00',
    offset: '+02:00',
  })
})

test('parseFhirDate() refuses days that do not exist', () => {
  expect(parseFhirDate('2021-02-29')).toBeUndefined()
  expect(parseFhirDate('2020-02-29')).toBeDefined()
  expect(parseFhirDate('2021-13')).toBeUndefined()
  expect(parseFhirDate('4 March 2021')).toBeUndefined()
})

test('parseDateDraft() takes a year, a month or a day, in any digits', () => {
  expect(parseDateDraft({ year: '2012', month: '', day: '' })).toEqual({ ok: true, text: '2012' })
  expect(parseDateDraft({ year: '٢٠١٢', month: '04', day: '٧' })).toEqual({ ok: true, text: '2012-04-07' })
  expect(parseDateDraft(NO_DATE)).toEqual({ ok: true })
})

test('parseDateDraft() refuses a day without its month, a short year, and 31 April', () => {
  expect(parseDateDraft({ year: '2012', month: '', day: '7' }).ok).toBe(false)
  expect(parseDateDraft({ year: '12', month: '', day: '' }).ok).toBe(false)
  expect(parseDateDraft({ year: '2012', month: '04', day: '31' }).ok).toBe(false)
})

test('draftOfDate() comes back as it was typed', () => {
  for (const text of ['2012', '2012-04', '2012-04-07']) expect(parseDateDraft(draftOfDate(text)).text).toBe(text)
})

const berlin = (date: string) => (date < '2026-04' ? '+01:00' : '+02:00')

test('parseTaken() writes the local time with its zone', () => {
  expect(parseTaken({ date: '2026-05-01', time: '08:10' }, berlin)).toBe('2026-05-01T08:10:00+02:00')
  expect(parseTaken({ date: '', time: '08:10' }, berlin)).toBeUndefined()
})

test('parseTaken() keeps an untouched time to the letter', () => {
  const written = '2026-05-01T08:10:42.5-07:00'
  expect(parseTaken({ date: '2026-05-01', time: '08:10', written }, berlin)).toBe(written)
})

test('parseTaken() corrects a time in the zone of the journey, and across summer time at home', () => {
  const abroad = '2026-05-01T08:10:00-07:00'
  expect(parseTaken({ date: '2026-05-01', time: '08:20', written: abroad }, berlin)).toBe('2026-05-01T08:20:00-07:00')
  const home = '2026-05-01T08:10:00+02:00'
  expect(parseTaken({ date: '2026-02-01', time: '08:10', written: home }, berlin)).toBe('2026-02-01T08:10:00+01:00')
})
