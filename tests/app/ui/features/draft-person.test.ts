import { expect, test } from 'vitest'
import { type PersonDraft, problemsOf } from '#app/ui/features/welcome/draft-person.ts'
import { withWord, wordsIn } from '#app/ui/parts/draft-words.ts'

const TODAY = '2026-11-22'
const draft: PersonDraft = {
  name: 'Maria',
  birth: '1958-03-14',
  onlyYear: false,
  passphrase: 'four words go here',
  code: '',
}

test('problemsOf() finds nothing wrong with a whole date or a year alone', () => {
  expect(problemsOf(draft, TODAY)).toEqual({})
  expect(problemsOf({ ...draft, birth: '1958', onlyYear: true }, TODAY)).toEqual({})
  expect(problemsOf({ ...draft, birth: TODAY }, TODAY)).toEqual({})
})

test('problemsOf() refuses the future, the far past, nothing, and a short passphrase', () => {
  expect(problemsOf({ ...draft, birth: '2026-11-23' }, TODAY)).toEqual({ birth: 'create.dateWrong' })
  expect(problemsOf({ ...draft, birth: '2027', onlyYear: true }, TODAY)).toEqual({ birth: 'create.yearWrong' })
  expect(problemsOf({ ...draft, birth: '195', onlyYear: true }, TODAY)).toEqual({ birth: 'create.yearWrong' })
  expect(problemsOf({ ...draft, birth: '1879-12-31' }, TODAY)).toEqual({ birth: 'create.dateWrong' })
  expect(problemsOf({ name: '  ', birth: '', onlyYear: false, passphrase: 'short', code: '' }, TODAY)).toEqual({
    name: 'field.needed',
    birth: 'field.needed',
    passphrase: 'pass.tooShort',
  })
})

test('problemsOf() takes no code, and one that a server can have', () => {
  expect(problemsOf({ ...draft, code: '  for the family 1 \n' }, TODAY)).toEqual({})
  for (const code of ['too short', 'für die ganze Familie', 'one, and another, by commas', 'a'.repeat(201)]) {
    expect(problemsOf({ ...draft, code }, TODAY)).toEqual({ code: 'code.invalid' })
  }
})

test('wordsIn() takes words as they are pasted: numbered, in capitals, over several lines', () => {
  expect(wordsIn(' 1. Lamp\n2) ORBIT,garden ;\tvelvet ')).toEqual(['lamp', 'orbit', 'garden', 'velvet'])
})

test('withWord() exchanges one word and keeps its place', () => {
  expect(withWord('1 lamp 2 orbti 3 garden', 2, 'orbit')).toBe('lamp orbit garden')
})
