import sodium from 'libsodium-wrappers'
import { deriveKey } from './hash.ts'
import { ownBytes } from './own-bytes.ts'
import { randomBytes, wipe } from './sodium.ts'
import { signedMessage } from './verify.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Ed25519. */
export interface SigningKey {
  /** 32 bytes. */
  readonly publicKey: Bytes
  /** libsodium's form: seed ‖ public key, 64 bytes. */
  readonly secretKey: Bytes
}

/** X-Wing (X25519 and ML-KEM-768). */
export interface KemKey {
  /** 1216 bytes. */
  readonly publicKey: Bytes
  /** The seed, 32 bytes. */
  readonly secretKey: Bytes
}

export const KEM_PUBLIC_KEY_BYTES = 1216

function fromFreshSeed<Key>(make: (seed: Bytes) => Key): Key {
  const seed = randomBytes(32)
  try {
    return make(seed)
  } finally {
    wipe(seed)
  }
}

export function makeSigningKey(): SigningKey {
  return fromFreshSeed(signingKeyFromSeed)
}

/** Same 32 bytes, same key. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  const pair = sodium.crypto_sign_seed_keypair(seed)
  return { publicKey: ownBytes(pair.publicKey), secretKey: ownBytes(pair.privateKey) }
}

/** Ed25519 over `label ‖ 00 ‖ H(bytes)`: 64 bytes. */
export function sign(key: SigningKey, label: string, bytes: Uint8Array): Bytes {
  return ownBytes(sodium.crypto_sign_detached(signedMessage(label, bytes), key.secretKey))
}

export function makeKemKey(): KemKey {
  return fromFreshSeed(kemKeyFromSeed)
}

/** Same 32 bytes, same key. */
export function kemKeyFromSeed(seed: Uint8Array): KemKey {
  const pair = sodium.crypto_kem_xwing_seed_keypair(seed)
  return { publicKey: ownBytes(pair.publicKey), secretKey: ownBytes(pair.privateKey) }
}

/** Whether something can be sealed to `bytes`. To ask before keeping a key that came from elsewhere. */
export function isKemPublicKey(bytes: Uint8Array): boolean {
  if (bytes.length !== KEM_PUBLIC_KEY_BYTES) return false
  try {
    wipe(sodium.crypto_kem_xwing_enc(bytes).sharedSecret)
    return true
  } catch {
    return false // coefficients out of range, or a point of small order
  }
}

export interface RootKeys {
  /** Root of trust; writes no feed. */
  readonly idSign: SigningKey
  /** Reader of every home-log epoch. */
  readonly idKem: KemKey
  /** The home log's first O. */
  readonly homeOwner: SigningKey
  /** The salt of the home log's GENESIS, 16 bytes. */
  readonly homeSalt: Bytes
}

/** Everything that the 24 words fix. `secret` is R, 32 bytes. */
export function rootKeys(secret: Uint8Array): RootKeys {
  const signing = (label: string) => fromDerivedSeed(secret, label, signingKeyFromSeed)
  return {
    idSign: signing('id.sign'),
    idKem: fromDerivedSeed(secret, 'id.kem', kemKeyFromSeed),
    homeOwner: signing('home.owner'),
    homeSalt: deriveKey(secret, 'home.salt').slice(0, 16),
  }
}

function fromDerivedSeed<Key>(secret: Uint8Array, label: string, make: (seed: Bytes) => Key): Key {
  const seed = deriveKey(secret, label)
  try {
    return make(seed)
  } finally {
    wipe(seed)
  }
}
