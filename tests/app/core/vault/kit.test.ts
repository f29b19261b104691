import { beforeAll, expect, test } from 'vitest'
import { askedPositions, checkAnswers, kitOf } from '#app/core/vault/kit.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { rootOfWords } from '#crypto/words.ts'
import { instant } from '#schema/instant.ts'
import { testRandom } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

test('kitOf() gives 24 words and a QR text that both lead back to the secret', () => {
  const secret = randomBytes(32)
  const kit = kitOf(secret, instant(1))
  expect(kit.words).toHaveLength(24)
  expect(rootOfWords(kit.qrText)).toEqual({ ok: true, value: secret })
})

test('askedPositions() asks three different words, and each can be asked', () => {
  const seen = new Set<number>()
  for (let round = 0; round < 400; round++) {
    const asked = askedPositions(testRandom)
    expect(new Set(asked).size).toBe(3)
    for (const position of asked) seen.add(position)
  }
  expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
})

test('checkAnswers() forgives case and space, and names each word that is wrong or left out', () => {
  const { words } = kitOf(randomBytes(32), instant(1))
  const answer = (position: number) => ({ position, word: ` ${words[position - 1]?.toUpperCase()} ` })
  expect(checkAnswers(words, [2, 9, 24], [answer(24), answer(2), answer(9)]).ok).toBe(true)
  const wrong = [answer(2), { position: 9, word: 'wellkeep' }, answer(24)]
  expect(checkAnswers(words, [2, 9, 24], wrong)).toEqual({
    ok: false,
    failure: { kind: 'wrong-words', positions: [9] },
  })
  expect(checkAnswers(words, [2, 9, 24], [answer(2)])).toMatchObject({ failure: { positions: [9, 24] } })
})
