import { ByteWriter, concat, utf8 } from '#schema/bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MARKER = 0xff
const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const JFIF = utf8('JFIF\0')
const JFIF_BYTES = 14
/** Stands before the TIFF header of Exif. */
export const EXIF = utf8('Exif\0\0')
const PROFILE = utf8('ICC_PROFILE\0')
/** TIFF tag 0x0112: how the picture is to be turned, 1–8. */
const ORIENTATION = 0x0112

/**
 * A JPEG (ITU-T T.81) with nothing but what draws it: no Exif, XMP, IPTC, comment, second picture, nor anything after its end. How it is
 * to be turned stays. No pixel changes. Undefined when it isn't whole.
 */
export function cleanJpeg(bytes: Uint8Array): Bytes | undefined {
  const kept: Uint8Array[] = []
  let orientation = 1
  let at = 2
  if (bytes[0] !== MARKER || bytes[1] !== START) return undefined
  for (;;) {
    // Any number of 0xff may stand before a marker (B.1.1.2).
    while (bytes[at] === MARKER && bytes[at + 1] === MARKER) at += 1
    const marker = bytes[at + 1]
    if (bytes[at] !== MARKER || marker === undefined) return undefined
    if (marker === END) return concat(headOf(orientation), ...kept, bytes.subarray(at, at + 2))
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return undefined
    const body = bytes.subarray(at + 4, end)
    if (marker === APP1 && startsWith(body, EXIF)) orientation = orientationIn(body.subarray(EXIF.length)) ?? 1
    const next = marker === SCAN ? endOfScan(bytes, end) : end
    if (draws(marker, body)) kept.push(bytes.subarray(at, next))
    at = next
  }
}

function draws(marker: number, body: Uint8Array): boolean {
  if (marker === COMMENT) return false
  if (marker < APP0 || marker > APP15 || marker === APP14) return true
  // A longer one holds a smaller picture.
  if (marker === APP0) return startsWith(body, JFIF) && body.length === JFIF_BYTES
  return marker === APP2 && startsWith(body, PROFILE)
}

export function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

/** Where the next marker is that belongs to no scan: after 0xff neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== MARKER && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

function headOf(orientation: number): Bytes {
  const start = new ByteWriter().u8(MARKER).u8(START)
  if (orientation === 1) return start.done()
  const exif = concat(EXIF, orientationTiff(orientation))
  return start
    .u8(MARKER)
    .u8(APP1)
    .u16(exif.length + 2)
    .bytes(exif)
    .done()
}

/** A TIFF header that says nothing but how the picture is to be turned. */
export function orientationTiff(orientation: number): Bytes {
  const tiff = new ByteWriter().bytes(utf8('MM')).u16(42).u32(8).u16(1).u16(ORIENTATION).u16(3).u32(1).u16(orientation)
  return tiff.u16(0).u32(0).done()
}

/** Of the first directory of a TIFF header (Exif 2.32 §4.6). */
export function orientationIn(tiff: Uint8Array): number | undefined {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 8) return undefined
  const isLittle = tiff[0] === 0x49
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return undefined
  const count = view.getUint16(directory, isLittle)
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + 12 * index
    if (at + 12 > tiff.length) return undefined
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
