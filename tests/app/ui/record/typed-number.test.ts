import { expect, test } from 'vitest'
import { asciiDigits, parseTypedNumber } from '#app/ui/record/typed-number.ts'

test('parseTypedNumber() reads the digits and decimal marks of any keyboard', () => {
  for (const text of ['72.5', '72,5', '٧٢٫٥', '７２.５', ' 72.5 ']) expect(parseTypedNumber(text)).toBe(72.5)
})

test('parseTypedNumber() refuses what is not plainly a number', () => {
  for (const text of ['', '-1', '1e3', '12a', '1.2.3', 'NaN', '0x10']) expect(parseTypedNumber(text)).toBeUndefined()
})

test('asciiDigits() leaves everything else alone', () => {
  expect(asciiDigits('۱۲۸/۸۲ نبض')).toBe('128/82 نبض')
})
