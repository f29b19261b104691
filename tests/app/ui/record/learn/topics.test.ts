import { describe, expect, test } from 'vitest'
import { EXPLAINED_TESTS } from '#app/ui/record/explain/explained-tests.ts'
import { CONDITION_TOPICS, type ConditionId, MEDICINE_TOPICS, TOPICS } from '#app/ui/record/learn/topics.ts'
import type { LibraryWords } from '#app/ui/record/learn/library-words.ts'
import { words as ar } from '#app/ui/record/learn/words/ar.ts'
import { words as en } from '#app/ui/record/learn/words/en.ts'
import { words as es } from '#app/ui/record/learn/words/es.ts'
import { words as zhHans } from '#app/ui/record/learn/words/zh-hans.ts'

const LANGUAGES: readonly (readonly [string, LibraryWords])[] = [
  ['en', en],
  ['ar', ar],
  ['es', es],
  ['zh-Hans', zhHans],
]

/** Names that have a number in them. */
const NAMED = /HbA1c|B12|(?:type|tipo|النوع) [12]|[12]型/gi

describe.each(LANGUAGES)('in %s', (_, library) => {
  const { tests, alsoCalled, ...topics } = library

  test('every topic and every test has its words', () => {
    expect(Object.keys(topics).toSorted()).toEqual(TOPICS.map(({ id }) => id).toSorted())
    expect(Object.keys(tests).toSorted()).toEqual(EXPLAINED_TESTS.map(({ key }) => key).toSorted())
    const names = [...Object.values(topics).map(({ name }) => name), ...Object.values(tests)]
    expect(new Set(names).size).toBe(names.length)
  })

  test('every topic says what it is, what is noticed, what helps and what to ask one’s care team', () => {
    for (const { what, notice, helps, questions, urgent } of Object.values(topics)) {
      for (const text of [what, notice, helps, ...(urgent === undefined ? [] : [urgent])]) {
        expect(text).toMatch(/^\P{Ll}.*[.。؟]$/u)
      }
      expect(questions.length).toBeGreaterThanOrEqual(2)
      for (const question of questions) expect(question).toMatch(/[?？؟]$/)
    }
  })

  test('none holds a number that could be taken for a dose or a limit', () => {
    const numbered = Object.values(topics).filter(words => /[\p{Nd}%<>≥≤]/u.test(textOf(words).replaceAll(NAMED, '')))
    expect(numbered.map(({ name }) => name)).toEqual([])
  })

  test('no condition is called otherwise by what it is called already, or twice', () => {
    for (const [id, names] of Object.entries(alsoCalled)) {
      expect(new Set([topics[id as ConditionId].name, ...names]).size).toBe(names.length + 1)
    }
  })

  test('each is short: read in a minute or two', () => {
    const length = (words: object) => textOf(words).length
    expect(Math.max(...Object.values(topics).map(length))).toBeLessThan(1500)
  })
})

const textOf = (words: object) => Object.values(words).flat().join('\n')

test('emergencies that a topic names in one language it names in each', () => {
  for (const [, library] of LANGUAGES) {
    const urgent = TOPICS.filter(({ id }) => library[id].urgent !== undefined).map(({ id }) => id)
    expect(urgent).toEqual(TOPICS.filter(({ id }) => en[id].urgent !== undefined).map(({ id }) => id))
  }
})

test('each topic names pages that may be retold, and the day on which they were read', () => {
  for (const { sources, readOn } of TOPICS) {
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) {
      expect(source).toMatch(/^https:\/\/(medlineplus\.gov\/[a-z0-9]+\.html|www\.nhs\.uk\/medicines\/[a-z/-]+\/)$/)
    }
    expect(readOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

test('a code leads to one topic, and is one by its form', () => {
  const each = <One>(topics: readonly One[], codesOf: (topic: One) => readonly string[]) => topics.flatMap(codesOf)
  const lists = [
    each(CONDITION_TOPICS, ({ snomed }) => snomed),
    each(CONDITION_TOPICS, ({ icd10 }) => icd10),
    each(MEDICINE_TOPICS, ({ atc }) => atc),
    each(MEDICINE_TOPICS, ({ rxNorm }) => rxNorm),
    each(MEDICINE_TOPICS, ({ names }) => names),
  ] as const
  for (const list of lists) expect(new Set(list).size).toBe(list.length)
  const [snomed, icd10, atc, rxNorm] = lists
  expect(snomed.filter(code => !hasVerhoeffDigit(code))).toEqual([])
  expect(icd10.filter(code => !/^[A-Z]\d[0-9A-Z](\.\d{1,2})?$/.test(code))).toEqual([])
  expect(atc.filter(code => !/^[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?$/.test(code))).toEqual([])
  expect(rxNorm.filter(code => !/^\d{3,7}$/.test(code))).toEqual([])
})

const TIMES = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** As SNOMED CT makes the last digit of an identifier (Verhoeff). */
function hasVerhoeffDigit(code: string): boolean {
  const turned = (digit: number, times: number): number => (times === 0 ? digit : turned(TURN[digit]!, times - 1))
  const digits = Array.from(code, Number).toReversed()
  return digits.reduce((sum, digit, place) => TIMES[sum]![turned(digit, place % 8)]!, 0) === 0
}
