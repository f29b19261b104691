import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.md'))
const TESTS = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
const onOneLine = (text: string) => text.replace(/\s+/g, ' ')

/** Whether a file of that name or path has the name that is quoted; several files may share a name. */
function isThere(file: string, quoted: string): boolean {
  const named = TESTS.filter(one => join('tests', one) === file || one === file || one.endsWith(`/${file}`))
  return named.some(one => onOneLine(read(join('tests', one))).includes(quoted))
}

test.each(DOCS)('every test that docs/%s names exists, by its file and by the words that are quoted', doc => {
  const text = onOneLine(read(join('docs', doc)))
  const quoted = [...text.matchAll(/`((?:tests\/)?[\w./-]+\.test\.tsx?)`(?: "([^"]+)")?/g)]
  expect(quoted.filter(([, file = '', name = '']) => !isThere(file, name)).map(([named]) => named)).toEqual([])
})
