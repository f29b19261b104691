import { gcm } from '@noble/ciphers/aes.js'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { argon2id } from '@noble/hashes/argon2.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { ml_kem768_x25519 as xwing } from '@noble/post-quantum/hybrid.js'

/**
 * Suite 1 a second time, from PROTOCOL.md sections 1 to 3 alone: on @noble instead of libsodium, sharing no line with
 * crypto/ or schema/. Randomness comes in as arguments, so that vectors can be made again.
 */

export const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
export const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
export const textBytes = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'))
export const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

export function bigEndian(value: number, size: number): Uint8Array<ArrayBuffer> {
  return bytesOf(
    BigInt(value)
      .toString(16)
      .padStart(2 * size, '0'),
  )
}

export const hash = (...parts: readonly Uint8Array[]) => blake2b(join(...parts), { dkLen: 32 })

export function kdf(key: Uint8Array, label: string, info: Uint8Array = new Uint8Array(0)): Uint8Array {
  return blake2b(join(textBytes(`wk/1/${label}\0`), info), { key, dkLen: 32 })
}

export const publicKeyOf = (seed: Uint8Array) => ed25519.getPublicKey(seed)

export function sign(seed: Uint8Array, label: string, bytes: Uint8Array): Uint8Array {
  return ed25519.sign(join(textBytes(`${label}\0`), hash(bytes)), seed)
}

export function verify(publicKey: Uint8Array, label: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return ed25519.verify(signature, join(textBytes(`${label}\0`), hash(bytes)), publicKey, { zip215: false })
}

export const kemPublicKeyOf = (seed: Uint8Array) => xwing.keygen(seed).publicKey

export function stretch(passphrase: string, salt: Uint8Array, memoryKiB: number, passes: number): Uint8Array {
  return argon2id(textBytes(passphrase.normalize('NFKC')), salt, { t: passes, m: memoryKiB, p: 1, dkLen: 32 })
}

/** Padmé as its authors write it (PURBs, algorithm 1), after the fixed steps. */
function paddedLength(needed: number): number {
  for (const step of [512, 1024, 2048, 4096]) if (needed <= step) return step
  const e = 31 - Math.clz32(needed)
  const s = 32 - Math.clz32(e)
  const mask = (1 << (e - s)) - 1
  return (needed + mask) & ~mask
}

export function pad(plain: Uint8Array): Uint8Array<ArrayBuffer> {
  return join(plain, bytesOf('80'), new Uint8Array(paddedLength(plain.length + 1) - plain.length - 1))
}

export function unpad(padded: Uint8Array): Uint8Array {
  return padded.slice(0, Buffer.from(padded).lastIndexOf(0x80))
}

export const sealBox = (key: Uint8Array, context: string, nonce: Uint8Array, plain: Uint8Array) =>
  join(nonce, xchacha20poly1305(key, nonce, textBytes(context)).encrypt(plain))

export const openBox = (key: Uint8Array, context: string, sealed: Uint8Array) =>
  xchacha20poly1305(key, sealed.slice(0, 24), textBytes(context)).decrypt(sealed.slice(24))

export interface Fixed {
  /** X-Wing's 64 bytes of randomness. */
  readonly kemSeed: Uint8Array
  readonly nonce: Uint8Array
}

export function sealTo(publicKey: Uint8Array, label: string, plain: Uint8Array, fixed: Fixed): Uint8Array {
  const { cipherText, sharedSecret } = xwing.encapsulate(publicKey, fixed.kemSeed)
  return join(cipherText, sealBox(kdf(sharedSecret, 'box', textBytes(label)), label, fixed.nonce, plain))
}

export function openFrom(seed: Uint8Array, label: string, box: Uint8Array): Uint8Array {
  const sharedSecret = xwing.decapsulate(box.slice(0, 1120), seed)
  return openBox(kdf(sharedSecret, 'box', textBytes(label)), label, box.slice(1120))
}

export const envelopeLabel = (logId: Uint8Array, keyId: Uint8Array) => `wk/1/envelope ${hexOf(logId)} ${hexOf(keyId)}`

export interface FrameInput {
  readonly kind: number
  readonly logId: Uint8Array
  readonly writerSeed: Uint8Array
  readonly seq: number
  readonly prev: Uint8Array
  readonly epochSecret: Uint8Array
  readonly nonce: Uint8Array
  readonly plain: Uint8Array
  /** Only of a CONTROL frame. */
  readonly envelopes?: readonly Uint8Array[]
}

export const keyIdOf = (epochSecret: Uint8Array) => hash(textBytes('kid'), epochSecret).slice(0, 8)

export function sealFrame(input: FrameInput): Uint8Array {
  const padded = pad(input.plain)
  const clear =
    input.envelopes === undefined
      ? new Uint8Array(0)
      : join(bigEndian(input.envelopes.length, 2), ...input.envelopes.flatMap(one => [bigEndian(one.length, 4), one]))
  const header = join(
    textBytes('SL'),
    Uint8Array.of(1, input.kind),
    input.logId,
    publicKeyOf(input.writerSeed),
    bigEndian(input.seq, 8),
    input.prev,
    keyIdOf(input.epochSecret),
    new Uint8Array(2),
    bigEndian(clear.length + padded.length + 16, 4),
  )
  const key = kdf(input.epochSecret, 'seal', input.logId)
  const sealed = xchacha20poly1305(key, input.nonce, join(header, clear)).encrypt(padded)
  const unsigned = join(header, input.nonce, clear, sealed)
  return join(unsigned, sign(input.writerSeed, 'wk/1/frame', unsigned))
}

/** Verifies and opens an OPS, SNAPSHOT or HEADS frame; throws if either fails. */
export function openFrame(frame: Uint8Array, epochSecret: Uint8Array): Uint8Array {
  const header = frame.slice(0, 106)
  const writer = header.slice(20, 52)
  if (!verify(writer, 'wk/1/frame', frame.slice(0, -64), frame.slice(-64))) throw new Error('signature')
  const key = kdf(epochSecret, 'seal', header.slice(4, 20))
  return unpad(xchacha20poly1305(key, frame.slice(106, 130), header).decrypt(frame.slice(130, -64)))
}

const CHUNK = 64 * 1024

function chunkCipher(cipher: number, key: Uint8Array, index: number, aad: Uint8Array) {
  return cipher === 2 ? gcm(key, bigEndian(index, 12), aad) : xchacha20poly1305(key, bigEndian(index, 24), aad)
}

const chunkAad = (logId: Uint8Array, header: Uint8Array, index: number, isLast: boolean) =>
  join(textBytes('wk/1/blob\0'), logId, header, bigEndian(index, 4), Uint8Array.of(isLast ? 1 : 0))

export function sealBlob(
  plain: Uint8Array,
  logId: Uint8Array,
  key: Uint8Array,
  nonce: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const cipher = plain.length < CHUNK ? 1 : 2
  const header = join(textBytes('SB'), Uint8Array.of(1, cipher), nonce)
  const padded = pad(plain)
  const sealed: Uint8Array[] = []
  for (let at = 0; at < padded.length; at += CHUNK) {
    const index = sealed.length
    const aad = chunkAad(logId, header, index, at + CHUNK >= padded.length)
    sealed.push(chunkCipher(cipher, key, index, aad).encrypt(padded.slice(at, at + CHUNK)))
  }
  return join(header, ...sealed)
}

export function openBlob(ciphertext: Uint8Array, logId: Uint8Array, key: Uint8Array): Uint8Array {
  const header = ciphertext.slice(0, 20)
  const opened: Uint8Array[] = []
  for (let at = 20; at < ciphertext.length; at += CHUNK + 16) {
    const index = opened.length
    const aad = chunkAad(logId, header, index, at + CHUNK + 16 >= ciphertext.length)
    opened.push(chunkCipher(header[3]!, key, index, aad).decrypt(ciphertext.slice(at, at + CHUNK + 16)))
  }
  return unpad(join(...opened))
}
