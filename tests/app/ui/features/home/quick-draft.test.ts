import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkQuick, NO_QUICK } from '#app/ui/features/home/quick-draft.ts'
import { parseFields } from '#schema/record/own-entry.ts'

const NOW = new Date(2026, 4, 1, 9, 5)
const check = (line: string, time = '') => checkQuick({ ...NO_QUICK, line, time }, NOW)

test('checkQuick() takes a blood pressure in one line, now or at the time that was typed', () => {
  for (const line of ['128/82 61', '128 82 61', '128/82/61', '١٢٨/٨٢ ٦١']) {
    expect(check(line)).toMatchObject({
      ok: true,
      fields: { systolicMmHg: 128, diastolicMmHg: 82, pulsePerMinute: 61 },
      questions: [],
    })
  }
  expect(check('128/82')).toMatchObject({ fields: { takenAt: expect.stringMatching(/^2026-05-01T09:05:00/) } })
  for (const time of ['8:30', '830']) {
    expect(check('128/82', time)).toMatchObject({ fields: { takenAt: expect.stringMatching(/^2026-05-01T08:30:00/) } })
  }
})

test('checkQuick() says what is wrong, and asks about what is odd', () => {
  expect(check('')).toEqual({ ok: false, error: 'empty' })
  expect(check('128')).toEqual({ ok: false, error: 'not-a-reading' })
  expect(check('128/820')).toEqual({ ok: false, error: 'out-of-range' })
  expect(check('128/82', 'noon')).toEqual({ ok: false, error: 'bad-time' })
  expect(check('82/128')).toMatchObject({ ok: true, questions: ['pressure-swapped'] })
  expect(check('299/82')).toMatchObject({ ok: true, questions: ['pressure-unusual'] })
  expect(check('128/82', '23:00')).toMatchObject({ ok: true, questions: ['in-the-future'] })
})

test('whatever is typed is answered, and what passes can be saved', () => {
  const line = fc.oneof(
    fc.string(),
    fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 4 }).map(all => all.join('/')),
  )
  fc.assert(
    fc.property(line, fc.oneof(fc.string(), fc.constant('')), (text, time) => {
      const checked = check(text, time)
      expect(!checked.ok || parseFields(checked.fields).ok).toBe(true)
    }),
  )
})
