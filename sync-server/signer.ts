import { createHmac, createPrivateKey, createPublicKey, sign, timingSafeEqual } from 'node:crypto'
import { signedMessage } from '#crypto/verify.ts'
import { concat } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { CHALLENGE_LIFE_MS } from '#schema/protocol/http.ts'
import { CHALLENGE_BYTES, encodeReceiptBody, RECEIPT_LABEL, type Receipt } from '#schema/protocol/proof.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'

export const RELAY_SEED_BYTES = 32
/** RFC 8410: an Ed25519 private key as PKCS #8 is these bytes and the seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The relay's own Ed25519 key: what receipts are signed with. */
export interface Signer {
  readonly publicKey: Uint8Array<ArrayBuffer>
  receipt(stored: Omit<Receipt, 'signature'>): Receipt
}

export function createSigner(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    receipt(stored) {
      const message = signedMessage(RECEIPT_LABEL, encodeReceiptBody(stored))
      return { ...stored, signature: new Uint8Array(sign(null, message, key)) }
    },
  }
}

/** A key of its own for each use of the relay's seed. */
export function keyFor(use: string, seed: Uint8Array): Uint8Array {
  return createHmac('sha256', seed).update(`wellkeep relay ${use}`).digest()
}

const TIME_BYTES = 8

/** Challenges for HTTP: the time and a MAC over it, so the relay keeps none, and each relay with the same seed knows them. Good until they are old. */
export class Challenges {
  readonly #key: Uint8Array

  constructor(seed: Uint8Array) {
    this.#key = keyFor('challenges', seed)
  }

  make(now: Instant): Uint8Array<ArrayBuffer> {
    const time = new Uint8Array(TIME_BYTES)
    new DataView(time.buffer).setBigUint64(0, BigInt(now))
    return concat(time, this.#mac(time))
  }

  check(challenge: Uint8Array, now: Instant): Result<void, RefusalCode> {
    if (challenge.length !== CHALLENGE_BYTES) return fail('bad-proof')
    const time = challenge.subarray(0, TIME_BYTES)
    if (!timingSafeEqual(this.#mac(time), challenge.subarray(TIME_BYTES))) return fail('old-challenge')
    const madeAt = instant(Number(new DataView(challenge.buffer, challenge.byteOffset).getBigUint64(0)))
    return now - madeAt < CHALLENGE_LIFE_MS && madeAt <= now ? ok(undefined) : fail('old-challenge')
  }

  #mac(time: Uint8Array): Buffer {
    return createHmac('sha256', this.#key)
      .update(time)
      .digest()
      .subarray(0, CHALLENGE_BYTES - TIME_BYTES)
  }
}
