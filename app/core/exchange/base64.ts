import { utf8 } from '#schema/bytes.ts'

const LETTERS = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PAD = 0x3d

/** Standard base64 (RFC 4648 §4) of a text's UTF-8. */
export function base64Of(text: string): string {
  return base64OfBytes(utf8(text))
}

/** Standard base64 of many bytes. */
export function base64OfBytes(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  const letterOf = (sixBits: number) => LETTERS[sixBits & 63] ?? 0
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const [first = 0, second = 0, third = 0] = [bytes[from], bytes[from + 1], bytes[from + 2]]
    letters[to] = letterOf(first >> 2)
    letters[to + 1] = letterOf((first << 4) | (second >> 4))
    letters[to + 2] = from + 1 < bytes.length ? letterOf((second << 2) | (third >> 6)) : PAD
    letters[to + 3] = from + 2 < bytes.length ? letterOf(third) : PAD
  }
  return new TextDecoder().decode(letters)
}

/** Letters decoded at a time, a multiple of four: a pattern over all of a long file would need a stack as long. */
const STEP = 1 << 20

/** What standard base64 says, white space left out of account; undefined for anything else. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const letters = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  if (letters.length % 4 !== 0) return undefined
  const padding = letters.endsWith('==') ? 2 : letters.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((letters.length / 4) * 3 - padding)
  let to = 0
  for (let from = 0; from < letters.length; from += STEP) {
    const step = letters.slice(from, from + STEP)
    const isLast = from + STEP >= letters.length
    if (!(isLast ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9+/]*$/).test(step)) return undefined
    for (const letter of atob(step)) bytes[to++] = letter.charCodeAt(0)
  }
  return bytes
}
