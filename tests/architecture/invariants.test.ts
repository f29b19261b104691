import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const ROWS = readFileSync(join(ROOT, 'docs/invariants.md'), 'utf8')
  .split('\n')
  .filter(line => /^\| \d/.test(line))

function isThere(file: string, name: string | undefined): boolean {
  const path = join(ROOT, file)
  return existsSync(path) && (name === undefined || readFileSync(path, 'utf8').includes(name))
}

test('docs/invariants.md has every invariant, in order', () => {
  const numbers = Array.from({ length: 29 }, (_, index) => index + 1)
  expect(ROWS.map(row => Number(/^\| (\d+)/.exec(row)?.[1]))).toEqual(numbers)
})

test.each(ROWS)('what a row names as its proof exists: %s', row => {
  const proofs = [...row.matchAll(/`(tests\/[^`]+)`(?: "([^"]+)")?/g)]
  expect(proofs).not.toEqual([])
  const missing = proofs.filter(([, file = '', name]) => !isThere(file, name)).map(([text]) => text)
  expect(missing).toEqual([])
})
