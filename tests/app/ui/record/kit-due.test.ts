import { expect, test } from 'vitest'
import { isPracticeDue } from '#app/ui/record/kit-due.ts'
import { instant } from '#schema/instant.ts'

const at = (text: string) => instant(Date.parse(text))

test('isPracticeDue() a calendar year after the words were typed, and never where they never were', () => {
  const typed = at('2026-03-04T10:00:00')
  expect(isPracticeDue(typed, at('2027-03-04T09:59:59'))).toBe(false)
  expect(isPracticeDue(typed, at('2027-03-04T10:00:00'))).toBe(true)
  expect(isPracticeDue(at('2028-02-29T10:00:00'), at('2029-03-01T10:00:00'))).toBe(true)
  expect(isPracticeDue(undefined, typed)).toBe(false)
})
