import { createDecipheriv, createHmac, hkdfSync, scryptSync } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { openAge, sealAge } from '#crypto/age.ts'
import { backupCodeOf, backupSecretOf } from '#crypto/backup-secret.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail } from '#schema/result.ts'
import * as second from '../crypto/second-suite.ts'
import vectors from './backup.json' with { type: 'json' }

const { bytesOf, hexOf, textBytes } = second
beforeAll(readyCrypto)

const CHUNK = 64 * 1024
const TAG = 16

/**
 * The age format a second time (https://age-encryption.org/v1, scrypt stanza), on OpenSSL: the app's library stands on @noble, so these
 * share nothing.
 */
function openBySecond(file: Uint8Array, passphrase: string): Buffer {
  const text = Buffer.from(file).toString('latin1')
  const header = /^(age-encryption\.org\/v1\n-> scrypt (\S+) (\d+)\n(\S+)\n---) (\S+)\n/.exec(text)
  if (header === null) throw new Error('No header')
  const [line, signed, salt, logN, body, mac] = header as unknown as string[]
  const N = 2 ** Number(logN)
  const saltBytes = Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), Buffer.from(salt!, 'base64')])
  const wrapKey = scryptSync(passphrase, saltBytes, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 })
  const fileKey = openChunk(wrapKey, Buffer.alloc(12), Buffer.from(body!, 'base64'))
  const macKey = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32))
  expect(createHmac('sha256', macKey).update(signed!).digest('base64').replaceAll('=', '')).toBe(mac)
  const rest = Buffer.from(file).subarray(line!.length)
  const payloadKey = Buffer.from(hkdfSync('sha256', fileKey, rest.subarray(0, 16), 'payload', 32))
  const sealed = rest.subarray(16)
  const count = Math.max(1, Math.ceil(sealed.length / (CHUNK + TAG)))
  const chunks = Array.from({ length: count }, (_, index) => {
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(index, 7)
    nonce[11] = index === count - 1 ? 1 : 0
    return openChunk(payloadKey, nonce, sealed.subarray(index * (CHUNK + TAG), (index + 1) * (CHUNK + TAG)))
  })
  return Buffer.concat(chunks)
}

function openChunk(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()])
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream()
const bytesIn = async (stream: ReadableStream<Uint8Array>) =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())

test.each(vectors.codes)('the backup code of $root', ({ root, secret, code }) => {
  expect(hexOf(second.kdf(bytesOf(root), 'backup.secret'))).toBe(secret)
  expect(hexOf(backupSecretOf(bytesOf(root)))).toBe(secret)
  expect(backupCodeOf(bytesOf(secret))).toBe(code)
  const check = second.hash(textBytes('wk/1/backup-code'), bytesOf(secret))
  const bits = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('')
  const letters = (bits(bytesOf(secret)) + '0000' + bits(check).slice(0, 20)).match(/.{5}/g)
  const made = letters!.map(five => '0123456789abcdefghjkmnpqrstvwxyz'[Number.parseInt(five, 2)]).join('')
  expect(made).toBe(code.replaceAll('-', ''))
})

test.each([0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])(
  'what sealAge() made of %i bytes opens by a second implementation, and by openAge()',
  async size => {
    const plain = Uint8Array.from({ length: size }, (_, at) => at % 251)
    const sealed = await bytesIn(await sealAge(streamOf(plain), vectors.codes[0]!.code))
    expect(openBySecond(sealed, vectors.codes[0]!.code)).toEqual(Buffer.from(plain))
    const opened = await openAge(new Blob([sealed]), vectors.codes[0]!.code)
    if (!opened.ok) throw new Error(opened.failure)
    expect(await bytesIn(opened.value)).toEqual(plain)
  },
)

test('the committed file opens by both', async () => {
  const { sealed, plain } = vectors.file
  const [bytes, code] = [Buffer.from(sealed, 'base64'), vectors.codes[0]!.code]
  expect(openBySecond(bytes, code).toString()).toBe(plain)
  const opened = await openAge(new Blob([bytes]), code)
  expect(opened.ok && new TextDecoder().decode(await bytesIn(opened.value))).toBe(plain)
})

test('openAge() tells what is in no such format from what has another passphrase', async () => {
  const sealed = Buffer.from(vectors.file.sealed, 'base64')
  expect(await openAge(new Blob([sealed]), 'another')).toEqual(fail('not-opened'))
  expect(await openAge(new Blob([]), 'x')).toEqual(fail('not-age'))
  expect(await openAge(new Blob(['PK\u0003\u0004']), 'x')).toEqual(fail('not-age'))
  expect(await openAge(new Blob(['age-encryption.org/v1\n-> X25519 abc\n']), 'x')).toEqual(fail('not-age'))
  const costly = sealed.toString('latin1').replace(/(-> scrypt \S+) \d+\n/, '$1 30\n')
  expect(await openAge(new Blob([Buffer.from(costly, 'latin1')]), vectors.codes[0]!.code)).toEqual(fail('not-age'))
})

test('a byte that was flipped, or taken away, is found wherever it stands', async () => {
  const plain = new Uint8Array(CHUNK + 50)
  const code = vectors.codes[0]!.code
  const sealed = await bytesIn(await sealAge(streamOf(plain), code))
  const read = async (bytes: Uint8Array<ArrayBuffer>) => {
    const opened = await openAge(new Blob([bytes]), code)
    return opened.ok
      ? bytesIn(opened.value).then(
          () => 'read',
          () => 'threw',
        )
      : opened.failure
  }
  for (const at of [30, 60, 100, 130, 180, 250, CHUNK, sealed.length - 1]) {
    const changed = sealed.slice()
    changed[at]! ^= 1
    expect(await read(changed)).not.toBe('read')
    expect(await read(sealed.slice(0, at))).not.toBe('read')
  }
  expect(await read(sealed)).toBe('read')
})
