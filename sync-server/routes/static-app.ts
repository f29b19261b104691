import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { Hono } from 'hono'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import type { Env } from './request.ts'

interface StaticFile {
  readonly type: string
  readonly cache: string
  readonly etag: string
  readonly plain: Uint8Array<ArrayBuffer>
  /** Compressed by the build, when that made it smaller. */
  readonly brotli?: Uint8Array<ArrayBuffer>
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Pages that are not the app's `index.html`, and the address of that. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/view': '/view.html',
  '/answer': '/answer.html',
  '/connected': '/connected.html',
}

/** `/entry/vitals.b2026.11~0514964f.vjrl5`: ids of entries and requests have dots. */
const BELOW_A_PAGE = /^\/(?!assets\/)[a-z]+\/./

/** Names in `assets/` carry their content's hash; all else is asked for again each time. */
const IMMUTABLE = 'public, max-age=31536000, immutable'
const REVALIDATE = 'no-cache'

/** Whether somebody built it there. */
export function hasApp(folder: string): boolean {
  return existsSync(join(folder, 'index.html'))
}

/**
 * Serves the built app. All files are read at the start and looked up by whole path, so no request can reach another file.
 * For a page of the app `index.html` answers: a path without a file name's dot, or one below a page. `relay`: whom the app asks,
 * where that is not who serves it.
 */
export function staticApp(folder: string, relay?: RelayOrigin): Hono<Env> {
  const files = readFiles(folder, relay)
  return new Hono<Env>().get('/*', c => {
    const path = PAGES[c.req.path] ?? c.req.path
    const file = files.get(path) ?? (isPage(path) ? files.get('/index.html') : undefined)
    if (file === undefined) return c.notFound()
    c.header('cache-control', file.cache)
    c.header('etag', file.etag)
    c.header('vary', 'accept-encoding')
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304)
    c.header('content-type', file.type)
    const takesBrotli = /\bbr\b/.test(c.req.header('accept-encoding') ?? '')
    if (file.brotli === undefined || !takesBrotli) return c.body(file.plain)
    c.header('content-encoding', 'br')
    return c.body(file.brotli)
  })
}

function isPage(path: string): boolean {
  return !path.includes('.') || BELOW_A_PAGE.test(path)
}

/** Links are at the relay's address; what stands behind their `#` goes along with whom the browser is led on. */
export function leadOn(app: RelayOrigin): Hono<Env> {
  return new Hono<Env>().get('/*', c => {
    if (!isPage(c.req.path)) return c.notFound()
    c.header('cache-control', REVALIDATE)
    return c.redirect(app + c.req.path + new URL(c.req.url).search)
  })
}

function readFiles(folder: string, relay: RelayOrigin | undefined): Map<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const paths = new Set(names.filter(name => statSync(join(folder, name)).isFile()))
  const files = new Map<string, StaticFile>()
  for (const name of paths) {
    const type = TYPES[extname(name)]
    if (type === undefined) continue
    const path = `/${name.split(sep).join('/')}`
    const built = new Uint8Array(readFileSync(join(folder, name)))
    const plain = relay === undefined ? built : naming(relay, path, built)
    const isChanged = plain !== built
    const brotli = paths.has(`${name}.br`) ? brotliOf(plain, isChanged, join(folder, `${name}.br`)) : undefined
    files.set(path, {
      type,
      cache: path.startsWith('/assets/') ? IMMUTABLE : REVALIDATE,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      plain,
      ...(brotli === undefined ? {} : { brotli }),
    })
  }
  return files
}

const RELAY_META = '<meta name="relay" content=""'

/**
 * Its pages name the relay. The service worker's file does too: it has to be another one when the relay is, or browsers that keep the app
 * would go on with the page that they have.
 */
function naming(relay: RelayOrigin, path: string, file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (path === '/service-worker.js') return new Uint8Array(Buffer.concat([file, Buffer.from(`\n// ${relay}\n`)]))
  if (!path.endsWith('.html')) return file
  const text = new TextDecoder().decode(file)
  if (!text.includes(RELAY_META)) return file
  return new Uint8Array(Buffer.from(text.replace(RELAY_META, `<meta name="relay" content="${relay}"`)))
}

function brotliOf(plain: Uint8Array<ArrayBuffer>, isChanged: boolean, path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(isChanged ? brotliCompressSync(plain) : readFileSync(path))
}
