import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { circleIn } from '#tests/support/circles.ts'

const ROOT = join(import.meta.dirname, '../..')

/** What each layer may import: our own folders (path prefixes) and npm packages. Itself is always allowed. */
const LAYERS: Record<string, { own: readonly string[]; npm: readonly string[] }> = {
  schema: { own: [], npm: [] },
  crypto: { own: ['schema'], npm: ['libsodium-wrappers', '@scure/bip39', 'age-encryption'] },
  'app/core': {
    own: ['crypto', 'schema'],
    npm: ['@automerge/automerge', '@atomic-ehr/ucum', 'saxes'],
  },
  'app/platform': { own: ['app/core', 'crypto', 'schema'], npm: ['idb', 'comlink'] },
  'app/ui': {
    own: ['app/core', 'schema'],
    npm: [
      'solid-js',
      '@solidjs/router',
      '@kobalte/core',
      '@tanstack/solid-virtual',
      'lucide-solid',
      'uqr',
      'qr',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
      '@zxcvbn-ts/language-en',
      '@fontsource-variable/atkinson-hyperlegible-next',
    ],
  },
  'sync-server': {
    own: [
      'schema/protocol',
      'schema/ids',
      'schema/brand',
      'schema/bytes',
      'schema/result',
      'schema/instant',
      'schema/relay-origin',
      'crypto/verify',
    ],
    npm: ['hono', '@hono/node-server', 'ws', 'pg', 'aws4fetch', 'node:'],
  },
}

const isUnder = (path: string, prefix: string) =>
  path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}.`)
const layerOf = (path: string) => Object.keys(LAYERS).find(layer => isUnder(path, layer))

/** Every module a file names: `import`, `export … from` and `import('…')` alike. */
function specifiersIn(file: string): string[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
  const { module } = parseSync(file, source)
  const reExports = module.staticExports.flatMap(statement =>
    statement.entries.flatMap(entry => entry.moduleRequest?.value ?? []),
  )
  const dynamic = module.dynamicImports.map(entry =>
    source.slice(entry.moduleRequest.start, entry.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
  )
  return [...module.staticImports.map(entry => entry.moduleRequest.value), ...reExports, ...dynamic]
}

/** Those that run before the file itself does: no types, and nothing that is fetched later. */
function runsBefore(file: string): string[] {
  const { module } = parseSync(file, readFileSync(join(ROOT, file), 'utf8'))
  const imports = module.staticImports.filter(
    ({ entries }) => entries.length === 0 || entries.some(entry => !entry.isType),
  )
  const exports = module.staticExports.flatMap(({ entries }) => entries.filter(entry => !entry.isType))
  return [
    ...imports.map(({ moduleRequest }) => moduleRequest.value),
    ...exports.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  ]
    .filter(spec => /^[#.]/.test(spec))
    .map(spec => (spec.startsWith('#') ? spec.slice(1) : relative(ROOT, join(ROOT, dirname(file), spec))))
}

/** A feature is an island: the name of the one a path lies in. */
const featureOf = (path: string) => /^app\/ui\/features\/([^/]+)\//.exec(path)?.[1]

function mayImport(layer: string, file: string, spec: string): boolean {
  const { own, npm } = LAYERS[layer]!
  if (!/^[#.]/.test(spec))
    return npm.some(name => spec === name || spec.startsWith(name.endsWith(':') ? name : `${name}/`))
  const target = spec.startsWith('#') ? spec.slice(1) : relative(ROOT, join(ROOT, dirname(file), spec))
  const other = featureOf(target)
  if (other !== undefined && featureOf(file) !== undefined && other !== featureOf(file)) return false
  return layerOf(target) === layer || own.some(prefix => isUnder(target, prefix))
}

test.each(Object.keys(LAYERS).filter(layer => existsSync(join(ROOT, layer))))(
  '%s imports only what its layer may',
  layer => {
    const names = readdirSync(join(ROOT, layer), { recursive: true, encoding: 'utf8' })
    const files = names.filter(name => /\.tsx?$/.test(name)).map(name => join(layer, name))
    const refused = files.flatMap(file =>
      specifiersIn(file)
        .filter(spec => !mayImport(layer, file, spec))
        .map(spec => `${file} -> ${spec}`),
    )
    expect(refused).toEqual([])
  },
)

function withAllBefore(start: string): ReadonlySet<string> {
  const found = new Set([start])
  for (const file of found) for (const next of runsBefore(file)) if (existsSync(join(ROOT, next))) found.add(next)
  return found
}

test('a first visit fetches nothing that only an open record needs', () => {
  const atStart = withAllBefore('app/worker.ts')
  expect(atStart).toContain('app/core/make-session.ts')
  const ofRecords = ['app/core/record/open-record.ts', 'app/core/record/make-row.ts', 'schema/record/own-entry.ts']
  expect(ofRecords.filter(file => atStart.has(file))).toEqual([])
  expect(withAllBefore(ofRecords[0]!)).toContain(ofRecords[2])
})

test('no module runs before one that it needs: none imports itself round a circle', () => {
  const files = ['schema', 'crypto', 'app', 'sync-server'].flatMap(top =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name))
      .map(name => join(top, name)),
  )
  const importsOf = new Map(files.map(file => [file, runsBefore(file)]))
  expect(importsOf.get('app/main.tsx')).toContain('app/ui/shell/app.tsx')
  expect(circleIn(importsOf)).toBeUndefined()
  expect(circleIn(new Map([...importsOf, ['app/ui/shell/app.tsx', ['app/main.tsx']]]))).toHaveLength(3)
})
