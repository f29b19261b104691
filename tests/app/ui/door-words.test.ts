import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { atDoor } from '#app/ui/language/en/at-door.ts'
import { later } from '#app/ui/language/en/later.ts'

const APP = resolve(import.meta.dirname, '../../../app')
const UI = join(APP, 'ui')

/** What a module brings along at once: types and what it asks for later are not. */
function importsOf(path: string, code: string): readonly string[] {
  const named = [...code.matchAll(/^(?:import|export) (?!type )[^'"]*?from '([^']+\.tsx?)'/gms)].map(
    ([, name = '']) => name,
  )
  return named.flatMap(name => {
    const found = name.startsWith('#app/') ? join(APP, name.slice('#app/'.length)) : resolve(dirname(path), name)
    return found.startsWith(UI) && existsSync(found) ? [found] : []
  })
}

/** By file, the words that are not at the door and that one of its modules names. */
function lateWords(...starts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const seen = new Set<string>()
  const waiting = starts.map(start => join(APP, start))
  const late: Record<string, readonly string[]> = {}
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path) || path.startsWith(join(UI, 'language'))) continue
    seen.add(path)
    const code = readFileSync(path, 'utf8')
    waiting.push(...importsOf(path, code))
    const keys = (code.match(/'[\w-]+(?:\.[\w-]+)+'/g) ?? []).map(each => each.slice(1, -1))
    const named = keys.filter(key => Object.hasOwn(later, key) && !Object.hasOwn(atDoor, key))
    if (named.length > 0) late[path.slice(APP.length + 1)] = named
  }
  expect(seen.size).toBeGreaterThan(20)
  return late
}

test('what stands before a record is open says nothing but the words at the door', () => {
  const starts = ['main.tsx', 'ui/features/welcome/welcome-page.tsx', 'ui/features/unlock/unlock-page.tsx']
  expect(lateWords(...starts)).toEqual({})
})
