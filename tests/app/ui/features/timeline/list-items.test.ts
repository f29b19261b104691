import { expect, test } from 'vitest'
import { byMonth, headingPlace, placeOf } from '#app/ui/features/timeline/list-items.ts'

const MONTHS = [
  { month: '2021-03', start: 0, count: 2 },
  { month: '2021-01', start: 2, count: 3 },
  { month: '', start: 5, count: 1 },
]

test('placeOf() finds headings and rows of every month', () => {
  const all = Array.from({ length: 9 }, (_, index) => placeOf(MONTHS, index))
  expect(all.map(place => `${place.monthIndex}:${place.rowInMonth}`)).toEqual([
    '0:-1',
    '0:0',
    '0:1',
    '1:-1',
    '1:0',
    '1:1',
    '1:2',
    '2:-1',
    '2:0',
  ])
  expect(MONTHS.map((_, index) => headingPlace(MONTHS, index))).toEqual([0, 3, 7])
})

test('byMonth() groups what is drawn, with gaps', () => {
  expect([...byMonth(MONTHS, [1, 4, 5, 7])]).toEqual([
    [0, { hasHeading: false, rows: [1] }],
    [1, { hasHeading: false, rows: [4, 5] }],
    [2, { hasHeading: true, rows: [] }],
  ])
})
