import { expect, test } from 'vitest'
import { roundTicks } from '#app/ui/parts/trend-scale.ts'

test('roundTicks() spans the values with round steps and does not reach for zero', () => {
  const ticks = roundTicks(76, 134)
  expect(ticks).toEqual([60, 80, 100, 120, 140])
  expect(roundTicks(71.4, 73.8)[0]).toBeGreaterThan(70)
})

test('roundTicks() gives one value room on both sides', () => {
  const ticks = roundTicks(120, 120)
  expect(ticks[0]).toBeLessThan(120)
  expect(ticks.at(-1)).toBeGreaterThan(120)
})

test('roundTicks() does not go below zero for what cannot', () => {
  expect(roundTicks(0.1, 5)[0]).toBe(0)
  expect(roundTicks(0, 0)[0]).toBe(0)
  expect(roundTicks(-2, 5)[0]).toBeLessThan(-2)
})
