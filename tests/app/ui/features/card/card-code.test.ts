import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CardFace } from '#app/core/card-session.ts'
import { cardCode, paperFaces } from '#app/ui/features/card/card-code.ts'

const more = (count: number) => `… +${count}`
const face = (parts: CardFace['parts'], head = ['Ada Byron', 'Born 1815']): CardFace => ({
  language: 'en',
  head,
  parts,
})
const bytes = (text: string) => new TextEncoder().encode(text).length

test('cardCode() is plain text that needs nothing else', () => {
  const one = face([
    { title: 'Allergies', lines: ['Penicillin', 'Latex'] },
    { title: 'Medicines', lines: ['Metformin'] },
  ])
  expect(cardCode(one, more)).toEqual({
    text: 'Ada Byron\nBorn 1815\nAllergies: Penicillin; Latex\nMedicines: Metformin',
    leftOut: [],
  })
})

test('cardCode() leaves the last things out where it would be too long, says how many, and names them', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `Medicine number ${index} 500 mg`)
  const { text, leftOut } = cardCode(
    face([
      { title: 'Allergies', lines: ['Latex'] },
      { title: 'Medicines', lines },
    ]),
    more,
  )
  expect(text).toContain('Allergies: Latex')
  expect(text.endsWith(`… +${leftOut.length}`)).toBe(true)
  expect(leftOut.at(-1)).toBe('Medicine number 39 500 mg')
  expect(bytes(text)).toBeLessThanOrEqual(660)
})

const anyFace = fc
  .array(
    fc.record({
      title: fc.string({ maxLength: 30 }),
      lines: fc.array(fc.string({ maxLength: 300 }), { maxLength: 12 }),
    }),
    {
      maxLength: 8,
    },
  )
  .map(parts => face(parts))

test('cardCode() is never longer than a phone can read, in any script, and each line is in it or named as left out', () => {
  fc.assert(
    fc.property(anyFace, one => {
      const { text, leftOut } = cardCode(one, more)
      expect(bytes(text)).toBeLessThanOrEqual(660)
      for (const line of one.parts.flatMap(({ lines }) => lines))
        expect(text.includes(line) || leftOut.includes(line)).toBe(true)
    }),
  )
})

test('paperFaces() puts what one side cannot hold on more, loses no word of it, and numbers them', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `Medicine number ${index} 500 mg in the morning`)
  const sides = paperFaces(face([{ title: 'Medicines', lines }]))
  expect(sides.length).toBeGreaterThan(2)
  expect(sides[0]?.head[0]).toBe(`Ada Byron (1/${sides.length})`)
  expect(sides.flatMap(({ parts }) => parts).every(({ title }) => title === 'Medicines')).toBe(true)
  expect(sides.flatMap(({ parts }) => parts.flatMap(part => part.lines))).toEqual(lines)
  const words = (text: string) => text.replaceAll(/\s+/g, '')
  fc.assert(
    fc.property(anyFace, one => {
      const all = paperFaces(one).flatMap(({ parts }) => parts.flatMap(part => part.lines))
      expect(words(all.join(''))).toBe(words(one.parts.flatMap(part => part.lines).join('')))
    }),
  )
})
