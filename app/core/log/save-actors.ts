import { decodeAll, toHex, type ByteReader } from '#schema/bytes.ts'

const MAGIC = 0x85_6f_4a_83
const DOCUMENT_CHUNK = 0
const MAX_ACTORS = 0xffff

/**
 * The actors in an Automerge save, as hex: the table that its document chunk begins with. Undefined unless the bytes are exactly
 * one document chunk, so that nothing can hide behind it. (Automerge's binary format, "Document chunk".)
 */
export function saveActors(save: Uint8Array): string[] | undefined {
  const decoded = decodeAll(save, reader => {
    if (reader.u32() !== MAGIC) reader.stop('bad-value')
    reader.u32() // checksum: Automerge verifies it
    if (reader.u8() !== DOCUMENT_CHUNK) reader.stop('bad-value')
    if (readLeb(reader) !== reader.left) reader.stop('bad-value')
    const count = readLeb(reader)
    if (count > MAX_ACTORS) reader.stop('too-large')
    const actors = Array.from({ length: count }, () => toHex(reader.bytes(readLeb(reader))))
    reader.rest()
    return actors
  })
  return decoded.ok ? decoded.value : undefined
}

function readLeb(reader: ByteReader): number {
  let value = 0
  for (let scale = 1; scale < 2 ** 42; scale *= 128) {
    const byte = reader.u8()
    value += (byte & 127) * scale
    if (byte < 128) return value
  }
  return reader.stop('bad-value')
}
