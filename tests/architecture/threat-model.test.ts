import { existsSync, readFileSync } from 'node:fs'
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

/** The attacks that the work on sharing was asked to withstand: words that stand in one line. */
const ATTACKS: readonly (readonly string[])[] = [
  ...['tampered', 'truncated', 'replayed', 'expired', 'wrong-person', 'oversized'].flatMap(how => [
    [how, 'invitation'],
    [how, 'grant'],
  ]),
  ...[
    'relay that substitutes cards',
    'relay that injects a reader',
    'relay that withholds a revocation',
    'relay that rolls back',
    'replays an old roster',
    'relay that forks',
    'reader who signs frames',
    'removed writer with a modified client',
    'two admins who remove each other',
    'recipient’s stolen device',
    'grant that arrives before its log',
  ].map(attack => [attack]),
]

test.each(ATTACKS)(
  'docs/threat-model.md has a line for what the work on sharing was asked to withstand: %s %s',
  (...words) => {
    expect(LINES.length).toBeGreaterThan(25)
    expect(LINES.some(([, line = '']) => words.every(word => line.includes(word)))).toBe(true)
  },
)

test.each(LINES)(
  'a test is named after the line, and the line says what enforces it: %s%s',
  (_, line = '', what, by, file = '') => {
    const path = /`(tests\/[^`]+)`/.exec(file)?.[1] ?? ''
    expect(read(path)).toMatch(new RegExp(`(?:test|describe)\\(\\s*['"\`]${escaped(line)}`))
    expect(what).not.toBe('')
    expect(by).toMatch(/cryptography|relay|client/)
  },
)
