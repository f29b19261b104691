import { assert, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { eightWords, rootOfWords, secretOfEightWords, wordsOf } from '#crypto/words.ts'
import { fail, ok } from '#schema/result.ts'
import { filled } from './places.ts'

const exactly = (count: number) => uint8Array({ minLength: count, maxLength: count })
const LEGAL = wordsOf(filled(32, 0x7f))
const withWord = (position: number, word: string) => LEGAL.with(position - 1, word).join(' ')

test('rootOfWords() reads back every secret', () => {
  assert(
    property(exactly(32), secret => {
      const words = wordsOf(secret)
      expect(words.length).toBe(24)
      expect(rootOfWords(words.join(' '))).toEqual(ok(secret))
    }),
  )
})

test('rootOfWords() does not mind capitals, numbers, commas and line breaks', () => {
  const asPrinted = LEGAL.map((word, index) => `${index + 1}. ${word.toUpperCase()},`).join('\r\n')
  expect(rootOfWords(asPrinted)).toEqual(ok(filled(32, 0x7f)))
  expect(rootOfWords(`  ${LEGAL.join('\u00a0')}\n`)).toEqual(ok(filled(32, 0x7f)))
})

test('rootOfWords() says how many words it got', () => {
  expect(rootOfWords('')).toEqual(fail({ kind: 'count', got: 0 }))
  expect(rootOfWords(LEGAL.slice(1).join(' '))).toEqual(fail({ kind: 'count', got: 23 }))
  expect(rootOfWords(`${LEGAL.join(' ')} art`)).toEqual(fail({ kind: 'count', got: 25 }))
})

test.each([
  ['winer', 'winner'],
  ['winenr', 'winner'],
  ['wimmer', 'winner'],
  ['winn', 'winner'],
  ['legall', 'legal'],
  ['sausag', 'sausage'],
  ['wineer', 'winner'],
])('rootOfWords() names the mistyped word %s and suggests %s', (typed, meant) => {
  const answer = rootOfWords(withWord(2, typed))
  const wrong = !answer.ok && answer.failure.kind === 'unknown' ? answer.failure.wrong : []
  expect(wrong.map(one => one.position)).toEqual([2])
  expect(wrong[0]?.suggestions.length).toBe(3)
  expect(wrong[0]?.suggestions).toContain(meant)
})

test('rootOfWords() names every unknown word', () => {
  const answer = rootOfWords(LEGAL.with(0, 'leggal').with(23, 'tittle').join(' '))
  expect(answer).toMatchObject({ failure: { kind: 'unknown', wrong: [{ position: 1 }, { position: 24 }] } })
})

test('rootOfWords() finds words of the list in the wrong place by the checksum', () => {
  expect(rootOfWords(withWord(24, 'zoo'))).toEqual(fail({ kind: 'checksum' }))
  expect(rootOfWords(LEGAL.toReversed().join(' '))).toEqual(fail({ kind: 'checksum' }))
})

test('rootOfWords() answers for very long and strange words', () => {
  const answer = rootOfWords(withWord(5, 'ж'.repeat(100_000)))
  expect(answer).toMatchObject({ failure: { kind: 'unknown', wrong: [{ position: 5 }] } })
})

test('secretOfEightWords() reads back every pairing secret', () => {
  assert(
    property(exactly(11), secret => {
      const words = eightWords(secret)
      expect(words.length).toBe(8)
      expect(secretOfEightWords(words.join(' '))).toEqual(ok(secret))
    }),
  )
})

test('eightWords() are the secret’s bits in groups of eleven', () => {
  expect(eightWords(filled(11, 0))).toEqual(Array.from({ length: 8 }, () => 'abandon'))
  expect(eightWords(filled(11, 255))).toEqual(Array.from({ length: 8 }, () => 'zoo'))
  expect(eightWords(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])).at(-1)).toBe('ability')
})

test('secretOfEightWords() names what is wrong', () => {
  expect(secretOfEightWords('zoo zoo')).toEqual(fail({ kind: 'count', got: 2 }))
  expect(secretOfEightWords('zoo zoo zoo zoo zoo zoo zoo zzo')).toMatchObject({
    failure: {
      kind: 'unknown',
      wrong: [{ position: 8, suggestions: ['zoo', expect.any(String), expect.any(String)] }],
    },
  })
})
