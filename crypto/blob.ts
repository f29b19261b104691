import { ByteWriter, concat, decodeAll, utf8 } from '#schema/bytes.ts'
import { type BlobId, type FileId, idBytes, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { AEAD_TAG_BYTES } from './aead.ts'
import { BLOB_CIPHERS, type BlobCipher, makeChunkCipher } from './blob-cipher.ts'
import { blobIdOf } from './hash.ts'
import { pad, unpad } from './padding.ts'
import { randomBytes } from './sodium.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MAGIC = 0x53_42
const VERSION = 1
const NONCE_BYTES = 16
const HEADER_BYTES = 4 + NONCE_BYTES
const CHUNK_BYTES = 64 * 1024
const SEALED_CHUNK_BYTES = CHUNK_BYTES + AEAD_TAG_BYTES
/** From here on WebCrypto's AES-256-GCM, which is many times as fast as WebAssembly. */
const LARGE_BYTES = 64 * 1024

/** What a blob is part of: what a log’s frames name, or a file that goes along with a message. */
export type BlobWhole = LogId | FileId

/** A blob and the key that opens it; the key travels in the frame that names the blob. */
export interface SealedBlob {
  readonly blobId: BlobId
  /** Random, made for this blob, 32 bytes. */
  readonly key: Bytes
  readonly ciphertext: Bytes
}

/**
 * `"SB" ver(1) cipher(1) nonce(16)`, then pad(plain) in chunks of 64 KiB, each sealed under a fresh key with
 * aad = label ‖ whole ‖ those 20 bytes ‖ index(4) ‖ last(1): no chunk opens elsewhere, none can be missing.
 */
export async function sealBlob(plain: Uint8Array, whole: BlobWhole): Promise<SealedBlob> {
  const cipher: BlobCipher = plain.length < LARGE_BYTES ? 'xchacha20poly1305' : 'aes256gcm'
  const key = randomBytes(32)
  const nonce = randomBytes(NONCE_BYTES)
  const header = new ByteWriter().u16(MAGIC).u8(VERSION).u8(BLOB_CIPHERS[cipher]).bytes(nonce).done()
  const chunkCipher = await makeChunkCipher(cipher, key)
  const padded = pad(plain)
  const count = Math.ceil(padded.length / CHUNK_BYTES)
  const chunks = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const chunk = padded.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)
      return chunkCipher.seal(index, chunk, chunkContext(whole, header, index, index === count - 1))
    }),
  )
  const ciphertext = concat(header, ...chunks)
  return { blobId: blobIdOf(ciphertext), key, ciphertext }
}

/** What was sealed. One answer for another blob, key or whole and damage alike. */
export async function openBlob(blob: SealedBlob, whole: BlobWhole): Promise<Result<Bytes, 'not-opened'>> {
  const { blobId, key, ciphertext } = blob
  const cipher = readCipher(ciphertext)
  if (cipher === undefined || key.length !== 32 || blobIdOf(ciphertext) !== blobId) return fail('not-opened')
  const header = ciphertext.slice(0, HEADER_BYTES)
  const chunkCipher = await makeChunkCipher(cipher, key)
  const count = Math.ceil((ciphertext.length - HEADER_BYTES) / SEALED_CHUNK_BYTES)
  const chunks = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const start = HEADER_BYTES + index * SEALED_CHUNK_BYTES
      const sealed = ciphertext.subarray(start, start + SEALED_CHUNK_BYTES)
      return chunkCipher.open(index, sealed, chunkContext(whole, header, index, index === count - 1))
    }),
  )
  const opened = chunks.filter(chunk => chunk !== undefined)
  if (opened.length !== count) return fail('not-opened')
  const plain = unpad(concat(...opened))
  return plain.ok ? ok(plain.value) : fail('not-opened')
}

function readCipher(ciphertext: Uint8Array): BlobCipher | undefined {
  const read = decodeAll(ciphertext.subarray(0, HEADER_BYTES), reader => {
    if (reader.u16() !== MAGIC) reader.stop('bad-value')
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const byte = reader.u8()
    reader.bytes(NONCE_BYTES)
    return byte
  })
  if (!read.ok) return undefined
  if (read.value === BLOB_CIPHERS.xchacha20poly1305) return 'xchacha20poly1305'
  return read.value === BLOB_CIPHERS.aes256gcm ? 'aes256gcm' : undefined
}

function chunkContext(whole: BlobWhole, header: Bytes, index: number, isLast: boolean): Bytes {
  const place = new ByteWriter().u32(index).bool(isLast).done()
  return concat(utf8('wk/1/blob\0'), idBytes(whole), header, place)
}
