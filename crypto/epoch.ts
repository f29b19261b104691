import { idBytes, type LogId } from '#schema/ids.ts'
import { deriveKey } from './hash.ts'
import { randomBytes } from './sodium.ts'

/** E_n, 32 random bytes: what a log's readers share until the next rotation. */
export type EpochSecret = Uint8Array<ArrayBuffer>

export function makeEpochSecret(): EpochSecret {
  return randomBytes(32)
}

/** Seals the frames of one log under one epoch. 32 bytes. */
export function contentKey(secret: EpochSecret, logId: LogId): Uint8Array<ArrayBuffer> {
  return deriveKey(secret, 'seal', idBytes(logId))
}

/** Stands in the signed EPOCH record, so that nobody can be handed another secret of the same key id. 32 bytes. */
export function commitment(secret: EpochSecret, logId: LogId): Uint8Array<ArrayBuffer> {
  return deriveKey(secret, 'commit', idBytes(logId))
}
