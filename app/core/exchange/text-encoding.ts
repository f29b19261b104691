/** Bytes that tell how a text's letters are written: an XML declaration fits in. */
export const ENCODING_BYTES = 256

/** What XML written for another program than ours says of bytes that it was turned into afterwards. */
const WIDE = /^(?:utf-?16|ucs-?2|iso-10646-ucs-2|unicode$)/i

/**
 * The encoding of a text by its first bytes, as `TextDecoder` takes it: its byte order mark, else where its zeros lie, else what its
 * XML declaration says (XML 1.0, appendix F), else UTF-8. It may be one that no `TextDecoder` knows.
 */
export function encodingOf(head: Uint8Array): string {
  const [first, second, third, fourth] = head
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'utf-32' : 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32'
  if (first !== 0 && second === 0) return 'utf-16le'
  if (first === 0 && second) return 'utf-16be'
  const start = String.fromCharCode(...head.subarray(0, ENCODING_BYTES))
  const said = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([^"'\s]+)\s*["']/.exec(start)?.[1] ?? 'utf-8'
  return WIDE.test(said) ? 'utf-8' : said
}

/** Undefined where no decoder knows `encoding`. `isStrict`: it throws at bytes that are no letters. */
export function decoderOf(encoding: string, isStrict: boolean): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding, { fatal: isStrict })
  } catch {
    return undefined
  }
}
