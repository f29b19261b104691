import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const TEXT = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8')
const LINES = (TEXT.split('## Attacks on sharing')[1]?.split('\n## ')[0] ?? '')
  .split('\n')
  .filter(line => /^\| (?!line |---)/.test(line))
  .map(line => line.split('|').map(cell => cell.trim()))

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const read = (file: string) => (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '')

test('docs/threat-model.md has a line for every attack that the work on sharing named', () => {
  expect(LINES.length).toBeGreaterThan(25)
  const lines = LINES.map(([, line]) => line).join('\n')
  for (const attack of ['tampered', 'truncated', 'replayed', 'expired', 'wrong-person', 'oversized']) {
    expect(lines).toContain(attack)
  }
})

test.each(LINES)(
  'a test is named after the line, and the line says what enforces it: %s%s',
  (_, line = '', what, by, file = '') => {
    const path = /`(tests\/[^`]+)`/.exec(file)?.[1] ?? ''
    expect(read(path)).toMatch(new RegExp(`(?:test|describe)\\(\\s*['"\`]${escaped(line)}`))
    expect(what).not.toBe('')
    expect(by).toMatch(/cryptography|relay|client/)
  },
)

test('every test file that the threat model names exists, and has the names it quotes', () => {
  const quoted = [...TEXT.matchAll(/`((?:tests\/)?[\w./-]+\.test\.ts)`(?: "([^"]+)")?/g)]
  expect(quoted.length).toBeGreaterThan(30)
  const known = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
  const missing = quoted.filter(([, file = '', name = '']) => {
    const path = known.find(one => join('tests', one) === file || one.endsWith(`/${file}`))
    return path === undefined || !read(join('tests', path)).includes(name)
  })
  expect(missing.map(([text]) => text)).toEqual([])
})
