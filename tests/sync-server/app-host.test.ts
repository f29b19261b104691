import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { createAppHost } from '#sync-server/app-host.ts'
import { makeTempFolder } from '../support/temp-folder.ts'
import { TestRelay } from '../support/test-relay.ts'

const RELAY = parseRelayOrigin('https://relay.example')!
const APP = parseRelayOrigin('https://app.example')!
const folder = makeTempFolder('app-host')
const PAGE = '<!doctype html><meta name="relay" content="" /><title>Wellkeep</title>'
const SCRIPT = 'export const answer = 42\n'.repeat(50)
const lines: string[] = []
let host: ReturnType<typeof createAppHost>

beforeAll(async () => {
  await readyCrypto()
  mkdirSync(join(folder, 'assets'))
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text))
  }
  for (const page of ['index', 'view', 'answer']) write(`${page}.html`, PAGE)
  write('connected.html', '<!doctype html><title>Back from the clinic</title>')
  write('service-worker.js', 'self')
  write('assets/main-abc.js', SCRIPT)
  host = createAppHost(folder, RELAY, (event, fields) => lines.push(JSON.stringify({ event, ...fields })))
})
afterAll(() => rmSync(folder, { recursive: true }))

const policyOf = async (path: string) =>
  (await host.request(`https://app.example${path}`)).headers.get('content-security-policy')

test('pages name the relay, compressed as well, and are asked for again each time', async () => {
  for (const path of ['/', '/timeline', '/view', '/answer']) {
    const answer = await host.request(path)
    expect(await answer.text()).toContain('<meta name="relay" content="https://relay.example" />')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    const small = await host.request(path, { headers: { 'accept-encoding': 'br' } })
    expect(small.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await small.arrayBuffer()).toString()).toContain('content="https://relay.example"')
  }
  expect(await (await host.request('/connected')).text()).not.toContain('relay.example')
})

test('a service worker’s file is another one for another relay, so that browsers take the page anew', async () => {
  expect(await (await host.request('/service-worker.js')).text()).toBe('self\n// https://relay.example\n')
})

test('assets are kept for ever, as the build compressed them', async () => {
  const answer = await host.request('/assets/main-abc.js', { headers: { 'accept-encoding': 'br' } })
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(brotliCompressSync(SCRIPT))
})

test('the policy lets pages and the vault ask that relay and nobody else; scripts that ask others are as before', async () => {
  const asked = "connect-src 'self' https://relay.example wss://relay.example;"
  for (const path of ['/', '/timeline', '/assets/worker-abc.js', '/view', '/answer']) {
    expect(await policyOf(path)).toContain(asked)
  }
  expect(await policyOf('/connected')).not.toContain('connect-src')
  expect(await policyOf('/assets/outside-abc.js')).toContain('connect-src https:;')
  expect(await policyOf('/assets/other-relays-abc.js')).toContain('connect-src https: wss:;')
  const local = createAppHost(folder, parseRelayOrigin('http://localhost:8787')!, () => undefined)
  const policy = (await local.request('/')).headers.get('content-security-policy')
  expect(policy).toContain("connect-src 'self' http://localhost:8787 ws://localhost:8787;")
})

test('it answers nothing of a relay’s, and its log holds no address', async () => {
  expect((await host.request('/v1/challenge')).status).toBe(404)
  expect((await host.request('/healthz')).status).toBe(200)
  await host.request('/entry/vitals.secret')
  expect(lines.join()).not.toContain('secret')
})

test('the relay leads pages on to where the app is, and serves no file of it', async () => {
  const relay = new TestRelay({}, { appAt: APP })
  const led = async (path: string) => {
    const { status, headers } = await relay.request('GET', path)
    return [status, headers.get('location')]
  }
  expect(await led('/')).toEqual([302, 'https://app.example/'])
  expect(await led('/view?a=b')).toEqual([302, 'https://app.example/view?a=b'])
  expect(await led('/entry/vitals.b2026~1.x')).toEqual([302, 'https://app.example/entry/vitals.b2026~1.x'])
  // No other host, whatever the path begins with.
  expect(await led('http://relay.example//evil/')).toEqual([302, 'https://app.example//evil/'])
  expect(await led('/assets/main-abc.js')).toEqual([404, null])
  expect(await led('/service-worker.js')).toEqual([404, null])
  expect((await relay.request('GET', '/v1/challenge')).status).toBe(200)
  const alone = new TestRelay()
  expect((await alone.request('GET', '/')).status).toBe(404)
})
