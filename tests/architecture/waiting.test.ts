import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const TESTS = join(import.meta.dirname, '..')
const FOLDER = join(TESTS, 'browser')

/**
 * Reads of a page that do not wait for it to become what is expected. Twice such a line failed on a busy machine: the
 * page before was still there, or its rows not yet. `expect.poll(() => …)` or `waitFor()` wait.
 */
const AT_ONCE =
  /expect\(await [^\n]*(all(InnerTexts|TextContents)\(|isVisible\(\)\)\.toBe\(true|count\(\)\)\.(toBe\([1-9]|toBeGreater))/

test('browser tests wait for what they expect to see', () => {
  const lines = readdirSync(FOLDER)
    .filter(name => name.endsWith('.ts'))
    .flatMap(name =>
      readFileSync(join(FOLDER, name), 'utf8')
        .split('\n')
        .map((line, index) => `${name}:${index + 1} ${line.trim()}`),
    )
  expect(lines.filter(line => AT_ONCE.test(line))).toEqual([])
})

test('no test measures itself by the clock: a machine shared with others is slow, not wrong', () => {
  const names = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(name => /\.test\.tsx?$/.test(name))
  const timed = names.filter(name =>
    /expect\((performance|Date)\.now\(\) - /.test(readFileSync(join(TESTS, name), 'utf8')),
  )
  expect(timed).toEqual([])
})
