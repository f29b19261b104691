import { ByteWriter, type DecodeFailure, decodeAll, fromHex, toHex } from '#schema/bytes.ts'
import { BlobId, idBytes } from '#schema/ids.ts'
import { type BlobName, MAX_FILE_BYTES, pieceCount } from '#schema/messages/file.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

const VERSION = 1
const KEY_BYTES = 32
const MOST = pieceCount(MAX_FILE_BYTES)

/** `ver(1) list{id(32) key(32)}`: the plain of a file's list. */
export function encodePieceNames(names: readonly BlobName[]): Bytes {
  return new ByteWriter()
    .u8(VERSION)
    .list(names, (writer, { blobId, key }) => writer.bytes(idBytes(blobId)).bytes(fromHex(key)!))
    .done()
}

export function decodePieceNames(bytes: Uint8Array): Result<readonly BlobName[], DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return reader.list(MOST, each => ({
      blobId: BlobId.of(each.bytes(BlobId.size)),
      key: toHex(each.bytes(KEY_BYTES)),
    }))
  })
}
