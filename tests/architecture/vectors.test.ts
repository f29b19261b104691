import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const filesIn = (folder: string) => readdirSync(join(ROOT, folder)).map(name => join(folder, name))

/** Rows that never leave the device that wrote them. */
const LOCAL = ['encodeVisits']

test('whatever people’s apps say to each other has a vector that a second implementation made', () => {
  const sources = ['app/core/sharing', 'app/core/kept'].flatMap(filesIn).map(read)
  const layouts = sources.flatMap(source =>
    [...source.matchAll(/^export function (encode\w+|seal\w+|sign\w+)/gm)].map(([, name = '']) => name),
  )
  expect(layouts.length).toBeGreaterThan(10)
  const tests = filesIn('tests/vectors')
    .filter(path => path.endsWith('.test.ts'))
    .map(read)
    .join('\n')
  const isTried = (name: string) => new RegExp(`\\b${name}\\(`).test(tests)
  const opposite = (name: string) => name.replace(/^seal/, 'open')
  expect(layouts.filter(name => !isTried(name) && !isTried(opposite(name)) && !LOCAL.includes(name))).toEqual([])
})

interface Shard {
  readonly name: string
  readonly fields: readonly string[]
}

/** With the fields of the documents in the file that names it. */
function shardsIn(source: string): Shard[] {
  const bodies = [...source.matchAll(/^(?:export )?interface \w+Document \{\n([\s\S]*?)^\}/gm)]
  const fields = bodies.flatMap(([, body = '']) => [...body.matchAll(/^  (\w+)\??:/gm)].map(([, name = '']) => name))
  return [...source.matchAll(/_SHARD = '([\w-]+)'/g)].map(([, name = '']) => ({ name, fields }))
}

test('docs/protocol.md says of every shard of the home log what stands in it', () => {
  const files = readdirSync(join(ROOT, 'app/core'), { recursive: true, encoding: 'utf8' })
  const sources = files.filter(name => name.endsWith('.ts')).map(name => read(join('app/core', name)))
  const all = sources.flatMap(shardsIn)
  // Settings have no layout; their file is that of the person's document.
  const shards = all.map(shard => (shard.name === 'settings' ? { ...shard, fields: [] } : shard))
  expect(shards.length).toBeGreaterThan(12)
  const rows = read('docs/protocol.md').split('\n')
  const missing = shards.flatMap(({ name, fields }) => {
    const row = rows.find(line => line.startsWith(`| \`${name}\` |`))
    return row === undefined ? [name] : fields.filter(field => !new RegExp(`\\b${field}\\b`).test(row))
  })
  expect(missing).toEqual([])
})
