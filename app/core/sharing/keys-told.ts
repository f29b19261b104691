import { hash } from '#crypto/hash.ts'
import { toHex } from '#schema/bytes.ts'
import { idBytes } from '#schema/ids.ts'
import type { SealedLog } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MARK_BYTES = 8

/** That somebody with this shareKem was told that it is over. */
export const markOfEnd = (shareKem: Bytes): string => `end ${toHex(hash(shareKem).subarray(0, MARK_BYTES))}`

/**
 * For each of these logs a mark of it, and of the keys that its EPOCHs were not sealed with to `shareKem`: a recipient has them by letter or
 * not at all. An EPOCH of another device of ours may have passed over them, and whatever follows it cannot be read without its key; or it
 * began the section anew, let them in by what it heard of the share then, and left nobody to say which log that is.
 */
export function marksOfKeys(logs: readonly SealedLog[], shareKem: Bytes): string[] {
  const reader = toHex(hash(shareKem))
  return logs.map(log => {
    const keyIds = log.keysNotSealedTo(reader).toSorted()
    return toHex(hash(idBytes(log.id), ...keyIds.map(idBytes)).subarray(0, MARK_BYTES))
  })
}
