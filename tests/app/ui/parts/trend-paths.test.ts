import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bandSteps,
  boundPath,
  dotPath,
  extentOf,
  linePath,
  nearestTo,
  thinned,
  type TrendPoint,
} from '#app/ui/parts/trend-paths.ts'

const same = (value: number) => value

test('linePath() leads from value to value and never to a bound', () => {
  const points: readonly TrendPoint[] = [
    { at: 0, value: 1 },
    { at: 1, value: 2 },
    { at: 2, value: 5, bound: 'below' },
    { at: 3, value: 4 },
    { at: 4, value: 3 },
  ]
  expect(linePath(points, same, same)).toBe('M0 1L1 2M3 4L4 3')
  expect(dotPath(points, same, same).match(/M/g)).toHaveLength(4)
})

test('boundPath() draws an open circle whose tick points to where the value lies', () => {
  // Downwards is more in a picture.
  expect(boundPath([{ at: 10, value: 20, bound: 'below' }], same, same)).toMatch(/M10 24v7$/)
  expect(boundPath([{ at: 10, value: 20, bound: 'above' }], same, same)).toMatch(/M10 16v-7$/)
  expect(boundPath([{ at: 10, value: 20 }], same, same)).toBe('')
})

test('bandSteps() gives each result its own range halfway to its neighbours, and joins what is the same', () => {
  const points: readonly TrendPoint[] = [
    { at: 10, value: 1, range: { low: 1, high: 2 } },
    { at: 20, value: 1, range: { low: 1, high: 2 } },
    { at: 40, value: 1, range: { high: 3 } },
    { at: 60, value: 1 },
    { at: 80, value: 1, range: { high: 3 } },
  ]
  expect(bandSteps(points, same, 0, 100)).toEqual([
    { from: 0, to: 30, low: 1, high: 2 },
    { from: 30, to: 50, high: 3 },
    { from: 70, to: 100, high: 3 },
  ])
})

test('thinned() keeps what can be seen: the ends, the least and the greatest of each column, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer()), { maxLength: 400 }), pairs => {
      const points = pairs.map(([at, value]) => ({ at, value })).toSorted((a, b) => a.at - b.at)
      const kept = thinned(points, same)
      expect(kept.length).toBeLessThanOrEqual(31 * 4)
      const places = kept.map(point => points.indexOf(point))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      for (const column of new Set(points.map(({ at }) => at))) {
        const values = (of: readonly TrendPoint[]) => of.filter(({ at }) => at === column).map(({ value }) => value)
        expect(Math.max(...values(kept))).toBe(Math.max(...values(points)))
        expect(Math.min(...values(kept))).toBe(Math.min(...values(points)))
      }
    }),
  )
})

test('extentOf() shows near ends of ranges, no far ones, and is not drawn to zero by a range', () => {
  const of = (values: readonly number[], range: TrendPoint['range'] = {}) =>
    extentOf(values.map((value, at) => ({ at, value, range })))
  expect(of([4, 6], { low: 3, high: 7 })).toEqual([3, 7])
  expect(of([4, 6], { low: 0, high: 7 })).toEqual([4, 7])
  expect(of([4, 6], { high: 1000 })).toEqual([4, 6])
  expect(of([5], { low: 3, high: 1000 })).toEqual([3, 1000])
})

test('nearestTo() finds the point at the time that a finger points to', () => {
  const points = [10, 50, 90].map(at => ({ at, value: at }))
  expect(nearestTo(points, { x: same, y: same }, { x: 52, y: 0 })).toBe(1)
  expect(nearestTo(points, { x: same, y: same }, { x: 1000, y: 0 })).toBe(2)
})
