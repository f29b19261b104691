import { crc32, deflateSync } from 'node:zlib'
import { ByteWriter, concat, utf8 } from '#schema/bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a photo of `heic-source.ts` says of its maker, and where; the place as Exif writes it: 52° 30' 58.68". */
export const HEIC_SECRETS = ['PhoneOfMaria', 'xmp-said-so']
export const HEIC_LATITUDE = new ByteWriter().u32(52).u32(1).u32(30).u32(1).u32(5868).u32(100).done()

const [WIDTH, HEIGHT] = [64, 48]

/** A PNG that any encoder takes, with the Exif and XMP that it is to carry over into what it writes. */
export function photoToPack(): Bytes {
  const header = new ByteWriter()
    .u32(WIDTH)
    .u32(HEIGHT)
    .bytes(Uint8Array.of(8, 2, 0, 0, 0))
    .done()
  const start = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const packed = new Uint8Array(deflateSync(pixels()))
  const xmp = utf8(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`)
  return concat(
    start,
    chunk('IHDR', header),
    chunk('eXIf', exif()),
    chunk('iTXt', xmp),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array()),
  )
}

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="x" dc:t="xmp-said-so"/></rdf:RDF></x:xmpmeta>'

function chunk(type: string, body: Bytes): Bytes {
  const named = concat(utf8(type), body)
  return new ByteWriter().u32(body.length).bytes(named).u32(crc32(named)).done()
}

/** A slope of two colours. */
function pixels(): Bytes {
  const rows = new Uint8Array(HEIGHT * (1 + WIDTH * 3))
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows.set([x * 4, y * 5, 128], y * (1 + WIDTH * 3) + 1 + x * 3)
  }
  return rows
}

/** Big-endian: the maker, the turn, and a directory of its own for the place (Exif 2.32, 4.6). */
function exif(): Bytes {
  const make = utf8('PhoneOfMaria\0\0')
  const [makeAt, placeAt] = [50, 50 + make.length]
  const entry = (tag: number, type: number, count: number) => new ByteWriter().u16(tag).u16(type).u32(count)
  return concat(
    utf8('MM\0*'),
    new ByteWriter().u32(8).u16(3).done(),
    entry(0x010f, 2, make.length).u32(makeAt).done(),
    entry(0x0112, 3, 1).u16(6).u16(0).done(),
    entry(0x8825, 4, 1).u32(placeAt).done(),
    new ByteWriter().u32(0).done(),
    make,
    new ByteWriter().u16(2).done(),
    entry(1, 2, 2).bytes(utf8('N\0\0\0')).done(),
    entry(2, 5, 3)
      .u32(placeAt + 30)
      .done(),
    new ByteWriter().u32(0).done(),
    HEIC_LATITUDE,
  )
}
