import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'

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
      'crypto/verify',
    ],
    npm: ['hono', '@hono/node-server', 'ws', 'node:'],
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
