import { expect, test } from 'vitest'
import { draftOfTable, isUnitOpen, mappingOf, withUnit, withUse } from '#app/ui/features/import/draft-columns.ts'
import type { TableLook } from '#app/core/table-session.ts'

const LOOK: TableLook = {
  fingerprint: 'f',
  header: ['Date', 'Sugar'],
  rows: [],
  mapping: { columns: [{ use: 'date' }, { use: 'glucose' }], zone: 'Europe/Berlin', decimal: '.' },
  doubts: ['unit'],
  people: [],
  hasDateOrder: false,
  hasOpenZone: false,
  isRemembered: false,
  isGuessedText: false,
}

test('what was not chosen stays out of the mapping, and what was is in it', () => {
  const draft = draftOfTable(LOOK)
  expect(mappingOf(draft)).toEqual(LOOK.mapping)
  const chosen = withUnit({ ...draft, dateOrder: 'day-first', person: 'Ann' }, 1, 'mmol/L')
  expect(mappingOf(chosen)).toEqual({
    ...LOOK.mapping,
    columns: [{ use: 'date' }, { use: 'glucose', unit: 'mmol/L' }],
    dateOrder: 'day-first',
    person: 'Ann',
  })
  expect(mappingOf(withUnit(chosen, 1, '')).columns[1]).toEqual({ use: 'glucose' })
})

test('another use keeps a unit that fits it, takes the only one there is, and asks where there are several', () => {
  const draft = draftOfTable(LOOK)
  expect(isUnitOpen(draft, 1)).toBe(true)
  expect(isUnitOpen(withUse(draft, 0, 'unit'), 1)).toBe(false)
  expect(isUnitOpen(withUse(draft, 1, 'pulse'), 1)).toBe(false)
  expect(withUse(draft, 1, 'pulse').columns[1]).toEqual({ use: 'pulse', unit: '/min' })
  expect(withUse(withUnit(draft, 1, 'mg/dL'), 1, 'glucose-sensor').columns[1]?.unit).toBe('mg/dL')
  expect(withUse(withUnit(draft, 1, 'mg/dL'), 1, 'weight').columns[1]).toEqual({ use: 'weight' })
  expect(withUse(draft, 1, 'note').columns[1]).toEqual({ use: 'note' })
})
