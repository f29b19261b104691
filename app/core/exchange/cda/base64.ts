import { utf8 } from '#schema/bytes.ts'

/** Standard base64 (RFC 4648 §4) of a text's UTF-8. */
export function base64Of(text: string): string {
  const bytes = utf8(text)
  const parts: string[] = []
  // A multiple of three keeps each part without padding but the last.
  const step = 3 << 13
  for (let start = 0; start < bytes.length; start += step) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + step))))
  }
  return parts.join('')
}
