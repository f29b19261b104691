import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ar } from '#app/ui/language/ar.ts'
import { en } from '#app/ui/language/en.ts'
import { es } from '#app/ui/language/es.ts'
import type { MessageKey } from '#app/ui/language/language.ts'
import { formatMessage, type Message } from '#app/ui/language/message.ts'
import { zhHans } from '#app/ui/language/zh-hans.ts'

const UI = join(import.meta.dirname, '../../../app/ui')
const keys = Object.keys(en) as MessageKey[]
const locales: readonly (readonly [string, Readonly<Record<MessageKey, Message>>])[] = [
  ['en', en],
  ['ar', ar],
  ['es', es],
  ['zh-Hans', zhHans],
]

function sources(): string {
  const names = readdirSync(UI, { recursive: true, encoding: 'utf8' })
  return names
    .filter(name => /\.tsx?$/.test(name) && !/^language\/(en|ar|es|zh-hans)[./]/.test(name))
    .map(name => readFileSync(join(UI, name), 'utf8'))
    .join('\n')
}

const paramsOf = (text: string) => new Set(text.match(/\{\w+\}/g))
const formsOf = (message: Message): Readonly<Record<string, string>> =>
  typeof message === 'string' ? { other: message } : message

describe('the words', () => {
  test('are all used: as a literal, or by the template that makes the key', () => {
    const code = sources()
    const literals = new Set(code.match(/'[\w-]+(?:\.[\w-]+)*'/g)?.map(each => each.slice(1, -1)))
    const templates = [...code.matchAll(/`([\w-]+(?:\.[\w-]+)*\.(?:[\w-]*))\$\{[^`]*?\}([\w.-]*)`/g)].map(
      ([, start = '', end = '']) => ({ start, end }),
    )
    const unused = keys.filter(
      key => !literals.has(key) && !templates.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)),
    )
    expect(unused).toEqual([])
  })

  test('of no two groups share a key', () => {
    const groups = readdirSync(join(UI, 'language/en')).map(name =>
      readFileSync(join(UI, 'language/en', name), 'utf8').match(/^ {2}'[\w.-]+':/gm),
    )
    const all = groups.flatMap(group => group ?? [])
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
  })

  test.each(locales)('in %s have English keys, none empty, and the English parameters', (_, words) => {
    expect(Object.keys(words).toSorted()).toEqual(keys.toSorted())
    const wrong = keys.filter(key => {
      const allowed = paramsOf(formsOf(en[key])['other'] ?? '')
      return Object.entries(formsOf(words[key])).some(([rule, text]) => {
        const has = paramsOf(text)
        // A form for one exact number may say it in words: "two minutes".
        const isExact = ['zero', 'one', 'two'].includes(rule)
        const isWhole = isExact || allowed.size === has.size
        return text.trim() === '' || !isWhole || ![...has].every(name => allowed.has(name))
      })
    })
    expect(wrong).toEqual([])
  })

  test('in Arabic have the plural forms of every number above none wherever English counts', () => {
    const counted = keys.filter(key => typeof en[key] !== 'string')
    const lacking = counted.filter(key =>
      ['one', 'two', 'few', 'many', 'other'].some(rule => formsOf(ar[key])[rule] === undefined),
    )
    expect(counted.length).toBeGreaterThan(5)
    expect(lacking).toEqual([])
  })
})

test('the Spanish words say "tú", and never "vosotros"', () => {
  const toSeveral = /(?<!\p{L})(vuestr\p{L}+|vosotr\p{L}+|\p{L}+[áé]is|\p{L}{2,}[aei]d(l[aeo]s?|me|nos))(?!\p{L})/iu
  const texts = keys.flatMap(key => Object.values(formsOf(es[key])))
  expect(texts.filter(text => toSeveral.test(text))).toEqual([])
})

describe('formatMessage()', () => {
  test('chooses the plural form of the locale', () => {
    expect(formatMessage('en', en['sync.waiting'], { count: 1 })).toBe('1 change waiting')
    expect(formatMessage('en', en['sync.waiting'], { count: 3 })).toBe('3 changes waiting')
    const forms = [0, 1, 2, 3, 11, 100].map(count => formatMessage('ar', ar['sync.waiting'], { count }))
    expect(new Set(forms).size).toBe(6)
  })

  test('writes numbers the way of the locale and leaves texts as they are', () => {
    expect(formatMessage('de', '{count} of {name}', { count: 1234.5, name: '{count}' })).toBe('1.234,5 of {count}')
  })

  test('leaves a parameter that was not given visible, not "undefined"', () => {
    expect(formatMessage('en', 'Hello {name}', {})).toBe('Hello {name}')
  })
})
