import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CardDocument, isCardChange, readCardChoices, writeCardChange } from '#app/core/home/card-document.ts'
import { instant } from '#schema/instant.ts'

test('writeCardChange() keeps each choice in a field of its own, with the days of what was said', () => {
  const doc: CardDocument = {}
  writeCardChange(doc, { kind: 'item', key: 'part:medicines', isOn: false }, instant(10))
  writeCardChange(doc, { kind: 'item', key: 'a.b~1', isOn: true }, instant(11))
  writeCardChange(doc, { kind: 'none-known', of: 'allergies', isKnown: true }, instant(12))
  writeCardChange(doc, { kind: 'none-known', of: 'devices', isKnown: true }, instant(13))
  writeCardChange(doc, { kind: 'none-known', of: 'devices', isKnown: false }, instant(14))
  writeCardChange(doc, { kind: 'checked' }, instant(15))
  expect(readCardChoices(doc)).toEqual({
    items: { 'part:medicines': false, 'a.b~1': true },
    noneKnownAt: { allergies: 12 },
    checkedAt: 15,
    touchedAt: 15,
  })
})

test('readCardChoices() is total, and no words get into the document', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), doc => {
      readCardChoices(doc)
    }),
  )
  expect(isCardChange({ kind: 'item', key: 'Bea 0123', isOn: true })).toBe(false)
  expect(readCardChoices({ 'item Bea 0123': 1, 'none allergies': 'x', checkedAt: -1 })).toEqual({
    items: {},
    noneKnownAt: {},
  })
})
