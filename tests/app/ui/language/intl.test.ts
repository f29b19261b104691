import { expect, test } from 'vitest'
import { listText } from '#app/ui/language/intl.ts'
import { isolated } from '#app/ui/language/isolated.ts'

test('listText() joins the way of the locale', () => {
  const names = ['Ana', 'Bea', 'Cem']
  expect(listText('en', names)).toBe('Ana, Bea, and Cem')
  expect(listText('es', names)).toBe('Ana, Bea y Cem')
  expect(listText('zh-Hans', names)).toBe('Ana、Bea和Cem')
  expect(listText('ar', ['أمل', 'ليلى'])).toBe('أمل وليلى')
  expect([listText('ar', ['Ana']), listText('ar', [])]).toEqual(['Ana', ''])
})

test('listText() keeps names that run the other way whole, and apart from Arabic’s “and”', () => {
  const [ana, bea] = [isolated('Ana'), isolated('Bea Ek')]
  expect(listText('ar', ['Ana', 'Bea Ek', 'أمل'])).toBe(`${ana} و\u00a0${bea} وأمل`)
  expect(listText('en', ['أمل', 'Ana'])).toBe(`${isolated('أمل')} and Ana`)
})
