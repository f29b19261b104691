import { expect, test } from 'vitest'
import { isFiltered, queryOf } from '#app/ui/features/timeline/filter.ts'
import { NO_FILTER } from '#app/ui/views.ts'

test('isFiltered() tells any narrowing', () => {
  expect(isFiltered(NO_FILTER)).toBe(false)
  expect(isFiltered({ ...NO_FILTER, kinds: ['allergy'] })).toBe(true)
  expect(isFiltered({ ...NO_FILTER, to: '2021-12-31' })).toBe(true)
})

test('queryOf() reaches from the earlier to the later midnight', () => {
  const newYork = (day: string, plus: number) => Date.parse(`${day}T05:00:00Z`) + plus * 86_400_000
  const query = queryOf({ ...NO_FILTER, from: '2021-03-04', to: '2021-03-04', text: '  ' }, newYork)
  expect(query).toEqual({ from: Date.parse('2021-03-04T00:00:00Z'), to: Date.parse('2021-03-05T05:00:00Z') - 1 })
})

test('queryOf() says with a text what rows without a title are called on the screen', () => {
  expect(queryOf({ ...NO_FILTER, text: 'weight' }).words?.kinds?.weight).toBe('Weight')
  expect(queryOf(NO_FILTER)).toEqual({})
})
