import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const DIST = 'dist/app'

/** Brotli bytes of what the first visit loads before the worker's WebAssembly: page, styles, scripts, the worker's script. */
export function firstLoadBytes(): number {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('Cannot measure the first load: run `npm run build` first')
  const seen = new Set<string>(['index.html'])
  const left = [
    'index.html',
    ...readdirSync(join(DIST, 'assets'))
      .filter(isWorker)
      .map(name => `assets/${name}`),
  ]
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    seen.add(file)
    for (const next of namedIn(file)) if (!seen.has(next) && existsSync(join(DIST, next))) left.push(next)
  }
  return [...seen].reduce((total, file) => total + brotliCompressSync(readFileSync(join(DIST, file))).length, 0)
}

const isWorker = (name: string) => /^worker-.*\.js$/.test(name)

/** Files that loading `file` loads at once; dynamic imports come later and don't count. */
function namedIn(file: string): string[] {
  const text = readFileSync(join(DIST, file), 'utf8')
  if (file.endsWith('.html'))
    return [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(match => match[1]!)
  if (!file.endsWith('.js')) return []
  const names = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(match => `assets/${match[1]!}`)
  return names
}
