import { expect, test } from 'vitest'
import { greetingKey } from '#app/ui/features/home/greeting.ts'
import { weightSeries } from '#app/ui/features/home/series.ts'
import { sampleEntries } from '#tests/support/fake-entries.ts'

test('weightSeries() never puts two units on one axis, and runs forward in time', () => {
  const [newest, middle, ...rest] = sampleEntries().filter(entry => entry.kind === 'weight')
  const inStones = {
    ...middle!,
    value: { type: 'quantity', quantity: { value: 11, unit: '[stone_av]', isUcum: true } } as const,
  }
  const points = weightSeries([newest!, inStones, ...rest], 'metric')
  expect(points).toHaveLength(rest.length + 1)
  expect(points.map(point => point.at)).toEqual(points.map(point => point.at).toSorted((a, b) => a - b))
})

test('greetingKey() follows the clock', () => {
  expect([4, 5, 11, 12, 17, 18, 23].map(greetingKey)).toEqual([
    'home.greeting.evening',
    'home.greeting.morning',
    'home.greeting.morning',
    'home.greeting.afternoon',
    'home.greeting.afternoon',
    'home.greeting.evening',
    'home.greeting.evening',
  ])
})
