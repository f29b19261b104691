import { expect, test } from 'vitest'
import { isCheckDue } from '#app/ui/record/card-due.ts'
import { instant } from '#schema/instant.ts'

const at = (year: number, month: number, day: number) => instant(new Date(year, month - 1, day, 12).getTime())

test('isCheckDue() asks six months after the last word about the card, and never before there was one', () => {
  expect(isCheckDue({}, at(2030, 1, 1))).toBe(false)
  expect(isCheckDue({ checkedAt: at(2026, 1, 15) }, at(2026, 7, 14))).toBe(false)
  expect(isCheckDue({ checkedAt: at(2026, 1, 15) }, at(2026, 7, 15))).toBe(true)
  expect(isCheckDue({ checkedAt: at(2026, 1, 15), touchedAt: at(2026, 6, 1) }, at(2026, 7, 15))).toBe(false)
  // There is no 31 February.
  expect(isCheckDue({ checkedAt: at(2026, 8, 31) }, at(2027, 2, 27))).toBe(false)
  expect(isCheckDue({ checkedAt: at(2026, 8, 31) }, at(2027, 2, 28))).toBe(true)
})
