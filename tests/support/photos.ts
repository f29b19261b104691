import { ByteWriter, concat, utf8 } from '#schema/bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What must not be left of a photo: where it was taken, with what, and the picture before it was cropped. */
export const SECRETS = [
  'LATITUDE-52.5163',
  'PhoneOfMaria',
  'CROPPED-AWAY',
  'xmp-said-so',
  'comment-said-so',
  'film-after-it',
]

function segment(marker: number, body: Uint8Array): Bytes {
  return new ByteWriter()
    .u8(0xff)
    .u8(marker)
    .u16(body.length + 2)
    .bytes(body)
    .done()
}

/** Exif that says how the picture is to be turned, and secrets. Little-endian, as phones write it. */
function exif(orientation: number): Bytes {
  const tiff = new Uint8Array(8 + 2 + 12 + 4)
  const view = new DataView(tiff.buffer)
  tiff.set(utf8('II*\0'))
  view.setUint32(4, 8, true)
  view.setUint16(8, 1, true)
  view.setUint16(10, 0x0112, true)
  view.setUint16(12, 3, true)
  view.setUint32(14, 1, true)
  view.setUint16(18, orientation, true)
  return concat(utf8('Exif\0\0'), tiff, utf8('LATITUDE-52.5163 PhoneOfMaria CROPPED-AWAY'))
}

/** A real picture of one pixel (baseline, grey), as encoders write it. */
const PIXEL =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z'

export function plainJpeg(): Bytes {
  return Uint8Array.from(atob(PIXEL), letter => letter.charCodeAt(0))
}

/** The same picture with all that a phone adds; `turned`: its Exif orientation. */
export function phoneJpeg(turned = 6): Bytes {
  const plain = plainJpeg()
  return concat(
    plain.subarray(0, 2),
    segment(0xe1, exif(turned)),
    segment(0xe1, utf8('http://ns.adobe.com/xap/1.0/\0<x>xmp-said-so</x>')),
    segment(0xe2, utf8('MPF\0CROPPED-AWAY')),
    segment(0xed, utf8('Photoshop 3.0\0PhoneOfMaria')),
    segment(0xfe, utf8('comment-said-so')),
    plain.subarray(2),
    utf8('film-after-it'),
  )
}

function chunk(type: string, body: Uint8Array): Bytes {
  return new ByteWriter().u32(body.length).bytes(utf8(type)).bytes(body).u32(0).done()
}

const PNG_START = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const png = (...chunks: readonly Uint8Array[]) => concat(Uint8Array.from(PNG_START), ...chunks)
const HEADER = chunk('IHDR', new Uint8Array(13))
const PIXELS = chunk('IDAT', utf8('pixels'))
const PNG_END = chunk('IEND', new Uint8Array())

export const plainPng = () => png(HEADER, chunk('gAMA', new Uint8Array(4)), PIXELS, PNG_END)

export const phonePng = () =>
  png(
    HEADER,
    chunk('eXIf', exif(1)),
    chunk('gAMA', new Uint8Array(4)),
    chunk('tEXt', utf8('Comment\0comment-said-so')),
    chunk('iTXt', utf8('XML:com.adobe.xmp\0xmp-said-so')),
    PIXELS,
    chunk('tIME', new Uint8Array(7)),
    PNG_END,
    utf8('film-after-it'),
  )

function box(type: string, ...parts: readonly Uint8Array[]): Bytes {
  const body = concat(...parts)
  return new ByteWriter()
    .u32(body.length + 8)
    .bytes(utf8(type))
    .bytes(body)
    .done()
}

const itemInfo = (item: number, type: string) =>
  box('infe', new ByteWriter().u32(0x02_00_00_00).u16(item).u16(0).bytes(utf8(type)).bytes(utf8('\0')).done())

/** A HEIC in form: a picture item, Exif beside it and XMP inside `idat`. */
export function phoneHeic(secrets = true): Bytes {
  const fill = (text: string) => (secrets ? utf8(text) : new Uint8Array(text.length))
  const said = fill('LATITUDE-52.5163 PhoneOfMaria')
  const xmp = fill('xmp-said-so')
  const start = box('ftyp', utf8('heic\0\0\0\0mif1heic'))
  const build = (at: number) => {
    const place = (item: number, method: number, from: number, length: number) =>
      new ByteWriter().u16(item).u16(method).u16(0).u16(1).u32(from).u32(length).done()
    const locations = [place(1, 0, at, 6), place(2, 0, at + 6, said.length), place(3, 1, 0, xmp.length)]
    return box(
      'meta',
      new Uint8Array(4),
      box('iinf', new ByteWriter().u32(0).u16(3).done(), itemInfo(1, 'hvc1'), itemInfo(2, 'Exif'), itemInfo(3, 'mime')),
      box('iloc', new ByteWriter().u32(0x01_00_00_00).u8(0x44).u8(0).u16(3).done(), ...locations),
      box('idat', xmp),
    )
  }
  const at = start.length + build(0).length + 8
  return concat(
    start,
    build(at),
    box('mdat', utf8('pixels'), said, fill('comment-said-so')),
    box('mpvd', fill('film-after-it')),
  )
}

/** A PDF by its first bytes, of any size. */
export function fakePdf(size: number, fill = 65): Bytes {
  const bytes = new Uint8Array(size).fill(fill)
  bytes.set(utf8('%PDF-1.7\n'))
  return bytes
}
