import { createDecipheriv } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openJwe } from '#app/core/exchange/link/open-jwe.ts'
import { readLink } from '#app/core/exchange/link/read-link.ts'
import { sealJwe } from '#app/core/exchange/link/seal-jwe.ts'
import { type LinkToWrite, writeLink } from '#app/core/exchange/link/write-link.ts'
import { utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'

const KEY = new Uint8Array(32).fill(7)
const NOW = instant(1_800_000_000_000)
const LINK: LinkToWrite = {
  url: `https://relay.example/v1/shl/${'A'.repeat(43)}`,
  key: KEY,
  label: 'Für Dr. Weber',
  expiresAt: instant(NOW + 90_500),
  isDirect: true,
  needsPasscode: false,
  isLongTerm: false,
}

test('writeLink() writes what readLink() reads, bare and behind a viewer’s address', () => {
  const text = writeLink(LINK)
  const read = readLink(`https://relay.example/view#${text}`, NOW)
  expect(read).toEqual(readLink(text, NOW))
  expect(read).toMatchObject({
    value: {
      url: LINK.url,
      key: KEY,
      isDirect: true,
      needsPasscode: false,
      label: LINK.label,
      expiresAt: NOW + 90_000,
    },
  })
  const locked = readLink(writeLink({ ...LINK, isDirect: false, needsPasscode: true, isLongTerm: true }), NOW)
  expect(locked).toMatchObject({ value: { isDirect: false, needsPasscode: true, isLongTerm: true } })
})

test('a link with a long label and address still fits into a code that a phone reads', () => {
  expect(`https://relay.example/view#${writeLink({ ...LINK, label: 'x'.repeat(80) })}`.length).toBeLessThan(600)
})

test('sealJwe() seals what openJwe() opens, and a second implementation too', async () => {
  const text = JSON.stringify({ resourceType: 'Bundle', type: 'document', note: 'é'.repeat(100_000) })
  const jwe = await sealJwe(utf8(text), KEY, 'application/fhir+json')
  expect(jwe.length).toBeLessThan(2000)
  const opened = await openJwe(jwe, KEY, 1e6)
  expect(opened.ok && new TextDecoder().decode(opened.value)).toBe(text)
  expect(await openJwe(jwe, new Uint8Array(32), 1e6)).toEqual(fail('sealed'))
  const [head = '', wrapped, nonce, sealed, tag] = jwe.split('.')
  expect(wrapped).toBe('')
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({
    alg: 'dir',
    enc: 'A256GCM',
    zip: 'DEF',
  })
  const bytes = (part = '') => Buffer.from(part, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', KEY, bytes(nonce)).setAAD(Buffer.from(head)).setAuthTag(bytes(tag))
  const plain = inflateRawSync(Buffer.concat([decipher.update(bytes(sealed)), decipher.final()]))
  expect(plain.toString()).toBe(text)
})

test('sealJwe() never uses a nonce twice', async () => {
  const many = await Promise.all(Array.from({ length: 50 }, () => sealJwe(utf8('a'), KEY, 'text/plain')))
  expect(new Set(many.map(jwe => jwe.split('.')[2])).size).toBe(50)
})

test('what is larger than a call takes arguments is sealed as well', async () => {
  const noise = Uint8Array.from({ length: 300_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255)
  const jwe = await sealJwe(noise, KEY, 'application/octet-stream')
  expect(await openJwe(jwe, KEY, 1e6)).toEqual(ok(noise))
})
