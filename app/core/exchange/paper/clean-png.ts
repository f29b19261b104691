import { concat } from '#schema/bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

const SIGNATURE_BYTES = 8
/** Of the chunks a reader may pass over (PNG third edition §11.3), those that say how it is drawn. */
const DRAWING = new Set(['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs'])

/** A PNG with nothing but what draws it: no text, Exif or time, and nothing after its end. Undefined when it isn't whole. */
export function cleanPng(bytes: Uint8Array): Bytes | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)]
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    // A capital first letter: without it there is no picture.
    if (/^[A-Z]/.test(type) || DRAWING.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return concat(...kept)
    at = end
  }
  return undefined
}
