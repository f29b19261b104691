import { expect, test } from 'vitest'
import { libraryOf } from '#app/ui/record/learn/library.ts'
import { searchLibrary } from '#app/ui/record/learn/search-library.ts'
import { words as ar } from '#app/ui/record/learn/words/ar.ts'
import { words as en } from '#app/ui/record/learn/words/en.ts'
import { words as es } from '#app/ui/record/learn/words/es.ts'
import { words as zhHans } from '#app/ui/record/learn/words/zh-hans.ts'

const LIBRARIES = {
  en: libraryOf('en', en),
  es: libraryOf('es', es),
  ar: libraryOf('ar', ar),
  'zh-Hans': libraryOf('zh-Hans', zhHans),
} as const

const found = (tag: keyof typeof LIBRARIES, text: string) => searchLibrary(LIBRARIES[tag], text).map(({ id }) => id)

test('searchLibrary() finds a topic by its name, by what doctors call it, and in one’s own words', () => {
  expect(found('en', 'high blood')[0]).toBe('high-blood-pressure')
  expect(found('en', 'hypertension')[0]).toBe('high-blood-pressure')
  expect(found('en', 'heartburn')).toContain('reflux')
  expect(found('en', 'smoker’s lung'.replace('’', "'"))).toContain('copd')
  expect(found('es', 'presión alta')).toContain('high-blood-pressure')
  expect(found('es', 'presión').slice(0, 2)).toEqual(['blood-pressure-medicines', 'high-blood-pressure'])
  expect(found('ar', 'السكري')).toContain('type-2-diabetes')
  expect(found('zh-Hans', '高血压')[0]).toBe('high-blood-pressure')
})

test('it finds a group of medicines by one of them, in whatever language', () => {
  expect(found('en', 'simvastatin')).toContain('statins')
  expect(found('en', 'ventolin')).toContain('quick-relief-inhalers')
  expect(found('es', 'furosemida')).toContain('water-pills')
  expect(found('en', 'water pill')[0]).toBe('water-pills')
  expect(found('zh-Hans', '二甲双胍')[0]).toBe('metformin')
})

test('tests are among the topics, and what is only spoken of comes after what is called so', () => {
  expect(found('en', 'ldl')[0]).toBe('test-ldl')
  const [first, ...rest] = found('en', 'gout')
  expect([first, rest.includes('water-pills')]).toEqual(['gout', true])
  expect(found('en', 'xyzzy')).toEqual([])
})
