import sodium from 'libsodium-wrappers'
import { concat, fromHex, toHex, utf8 } from '#schema/bytes.ts'
import { DeviceId, FrameHash, idBytes, LogId, PrincipalId } from '#schema/ids.ts'
import { BEGIN_LABEL, type BeginRecord, encodeBeginRecordBody } from '#schema/protocol/begin.ts'
import { type Capability, CAPABILITY_LABEL, encodeCapabilityBody } from '#schema/protocol/capability.ts'
import {
  DEVICE_CERT_LABEL,
  type DeviceCert,
  encodeDeviceCertBody,
  encodeWriterCertBody,
  MAX_CERT_CHAIN,
  WRITER_CERT_LABEL,
  type WriterCert,
} from '#schema/protocol/certificate.ts'
import {
  encodeOwnerBody,
  encodePruneBody,
  OWNER_LABEL,
  type OwnerRecord,
  PRUNE_LABEL,
  type PruneRecord,
} from '#schema/protocol/owner.ts'
import { FRAME_LABEL, FRAME_SIGNATURE_BYTES, type FrameParts } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { ownBytes } from './own-bytes.ts'

/**
 * What can be checked without any secret: hashes, signatures, chains of certificates. The relay imports this file and
 * no other of crypto/, so nothing that opens a ciphertext may be imported here.
 */

type Bytes = Uint8Array<ArrayBuffer>

const SEPARATOR = new Uint8Array(1)
const PUBLIC_KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const LOG_LABEL = utf8('wk/1/log')
/** Known answers: `wk/1/self-test` over "abc" by the key whose seed counts up from zero. */
const TEST_KEY = fromHex('03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8')!
const TEST_SIGNATURE = fromHex(
  '3455cb44afcbedeec4e1461e2a2145b5ad14a858806df0cdb7629299d324f8deaaedd3dc23174cc60fb511ab0b68a4c31a5983f50b213266cd140ee3241f9809',
)!

/** Loads libsodium and tests what this file uses of it. Throws if an answer is wrong; call once before all else. */
export async function readyVerify(): Promise<void> {
  await sodium.ready
  const message = utf8('abc')
  if (toHex(verifyHash(message)) !== 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319')
    throw new Error('Cannot use libsodium: its BLAKE2b gives a wrong hash')
  const isGood = verifySignature(TEST_KEY, 'wk/1/self-test', message, TEST_SIGNATURE)
  const isFooled = verifySignature(TEST_KEY, 'wk/1/self-test', utf8('abd'), TEST_SIGNATURE)
  if (!isGood || isFooled) throw new Error('Cannot use libsodium: its Ed25519 gives a wrong verdict')
}

/** H: BLAKE2b-256 over the parts one after the other. */
export function verifyHash(...parts: readonly Uint8Array[]): Bytes {
  const [first] = parts
  const whole = parts.length === 1 && first !== undefined ? first : concat(...parts)
  return ownBytes(sodium.crypto_generichash(32, whole, null))
}

/** What an Ed25519 signature of suite 1 is made over: `label ‖ 00 ‖ H(bytes)`. */
export function signedMessage(label: string, bytes: Uint8Array): Bytes {
  return concat(utf8(label), SEPARATOR, verifyHash(bytes))
}

/** False for anything that is not this key's signature under this label, wrong sizes included. */
export function verifySignature(
  publicKey: Uint8Array,
  label: string,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  return sodium.crypto_sign_verify_detached(signature, signedMessage(label, bytes), publicKey)
}

/** `H("wk/1/log" ‖ GENESIS)[0..16]`. */
export function verifyLogId(genesisBytes: Uint8Array): LogId {
  return LogId.of(verifyHash(LOG_LABEL, genesisBytes).subarray(0, LogId.size))
}

/** Hash of a whole frame: what the feed's next frame names as `prev`. */
export function verifyFrameHash(frameBytes: Uint8Array): FrameHash {
  return FrameHash.of(verifyHash(frameBytes))
}

/** Whether the W that the header names signed these bytes. `parts` are `decodeFrame(bytes)`. */
export function verifyFrame(parts: FrameParts, bytes: Uint8Array): boolean {
  const unsigned = bytes.subarray(0, Math.max(0, bytes.length - FRAME_SIGNATURE_BYTES))
  return verifySignature(idBytes(parts.header.writer), FRAME_LABEL, unsigned, parts.signature)
}

/** Says only that this O signed it; dates, rights and registration are the caller's to judge. */
export function checkCapability(capability: Capability, ownerKey: Uint8Array): boolean {
  return verifySignature(ownerKey, CAPABILITY_LABEL, encodeCapabilityBody(capability), capability.signature)
}

/** Says only that this O signed it. */
export function checkOwner(record: OwnerRecord, ownerKey: Uint8Array): boolean {
  return verifySignature(ownerKey, OWNER_LABEL, encodeOwnerBody(record), record.signature)
}

/** Says only that this O signed it. */
export function checkPrune(record: PruneRecord, ownerKey: Uint8Array): boolean {
  return verifySignature(ownerKey, PRUNE_LABEL, encodePruneBody(record), record.signature)
}

/** Says only that this O signed it. */
export function checkBegin(record: BeginRecord, ownerKey: Uint8Array): boolean {
  return verifySignature(ownerKey, BEGIN_LABEL, encodeBeginRecordBody(record), record.signature)
}

export interface CheckedDevice {
  readonly device: DeviceId
  /** The key at the chain's end. Whether it is the right person's idSign is for the caller to compare. */
  readonly root: PrincipalId
}

/** Leaf first. Every certificate is signed by its issuer, and every issuer but the root is an admin device. */
export function checkDeviceChain(chain: readonly DeviceCert[]): Result<CheckedDevice, 'bad-chain'> {
  const leaf = chain[0]
  const last = chain.at(-1)
  if (leaf === undefined || last === undefined || chain.length > MAX_CERT_CHAIN) return fail('bad-chain')
  const isWhole = chain.every((cert, index) => {
    const above = chain[index + 1]
    return (
      (above === undefined || (above.isAdmin && above.device === DeviceId.parse(cert.issuer))) &&
      verifySignature(idBytes(cert.issuer), DEVICE_CERT_LABEL, encodeDeviceCertBody(cert), cert.signature)
    )
  })
  return isWhole ? ok({ device: leaf.device, root: PrincipalId.of(idBytes(last.issuer)) }) : fail('bad-chain')
}

export interface CheckedWriter {
  readonly voucher: PrincipalId | DeviceId
  /** The key at the chain's end; the voucher itself when it is a grant's G, which needs no chain. */
  readonly root: PrincipalId
  /** The voucher, when it is a device. */
  readonly device?: DeviceId
}

/** Checks every signature from W up to the root. Whether the root is rostered is for the caller. */
export function checkWriterCert(cert: WriterCert): Result<CheckedWriter, 'bad-chain'> {
  const voucherKey = idBytes(cert.voucher)
  if (!verifySignature(voucherKey, WRITER_CERT_LABEL, encodeWriterCertBody(cert), cert.signature))
    return fail('bad-chain')
  if (cert.chain.length === 0) return ok({ voucher: cert.voucher, root: PrincipalId.of(voucherKey) })
  const checked = checkDeviceChain(cert.chain)
  if (!checked.ok || checked.value.device !== DeviceId.of(voucherKey)) return fail('bad-chain')
  return ok({ voucher: cert.voucher, root: checked.value.root, device: checked.value.device })
}
