import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { utf8 } from '#schema/bytes.ts'
import { type S3Settings, S3Blobs } from '#sync-server/store/s3/s3-blobs.ts'

/** The server of the slow tests takes any signature: this one checks it, by Amazon's description and without the client's code. */

const KEYS = { accessKey: 'AKIAEXAMPLE', secretKey: 'a+secret/key' }
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: Uint8Array | string, text: string) => createHmac('sha256', key).update(text).digest()

function isSigned({ method, url, headers }: IncomingMessage, body: Uint8Array): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=(.+), ?SignedHeaders=(.+), ?Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  )
  const [, credential = '', signedHeaders = '', signature] = given ?? []
  const [accessKey, ...scope] = credential.split('/')
  const bodyHash = String(headers['x-amz-content-sha256'])
  if (accessKey !== KEYS.accessKey || (method === 'PUT' && bodyHash !== sha256(body))) return false
  const lines = signedHeaders.split(';').map(name => `${name}:${String(headers[name])}`)
  const canonical = [method, url, '', ...lines, '', signedHeaders, bodyHash].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope.join('/'), sha256(canonical)].join('\n')
  const key = scope.reduce<Uint8Array | string>((secret, part) => hmac(secret, part), `AWS4${KEYS.secretKey}`)
  return signature === hmac(key, toSign).toString('hex')
}

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

async function newServer(answer?: (request: IncomingMessage) => { status: number; location?: string }) {
  const objects = new Map<string, Buffer>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const url = request.url ?? ''
    const { status, location } = answer?.(request) ?? { status: isSigned(request, body) ? 200 : 403 }
    if (status === 200 && request.method === 'PUT') objects.set(url, body)
    const found = objects.get(url)
    const isMissing = status === 200 && found === undefined && request.method === 'GET'
    response.writeHead(isMissing ? 404 : status, location === undefined ? {} : { location })
    response.end(status === 200 && request.method === 'GET' ? found : undefined)
    if (request.method === 'DELETE') objects.delete(url)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closes.push(() => server.close())
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const settings: S3Settings = { endpoint, bucket: 'a-bucket', region: 'eu-central-1', ...KEYS }
  return { objects, settings, server }
}

test('what is put at a place is there, until it is removed; each request is signed with its bytes', async () => {
  const { objects, settings } = await newServer()
  const blobs = new S3Blobs(settings)
  await blobs.put('0a', utf8('sealed'))
  expect([...objects.keys()]).toEqual(['/a-bucket/0a'])
  expect(await blobs.get('0a')).toEqual(utf8('sealed'))
  await blobs.remove('0a')
  expect(await blobs.get('0a')).toBeUndefined()
  await blobs.tryOut()
  expect(objects.size).toBe(0)
})

test('a wrong key is refused, and said without key, bucket and place', async () => {
  const { settings } = await newServer()
  const blobs = new S3Blobs({ ...settings, secretKey: 'another' })
  await expect(blobs.put('0a', utf8('sealed'))).rejects.toThrow(/^Cannot store a blob: the S3 store answers 403$/)
  await expect(blobs.get('0a')).rejects.toThrow(/^Cannot read a blob: the S3 store answers 403$/)
  await expect(blobs.remove('0a')).rejects.toThrow(/^Cannot remove a blob: the S3 store answers 403$/)
})

test('what fails for a moment is tried again, and a redirect is not followed', async () => {
  let asked = 0
  const busy = await newServer(() => ({ status: (asked += 1) < 3 ? 503 : 200 }))
  await new S3Blobs(busy.settings).put('0a', utf8('sealed'))
  expect(asked).toBe(3)
  expect(busy.objects.size).toBe(1)
  const elsewhere = await newServer()
  const leads = await newServer(() => ({ status: 307, location: `${elsewhere.settings.endpoint}/a-bucket/0a` }))
  await expect(new S3Blobs(leads.settings).put('0a', utf8('sealed'))).rejects.toThrow(/does not answer/)
  expect(elsewhere.objects.size).toBe(0)
})

test('a server that is not there is said without its address', async () => {
  const { settings, server } = await newServer()
  server.close()
  const said = await new S3Blobs(settings).get('0a').catch((error: unknown) => String(error))
  expect(said).toBe('Error: Cannot read a blob: the S3 store does not answer (ECONNREFUSED)')
})
