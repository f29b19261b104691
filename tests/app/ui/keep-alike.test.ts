import { expect, test } from 'vitest'
import { keepAlike } from '#app/ui/keep-alike.ts'

test('keepAlike() takes what is as it was from the answer before, and answers anew as a whole', () => {
  const before = {
    total: 2,
    rows: [
      { id: 'a', value: { number: 1 } },
      { id: 'b', value: { number: 2 } },
    ],
  }
  const same = keepAlike(before, structuredClone(before))
  expect(same).toEqual(before)
  expect(same).not.toBe(before)
  expect(same.rows).toBe(before.rows)
})

test('keepAlike() knows the things of a list by their id or key, wherever they stand now', () => {
  const [one, other] = [
    { id: 'a', title: 'one' },
    { key: 'b', title: 'other' },
  ]
  const next = keepAlike(
    [one, other],
    [
      { id: 'c', title: 'new' },
      { key: 'b', title: 'other' },
      { id: 'a', title: 'changed' },
    ],
  )
  expect(next[1]).toBe(other)
  expect(next[2]).toEqual({ id: 'a', title: 'changed' })
  expect(next).toHaveLength(3)
})

test.for([
  ['a part that went', { a: 1, b: 2 }, { a: 1 }],
  ['a part that came', { a: 1 }, { a: 1, b: undefined }],
  ['a list for a thing', { a: [1] }, { a: { 0: 1 } }],
  ['nothing', undefined, { a: 1 }],
  ['a shorter list', { a: [1, 2] }, { a: [1] }],
  ['bytes', { a: Uint8Array.of(1) }, { a: Uint8Array.of(2) }],
  ['a date', { a: null }, { a: new Date(0) }],
])('keepAlike() answers what is told now after %s', ([, before, next]) => {
  expect(keepAlike(before, next)).toStrictEqual(next)
})
