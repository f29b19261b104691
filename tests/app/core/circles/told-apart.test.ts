import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldName, toldApart } from '#app/core/circles/told-apart.ts'

const named = (id: string, name: string, isGone = false) => ({ id, name, isGone })

test('of those of one name the first keeps it, whoever is gone comes last', () => {
  const people = [named('c', 'Fox'), named('a', 'Fox', true), named('b', 'fox'), named('d', 'Elk')]
  expect(Object.fromEntries(toldApart(people, ['a', 'b', 'c', 'd']))).toEqual({
    a: 'Fox (3)',
    b: 'fox',
    c: 'Fox (2)',
    d: 'Elk',
  })
})

test('whoever calls themselves by a number that was given to somebody else does not get it', () => {
  const people = [named('a', 'Fox'), named('b', 'Fox'), named('c', 'Fox (2)')]
  expect(toldApart(people, ['a', 'b', 'c']).get('b')).toBe('Fox (2)')
  expect(toldApart(people, ['a', 'b', 'c']).get('c')).toBe('Fox (2) (2)')
})

test('who is not known to have come in stands behind those who are, by their id', () => {
  const people = [named('z', 'Fox'), named('a', 'Fox'), named('b', 'Fox')]
  expect([...toldApart(people, ['z'])]).toEqual([
    ['z', 'Fox'],
    ['a', 'Fox (2)'],
    ['b', 'Fox (3)'],
  ])
})

test('names that look alike are one: capitals, spaces, what nobody sees, other forms of a letter', () => {
  const zeroWidth = 'F\u200Bo\u2060x'
  const alike = [
    'Fox',
    'fox',
    ' FOX ',
    'F ox',
    zeroWidth,
    'Ｆｏｘ',
    'F\u00ADox\u3164',
    '\u202EFox',
    'F\u2800ox',
    'Fox\uFE0F',
  ]
  expect([...new Set(alike.map(foldName))]).toEqual(['fox'])
  expect(foldName('Jose\u200D\u0301')).toBe(foldName('JOSÉ'))
  expect(foldName('Straße')).toBe(foldName('STRASSE'))
  expect(foldName('Fox')).not.toBe(foldName('Fax'))
})

test('whoever lists them, everybody stands under the same name, and no two names look alike', () => {
  const people = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      name: fc.constantFrom('Fox', 'FOX', 'Fo\u200Bx', 'Fox (2)', 'fox(2)', 'Fox (2) (2)', 'Elk'),
      isGone: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  )
  fc.assert(
    fc.property(people, fc.infiniteStream(fc.nat()), fc.nat(12), (listed, shuffle, known) => {
      const mixed = () =>
        listed
          .map(one => [shuffle.next().value ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one)
      const since = mixed()
        .slice(0, known)
        .map(({ id }) => id)
      const shown = toldApart(listed, since)
      expect(toldApart(mixed(), since)).toEqual(shown)
      expect(new Set([...shown.values()].map(foldName)).size).toBe(listed.length)
      const first = since.find(id => listed.some(one => one.id === id && !one.isGone && one.name === 'Elk'))
      expect(first === undefined || shown.get(first) === 'Elk').toBe(true)
    }),
  )
})
