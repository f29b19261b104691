import { expect, test } from 'vitest'
import { EXPLAINED_TESTS, explainedTestOf } from '#app/ui/record/explain/explained-tests.ts'
import { explanations as ar } from '#app/ui/record/explain/words/ar.ts'
import { explanations as en } from '#app/ui/record/explain/words/en.ts'
import { explanations as es } from '#app/ui/record/explain/words/es.ts'
import { explanations as zhHans } from '#app/ui/record/explain/words/zh-hans.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'

test.each([
  ['en', en],
  ['ar', ar],
  ['es', es],
  ['zh-Hans', zhHans],
])('every test is explained in %s in a few sentences, with no number that could be taken for a limit', (_, words) => {
  expect(Object.keys(words).toSorted()).toEqual(EXPLAINED_TESTS.map(({ key }) => key).toSorted())
  for (const text of Object.values(words)) {
    expect(text.replaceAll(/HbA1c/gi, '')).not.toMatch(/[\p{Nd}%<>≥≤]/u)
    const sentences = text.match(/[.。؟?](?=\s|$|[\p{Script=Han}A-Z])/gu) ?? []
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(sentences.length).toBeLessThanOrEqual(4)
  }
})

test('each says where and when it was read, and only pages that are not under copyright', () => {
  for (const { sources, readOn } of EXPLAINED_TESTS) {
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) {
      expect(source).toMatch(/^https:\/\/medlineplus\.gov\/(lab-tests\/[a-z0-9-]+\/|[a-z0-9]+\.html)$/)
    }
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

test('a code has one explanation, and is well formed by its check digit', () => {
  const codes = EXPLAINED_TESTS.flatMap(({ loinc }) => loinc)
  expect(new Set(codes).size).toBe(codes.length)
  expect(EXPLAINED_TESTS.filter(({ loinc }) => loinc.length === 0)).toEqual([])
  expect(codes.filter(code => !hasCheckDigit(code))).toEqual([])
})

test('a test is found by the code of its result, and none where there is none', () => {
  const found = (code: string) => explainedTestOf([{ system: SYSTEMS.loinc, code }])?.key
  expect([found('2951-2'), found('2093-3'), found('24467-3')]).toEqual(['sodium', 'cholesterol', undefined])
  expect(explainedTestOf([{ code: '2951-2' }])).toBeUndefined()
})

/** Mod 10 by Luhn, as LOINC makes them. */
function hasCheckDigit(code: string): boolean {
  const [number = '', check] = code.split('-')
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, digit, index) => {
      const times = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return total + (times > 9 ? times - 9 : times)
    }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}
