import { utf8 } from '#schema/bytes.ts'

/** Standard base64 (RFC 4648 §4) of a text's UTF-8. */
export function base64Of(text: string): string {
  return base64OfBytes(utf8(text))
}

/** Bytes encoded at a time: a multiple of three, and no more than an engine takes as arguments of one call. */
const ENCODE_STEP = 3 << 13

/** Standard base64 of many bytes. */
export function base64OfBytes(bytes: Uint8Array): string {
  let letters = ''
  for (let from = 0; from < bytes.length; from += ENCODE_STEP) {
    // Spread, the bytes would be walked one by one.
    letters += btoa(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(from, from + ENCODE_STEP)))
  }
  return letters
}

/** Letters decoded at a time, a multiple of four: a pattern over all of a long file would need a stack as long. */
const DECODE_STEP = 1 << 20

/** What standard base64 says, white space left out of account; undefined for anything else. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const letters = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  if (letters.length % 4 !== 0) return undefined
  const padding = letters.endsWith('==') ? 2 : letters.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((letters.length / 4) * 3 - padding)
  let to = 0
  for (let from = 0; from < letters.length; from += DECODE_STEP) {
    const step = letters.slice(from, from + DECODE_STEP)
    const isLast = from + DECODE_STEP >= letters.length
    if (!(isLast ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9+/]*$/).test(step)) return undefined
    for (const letter of atob(step)) bytes[to++] = letter.charCodeAt(0)
  }
  return bytes
}
