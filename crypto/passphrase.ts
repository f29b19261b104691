import sodium from 'libsodium-wrappers'
import { ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'
import { ownBytes } from './own-bytes.ts'
import { randomBytes } from './sodium.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How a passphrase is stretched: Argon2id 1.3, one lane. Not secret; kept beside what it opens. */
export interface PassphraseParams {
  /** 16 bytes. */
  readonly salt: Bytes
  readonly memoryKiB: number
  readonly passes: number
}

const VERSION = 1
const SALT_BYTES = 16
/** Nothing weaker is made or accepted, whatever the stored parameters say. */
const FLOOR = { memoryKiB: 64 * 1024, passes: 3 }
/** Nothing dearer is tried: damaged parameters must not hang a phone. */
const CEILING = { memoryKiB: 1024 * 1024, passes: 16 }

/** A fresh salt at the floor of 64 MiB and 3 passes (0.4 s on a laptop). */
export function makePassphraseParams(): PassphraseParams {
  return { salt: randomBytes(SALT_BYTES), ...FLOOR }
}

/** 32 bytes from a passphrase as typed; NFKC, so that keyboards that compose accents differently agree. */
export function stretchPassphrase(passphrase: string, params: PassphraseParams): Bytes {
  if (!isAcceptable(params)) throw new RangeError('Cannot stretch a passphrase: parameters outside floor and ceiling')
  return ownBytes(
    sodium.crypto_pwhash(
      32,
      passphrase.normalize('NFKC'),
      params.salt,
      params.passes,
      params.memoryKiB * 1024,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    ),
  )
}

export function encodePassphraseParams(params: PassphraseParams): Bytes {
  return new ByteWriter().u8(VERSION).u32(params.memoryKiB).u32(params.passes).bytes(params.salt).done()
}

/** Parameters below the floor or above the ceiling are `bad-value`. */
export function decodePassphraseParams(bytes: Uint8Array): Result<PassphraseParams, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const params = { memoryKiB: reader.u32(), passes: reader.u32(), salt: reader.bytes(SALT_BYTES) }
    return isAcceptable(params) ? params : reader.stop('bad-value')
  })
}

function isAcceptable({ salt, memoryKiB, passes }: PassphraseParams): boolean {
  return (
    salt.length === SALT_BYTES &&
    memoryKiB >= FLOOR.memoryKiB &&
    memoryKiB <= CEILING.memoryKiB &&
    passes >= FLOOR.passes &&
    passes <= CEILING.passes
  )
}
