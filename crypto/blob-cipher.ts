import { ByteWriter } from '#schema/bytes.ts'
import { AEAD_NONCE_BYTES, openAead, sealAead } from './aead.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** As the byte in a blob's header. */
export const BLOB_CIPHERS = { xchacha20poly1305: 1, aes256gcm: 2 } as const
export type BlobCipher = keyof typeof BLOB_CIPHERS

/** Seals a blob's chunks. The key is the blob's own, so the index is nonce enough. */
export interface ChunkCipher {
  seal(index: number, chunk: Bytes, context: Bytes): Promise<Bytes>
  /** Undefined unless exactly this was sealed. */
  open(index: number, sealed: Bytes, context: Bytes): Promise<Bytes | undefined>
}

export async function makeChunkCipher(cipher: BlobCipher, key: Bytes): Promise<ChunkCipher> {
  return cipher === 'aes256gcm' ? makeAesCipher(key) : makeXchachaCipher(key)
}

function makeXchachaCipher(key: Bytes): ChunkCipher {
  return {
    seal: async (index, chunk, context) => sealAead(key, indexNonce(index, AEAD_NONCE_BYTES), chunk, context),
    open: async (index, sealed, context) => openAead(key, indexNonce(index, AEAD_NONCE_BYTES), sealed, context),
  }
}

async function makeAesCipher(key: Bytes): Promise<ChunkCipher> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const settings = (index: number, context: Bytes) => ({
    name: 'AES-GCM',
    iv: indexNonce(index, 12),
    additionalData: context,
    tagLength: 128,
  })
  return {
    seal: async (index, chunk, context) =>
      new Uint8Array(await crypto.subtle.encrypt(settings(index, context), imported, chunk)),
    async open(index, sealed, context) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt(settings(index, context), imported, sealed))
      } catch {
        return undefined // WebCrypto's only way to say that the tag is wrong
      }
    },
  }
}

function indexNonce(index: number, size: number): Bytes {
  const counter = new ByteWriter().u32(index).done()
  const nonce = new Uint8Array(size)
  nonce.set(counter, size - counter.length)
  return nonce
}
