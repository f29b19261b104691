import sodium from 'libsodium-wrappers'

const FLOOR_BYTES = 64 * 1024 * 1024

/** Argon2id at its cost for people is not run until the answer is called: how strong a passphrase is, is not what is simulated. */
export function cheapPassphrases(): () => void {
  const real = sodium.crypto_pwhash
  const cheap = (
    length: number,
    passphrase: string,
    salt: Uint8Array,
    passes: number,
    memoryBytes: number,
    algorithm: number,
  ) => {
    if (memoryBytes < FLOOR_BYTES) return real(length, passphrase, salt, passes, memoryBytes, algorithm)
    return sodium.crypto_generichash(length, passphrase, salt)
  }
  Object.assign(sodium, { crypto_pwhash: cheap })
  return () => {
    Object.assign(sodium, { crypto_pwhash: real })
  }
}
