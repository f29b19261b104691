import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shownFileName, shownName } from '#app/core/shown-name.ts'

test('names that lie: nothing hidden, turned around, stacked or on two lines reaches another person’s screen', () => {
  expect(shownName('Ana\u202Etxt.exe')).toBe('Ana txt.exe')
  expect(shownName('Ana\u2066\u200F\u061C Ruiz')).toBe('Ana Ruiz')
  expect(shownName('Ana\n\n(compared)\u0000\u0007')).toBe('Ana (compared)')
  expect(shownName(`A${'\u0301'.repeat(500)}na`)).toBe(`A${'\u0301'.repeat(4)}na`)
  expect(shownName('\uFEFF\u00AD')).toBe('?')
  expect(shownName('\u3164\u2800')).toBe('?')
  expect(shownName('')).toBe('?')
  expect(shownName('x'.repeat(5000))).toHaveLength(100)
})

test('shownFileName() cannot be turned around, stays long, and is empty where there is none', () => {
  expect(shownFileName('lab\u202Enosj.exe')).toBe('lab nosj.exe')
  expect(shownFileName(`${'x'.repeat(150)}.json`)).toBe(`${'x'.repeat(150)}.json`)
  expect(shownFileName('')).toBe('')
})

test('shownName() keeps names of every script', () => {
  for (const name of [
    'Zoë Müller-O’Hara',
    'عائشة بنت محمد',
    '王小明',
    'علی\u200Cرضا',
    '👩\u200D👧 Mum',
    'Nguyễn Thị Ánh',
    'שרה',
  ]) {
    expect(shownName(name)).toBe(name)
  }
})

test('shownName() is whole and fits a card, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), name => {
      const shown = shownName(name)
      expect(shown).not.toBe('')
      expect(new TextEncoder().encode(shown).length).toBeLessThanOrEqual(400)
      expect(shownName(shown)).toBe(shown)
    }),
  )
})
