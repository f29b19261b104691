import { expect, test } from 'vitest'
import { filterParams, isFiltered, NO_FILTER, parseFilter, queryOf } from '#app/ui/features/timeline/filter.ts'

test('parseFilter() and filterParams() are each other’s way back', () => {
  const filter = {
    kinds: ['allergy', 'lab-result'],
    sections: ['results'],
    sources: ['self'],
    from: '2021-01-01',
    to: '2021-12-31',
    text: 'penicillin & co',
  } as const
  expect(parseFilter(filterParams(filter), filter.text)).toEqual(filter)
  expect(JSON.stringify(filterParams(filter))).not.toContain('penicillin')
  expect(parseFilter({})).toEqual(NO_FILTER)
  expect(isFiltered(NO_FILTER)).toBe(false)
  expect(isFiltered(filter)).toBe(true)
})

test('parseFilter() leaves out what an address made up', () => {
  expect(parseFilter({ kind: 'allergy,curse', section: '<b>', from: '2021-99-99', source: '../..' })).toEqual({
    ...NO_FILTER,
    kinds: ['allergy'],
  })
})

test('queryOf() reaches from the earlier to the later midnight', () => {
  const newYork = (day: string, plus: number) => Date.parse(`${day}T05:00:00Z`) + plus * 86_400_000
  const query = queryOf({ ...NO_FILTER, from: '2021-03-04', to: '2021-03-04', text: '  ' }, newYork)
  expect(query).toEqual({ from: Date.parse('2021-03-04T00:00:00Z'), to: Date.parse('2021-03-05T05:00:00Z') - 1 })
})
