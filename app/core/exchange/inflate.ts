import { concat } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'

export type InflateFailure = 'damaged' | 'too-large'

/**
 * Unpacks raw DEFLATE (RFC 1951), as `zip: DEF` says in JOSE. Total, and never holds more than `maxBytes` and one piece of what a bomb
 * unpacks to.
 */
export async function inflateRaw(
  packed: Uint8Array,
  maxBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, InflateFailure>> {
  const { readable, writable } = new DecompressionStream('deflate-raw')
  const writer = writable.getWriter()
  // The reader hears of damaged bytes, and of an end too early.
  writer.write(new Uint8Array(packed)).catch(() => undefined)
  writer.close().catch(() => undefined)
  const reader = readable.getReader()
  const pieces: Uint8Array[] = []
  let bytes = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      bytes += next.value.length
      if (bytes > maxBytes) return fail('too-large')
      pieces.push(next.value)
    }
    return ok(concat(...pieces))
  } catch {
    return fail('damaged')
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
