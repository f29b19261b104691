import { createPublicKey, verify } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { createPushPost, type PostOptions } from '#sync-server/push/post.ts'
import { makeVapidKey, openVapidKey } from '#sync-server/push/vapid.ts'
import { PushService } from '../../support/push-service.ts'

const NOW = instant(1_800_000_000_000)
const ENDPOINT = new URL('https://localhost/wpush/v2/abc?token=d')

let service: PushService
beforeEach(async () => {
  service = await PushService.start()
})
afterEach(() => service.stop())

function poster(options: PostOptions = {}) {
  const { port, ca } = service
  return createPushPost({ port, ca, resolve: async () => ['127.0.0.1'], isAllowed: () => true, ...options })
}

/** The header's token and key, as a push service takes them apart. */
function readVapid(header: string) {
  const [, token = '', shown = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const parse = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { head: parse(head), claims: parse(claims), signed: `${head}.${claims}`, signature, shown }
}

test('a push is a POST without a body that says who the relay is, how long to keep it, and nothing else', async () => {
  const key = openVapidKey(makeVapidKey(), 'mailto:relay@example.org')
  expect(await poster()(ENDPOINT, key.authorization(ENDPOINT.origin, NOW))).toBe('sent')
  const [told, ...more] = service.told
  expect(more).toEqual([])
  expect(told).toMatchObject({ method: 'POST', path: '/wpush/v2/abc?token=d', body: Buffer.alloc(0) })
  const { authorization, connection, ...headers } = told!.headers
  expect(headers).toEqual({ host: 'localhost', ttl: '604800', urgency: 'normal', topic: 'news', 'content-length': '0' })
  expect(connection).toBe('close')

  const vapid = readVapid(authorization!)
  expect(vapid.head).toEqual({ typ: 'JWT', alg: 'ES256' })
  expect(vapid.claims).toEqual({
    aud: 'https://localhost',
    exp: NOW / 1000 + 12 * 3600,
    sub: 'mailto:relay@example.org',
  })
  expect(Buffer.from(key.publicKey).toString('base64url')).toBe(vapid.shown)
  const point = Buffer.from(vapid.shown, 'base64url')
  expect([point.length, point[0]]).toEqual([65, 4])
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(half => half.toString('base64url'))
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' })
  const signature = Buffer.from(vapid.signature, 'base64url')
  expect(verify('sha256', Buffer.from(vapid.signed), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(
    true,
  )
})

test('without a contact the token names none, and a key that was stored is the same key', () => {
  const stored = makeVapidKey()
  const [one, again] = [openVapidKey(stored), openVapidKey(stored)]
  expect(readVapid(one.authorization('https://a.example', NOW)).claims).toEqual({
    aud: 'https://a.example',
    exp: NOW / 1000 + 12 * 3600,
  })
  expect(again.publicKey).toEqual(one.publicKey)
})

test.each([
  [200, 'sent'],
  [201, 'sent'],
  [404, 'gone'],
  [410, 'gone'],
  [400, 'failed'],
  [403, 'failed'],
  [429, 'failed'],
  [503, 'failed'],
])('an answer of %i is %s', async (status, outcome) => {
  service.status = status
  expect(await poster()(ENDPOINT, 'vapid')).toBe(outcome)
})

test('a redirect is not followed', async () => {
  service.status = 307
  service.headers = { location: `https://localhost:${service.port}/elsewhere` }
  expect(await poster()(ENDPOINT, 'vapid')).toBe('failed')
  expect(service.told).toHaveLength(1)
})

test('what it says is not read, also where it never ends', async () => {
  service.isEndless = true
  service.body = 'x'.repeat(1_000_000)
  expect(await poster()(ENDPOINT, 'vapid')).toBe('sent')
})

test('headers without measure are an error', async () => {
  service.headers = { 'x-long': 'x'.repeat(100_000) }
  expect(await poster()(ENDPOINT, 'vapid')).toBe('failed')
})

test.each([
  ['loopback', ['127.0.0.1']],
  ['the network beside it', ['192.168.1.20']],
  ['link-local', ['169.254.169.254']],
  ['one private among public ones', ['142.250.74.202', '10.0.0.1']],
  ['nothing', []],
])('a name that leads to %s is not connected to', async (_, addresses) => {
  const { port, ca } = service
  expect(await createPushPost({ port, ca, resolve: async () => addresses })(ENDPOINT, 'vapid')).toBe('failed')
  expect(service.told).toEqual([])
})

test('the address that was checked is the one that is connected to: the name is looked up once', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1']]
  const asked: string[] = []
  const checked: string[] = []
  const post = poster({
    resolve: async name => {
      asked.push(name)
      return answers.shift() ?? []
    },
    isAllowed: address => {
      checked.push(address)
      return true
    },
  })
  expect(await post(ENDPOINT, 'vapid')).toBe('sent')
  expect([asked, checked]).toEqual([['localhost'], ['127.0.0.1']])
})

test('a certificate for another name is refused', async () => {
  expect(await poster()(new URL('https://push.example/x'), 'vapid')).toBe('failed')
  expect(service.told).toEqual([])
})

test('who never answers is given up', async () => {
  const mute: Server = createServer()
  const sockets: Socket[] = []
  mute.on('connection', socket => sockets.push(socket))
  await new Promise<void>(listening => mute.listen(0, '127.0.0.1', listening))
  const { port } = mute.address() as { port: number }
  expect(await poster({ port, timeoutMs: 50 })(ENDPOINT, 'vapid')).toBe('failed')
  expect(await poster({ resolve: () => new Promise(() => {}), timeoutMs: 50 })(ENDPOINT, 'vapid')).toBe('failed')
  for (const socket of sockets) socket.destroy()
  await new Promise(closed => mute.close(closed))
})
