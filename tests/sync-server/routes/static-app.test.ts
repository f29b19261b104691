import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'
import { TestRelay } from '../../support/test-relay.ts'

const folder = makeTempFolder('static')
const script = 'export const answer = 42\n'.repeat(50)
let relay: TestRelay

beforeAll(async () => {
  await readyCrypto()
  mkdirSync(join(folder, 'app/assets'), { recursive: true })
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  write('secret.txt', 'outside')
  write('app/index.html', '<!doctype html><title>Wellkeep</title>')
  write('app/connected.html', '<!doctype html><title>Back from the clinic</title>')
  write('app/view.html', '<!doctype html><title>A health summary</title>')
  write('app/service-worker.js', 'self')
  write('app/manifest.webmanifest', '{}')
  write('app/assets/main-abc.js', script)
  write('app/assets/main-abc.js.br', brotliCompressSync(script))
  write('app/assets/core-abc.wasm', new Uint8Array([0, 97, 115, 109]))
  relay = new TestRelay({}, { appFolder: join(folder, 'app') })
})
afterAll(() => rmSync(folder, { recursive: true }))

const get = (path: string, headers: Record<string, string> = {}) => relay.request('GET', path, { headers })

test('index.html answers for itself and every page of the app, and is asked for again each time', async () => {
  const pages = [
    '/entry/vitals.b2026.11~0514964f.vjrl5',
    '/entry/vitals.b2026.11~0514964f.vjrl5/edit',
    '/kept/k1/shared/r1/entry/medicines.e0.5491533a~0.0fo8f9a9',
    '/messages/c1/request/refill.222/answer',
    '/medicines/medicines.e0.5491533a~0.0fo8f9a9/stock',
  ]
  for (const path of ['/', '/index.html', '/timeline', '/entry/abc', ...pages]) {
    const { status, headers, body } = await get(path)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ])
    expect(new TextDecoder().decode(body)).toContain('Wellkeep')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  expect((await get('/service-worker.js')).headers.get('cache-control')).toBe('no-cache')
  expect((await get('/manifest.webmanifest')).headers.get('content-type')).toBe('application/manifest+json')
})

test('the page for health links is one of its own, under a policy that lets it ask the relay and run no worker', async () => {
  const { status, headers, body } = await get('/view')
  expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
    200,
    'no-cache',
    'no-referrer',
  ])
  expect(new TextDecoder().decode(body)).toContain('A health summary')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'; script-src 'self'; ")
  expect(policy).toContain("connect-src 'self'")
  // Pictures that came sealed in a link; nothing that runs.
  expect(policy).toContain("; img-src 'self' blob:; ")
  expect(policy.replace(' blob:', '')).not.toMatch(/worker-src|wasm|unsafe|https:|blob:|data:/)
  expect((await get('/view/more')).headers.get('content-security-policy')).toContain('worker-src')
})

test('the page that clinics send people back to is one of its own, under a policy that lets it ask nobody at all', async () => {
  const { status, headers, body } = await get('/connected?code=a-code&state=a-state')
  expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
    200,
    'no-cache',
    'no-referrer',
  ])
  expect(new TextDecoder().decode(body)).toContain('Back from the clinic')
  for (const path of ['/connected?code=a-code', '/connected.html']) {
    const policy = (await get(path)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; ")
    expect(policy).toContain("frame-ancestors 'none'; require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/connect-src|worker-src|wasm|unsafe|https:|blob:|data:/)
    expect((await get(path)).headers.get('cross-origin-opener-policy')).toBe('same-origin')
  }
  expect((await get('/connected/more')).headers.get('content-security-policy')).toContain('worker-src')
})

test('assets are kept for good, and come compressed to who takes that', async () => {
  const plain = await get('/assets/main-abc.js')
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.body).toEqual(utf8(script))
  const small = await get('/assets/main-abc.js', { 'accept-encoding': 'gzip, br' })
  expect([small.headers.get('content-encoding'), small.headers.get('vary')]).toEqual(['br', 'accept-encoding'])
  expect(small.body.length).toBeLessThan(script.length / 4)
  expect((await get('/assets/core-abc.wasm')).headers.get('content-type')).toBe('application/wasm')
})

test('what did not change is not sent again', async () => {
  const etag = (await get('/')).headers.get('etag')!
  const again = await get('/', { 'if-none-match': etag })
  expect([again.status, again.body.length]).toEqual([304, 0])
})

test('no path reaches outside the folder, and a missing file is missing', async () => {
  for (const path of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/none.js',
    '/assets/main-abc.js.br',
    '/none.js',
    '/.well-known/none.json',
  ]) {
    const { status, body } = await get(path)
    expect(status).toBe(404)
    expect(new TextDecoder().decode(body)).not.toContain('outside')
  }
  expect((await relay.request('POST', '/')).status).toBe(404)
})
