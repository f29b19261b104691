import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lacking, typedParts } from '#app/core/record/plain-search.ts'
import { foldSearch } from '#app/core/record/row.ts'
import { PLAIN_WORDS } from '#schema/codes/plain-words.ts'

const finds = (typed: string, text: string) => lacking(typedParts(typed), foldSearch(text)).length === 0

test.each([
  ['high blood pressure', 'Essential hypertension (disorder)'],
  ['High Blood pres', 'Hypertensive disorder'],
  ['heart attack', 'Acute myocardial infarction'],
  ['sugar', 'Hemoglobin A1c/Hemoglobin.total in Blood'],
  ['sugar', 'Diabetes mellitus type 2'],
  ['suga', 'Glucose'],
  ['water pill', 'Furosemide 40 MG Oral Tablet'],
  ['tensión alta', 'Hypertension'],
  ['presion alta', 'Hypertension'],
  ['ارتفاع ضغط الدم', 'Hypertension'],
  ['إرتفاع ضغط الدم', 'Essential hypertension'],
  ['高血压', 'Essential hypertension'],
  ['hypertension', '原发性高血压'],
  ['tia', 'Status post TIA, 2019'],
  ['mild high blood pressure', 'Mild hypertension'],
])('“%s” finds “%s”', (typed, text) => {
  expect(finds(typed, text)).toBe(true)
})

test.each([
  ['furosemide', 'Spironolactone 25 mg'],
  ['mini stroke', 'Initial assessment'],
  ['sugar', 'Insulinoma screening'],
  ['high blood pressure', 'Low blood pressure, high temperature'.replace('pressure', 'count')],
  ['heart', 'Acute myocardial infarction'],
  ['wat', 'Furosemide'],
])('“%s” does not find “%s”', (typed, text) => {
  expect(finds(typed, text)).toBe(false)
})

test('foldSearch() takes accents, Arabic letter forms and digits, wide signs and case for the same', () => {
  for (const [one, other] of [
    ['AÑO', 'ano'],
    ['أحمد إبراهيم آمال', 'احمد ابراهيم امال'],
    ['مستشفى الحُمّـى', 'مستشفي الحمي'],
    ['فاتحة', 'فاتحه'],
    ['١٢٣', '123'],
    ['ＣＴ', 'ct'],
    ['Straße', 'strasse'],
  ] as const) {
    expect(foldSearch(one)).toBe(foldSearch(other))
  }
})

test('whatever a text has is found by any piece of it, and looking is total', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, other) => {
      const words = foldSearch(text).trim().split(/\s+/)
      expect(finds(words[0] ?? '', text)).toBe(true)
      finds(other, text)
    }),
  )
})

test('the table has at most 200 things, each with words and none twice in one line', () => {
  expect(PLAIN_WORDS.length).toBeLessThanOrEqual(200)
  for (const { words, finds: found } of PLAIN_WORDS) {
    expect(words.length).toBeGreaterThan(1)
    expect(found.filter((word, index) => word === '' || found.indexOf(word) !== index)).toEqual([])
  }
})
