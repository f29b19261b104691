import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLockedCard } from '#app/core/locked-card-desk.ts'
import { instant } from '#schema/instant.ts'

const FACE = { language: 'en', head: ['Ana'], parts: [{ title: 'Allergies', lines: ['Latex'] }] }

test('readLockedCard() reads what was sealed, and is total: of anything else it shows nothing', () => {
  const card = { faces: [FACE], asOf: instant(5) }
  expect(readLockedCard(JSON.stringify(card))).toEqual(card)
  for (const broken of [
    { faces: [{ ...FACE, parts: [{ title: 1, lines: [] }] }], asOf: 5 },
    { faces: 1, asOf: 5 },
    null,
  ])
    expect(readLockedCard(JSON.stringify(broken))).toBeUndefined()
  fc.assert(fc.property(fc.string(), text => readLockedCard(text) === undefined))
  fc.assert(
    fc.property(fc.json(), text => {
      readLockedCard(text)
    }),
  )
})
