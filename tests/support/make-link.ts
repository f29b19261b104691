import { deflateRawSync } from 'node:zlib'
import type { OutsideAnswer } from '#app/core/link-session.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** The key of the specification's examples. */
export const LINK_KEY = 'rxTgYlOaKJPFtcEd0qcceN8wEU4p94SqAwIWQe6uX7Q'
export const LINK_URL = 'https://files.example/shl/Y9xwkUdtmN9wwoJoN3ffJIhX2UGvCL1JnlPVNL3kDWM'

/** A health link with these members of its payload. */
export function linkOf(more: object = {}): string {
  return `shlink:/${toBase64Url(utf8(JSON.stringify({ url: LINK_URL, key: LINK_KEY, ...more })))}`
}

/** Seals one file of a link, as others do it. */
export async function sealJwe(
  plain: string | Uint8Array,
  header: object = { zip: 'DEF' },
  key = LINK_KEY,
): Promise<string> {
  const whole = { alg: 'dir', enc: 'A256GCM', ...header }
  const head = base64Url(utf8(JSON.stringify(whole)))
  const bytes = typeof plain === 'string' ? utf8(plain) : plain
  const packed = 'zip' in whole ? deflateRawSync(bytes) : bytes
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const secret = await crypto.subtle.importKey('raw', Buffer.from(key, 'base64url'), 'AES-GCM', false, ['encrypt'])
  const settings = { name: 'AES-GCM', iv: nonce, additionalData: utf8(head) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(settings, secret, new Uint8Array(packed)))
  return [head, '', base64Url(nonce), base64Url(sealed.subarray(0, -16)), base64Url(sealed.subarray(-16))].join('.')
}

/** What somebody answers. */
export function answerOf(body: string | object, status = 200): OutsideAnswer {
  return { kind: 'answer', status, bytes: utf8(typeof body === 'string' ? body : JSON.stringify(body)) }
}
