import { utf8 } from '#schema/bytes.ts'

const LETTERS = utf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PAD = 0x3d

/** Standard base64 (RFC 4648 §4) of a text's UTF-8. */
export function base64Of(text: string): string {
  const bytes = utf8(text)
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
