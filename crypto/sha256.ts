import sodium from 'libsodium-wrappers'
import { toHex } from '#schema/bytes.ts'

/** SHA-256 of what comes piece by piece, for what tools of others check (`sha256sum`). Everything of ours uses `hash`. */
export class Sha256 {
  readonly #state = sodium.crypto_hash_sha256_init()

  update(piece: Uint8Array): void {
    sodium.crypto_hash_sha256_update(this.#state, piece)
  }

  /** The hash as 64 hex digits. Once. */
  hex(): string {
    return toHex(sodium.crypto_hash_sha256_final(this.#state))
  }
}
