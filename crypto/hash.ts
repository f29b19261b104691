import sodium from 'libsodium-wrappers'
import { concat, utf8 } from '#schema/bytes.ts'
import { BlobId, KeyId } from '#schema/ids.ts'
import { ownBytes } from './own-bytes.ts'
import { verifyFrameHash, verifyHash, verifyLogId } from './verify.ts'

type Bytes = Uint8Array<ArrayBuffer>

const NOTHING = new Uint8Array(0)
const SEPARATOR = new Uint8Array(1)
const KEY_ID_LABEL = utf8('kid')

export { verifyFrameHash as frameHash, verifyHash as hash, verifyLogId as logIdOf }

/** KDF of suite 1: keyed BLAKE2b-256 over `"wk/1/" ‖ label ‖ 00 ‖ info`. The label has no zero byte. */
export function deriveKey(key: Uint8Array, label: string, info: Uint8Array = NOTHING): Bytes {
  if (key.length !== 32) throw new RangeError(`Cannot derive a key: got ${key.length} bytes, a key has 32`)
  if (label.includes('\0')) throw new TypeError('Cannot derive a key: the label holds a zero')
  return ownBytes(sodium.crypto_generichash(32, concat(utf8(`wk/1/${label}`), SEPARATOR, info), key))
}

/** `H("kid" ‖ E)[0..8]`. */
export function keyIdOf(epochSecret: Uint8Array): KeyId {
  return KeyId.of(verifyHash(KEY_ID_LABEL, epochSecret).subarray(0, KeyId.size))
}

/** Hash of a blob's ciphertext. */
export function blobIdOf(ciphertext: Uint8Array): BlobId {
  return BlobId.of(verifyHash(ciphertext))
}
