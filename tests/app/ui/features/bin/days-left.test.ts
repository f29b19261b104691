import { expect, test } from 'vitest'
import { daysLeft } from '#app/ui/features/bin/days-left.ts'

test('daysLeft() counts a begun day, and never below none', () => {
  const day = 86_400_000
  expect(daysLeft(30 * day, 0)).toBe(30)
  expect(daysLeft(30 * day, 1)).toBe(30)
  expect(daysLeft(day, day - 1)).toBe(1)
  expect(daysLeft(day, 2 * day)).toBe(0)
})
