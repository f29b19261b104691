import { expect, test } from 'vitest'
import { isTooShort, loadEstimator, strengthOf } from '#app/ui/parts/passphrase-strength.ts'

test('strengthOf() divides by ten thousand guesses a second', () => {
  expect(strengthOf(864_000_000 - 1).level).toBe('weak')
  expect(strengthOf(864_000_000)).toEqual({ level: 'fair', seconds: 86_400 })
  expect(strengthOf(1e12).level).toBe('good')
  expect(strengthOf(1e14).level).toBe('strong')
})

test('isTooShort() counts characters, not code units', () => {
  expect(isTooShort('1234567')).toBe(true)
  expect(isTooShort('12345678')).toBe(false)
  expect(isTooShort('🌿🌿🌿🌿')).toBe(true)
})

test('the estimate is not impressed by spaces, names, or what everybody uses', async () => {
  const estimate = await loadEstimator()
  expect(estimate('correct horse battery', []).level).toBe('weak')
  expect(estimate('password1', []).level).toBe('weak')
  expect(estimate('correct horse battery staple', []).level).toBe('weak')
  expect(estimate('Correct-Horse-Battery-Staple 7', []).level).toBe('weak')
  expect(estimate('to be or not to be', []).level).toBe('weak')
  expect(estimate('Okafor1958', ['Okafor', '1958']).level).toBe('weak')
  expect(estimate('lamp orbit garden velvet', []).level).toBe('strong')
})
