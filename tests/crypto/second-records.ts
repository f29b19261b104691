import { bigEndian, bytesOf, hash, join, publicKeyOf, sign, textBytes } from './second-suite.ts'

/** The signed records' layouts a second time, written out from PROTOCOL.md sections 2, 4 and 6; see second-suite.ts. */

export interface RecordInput {
  readonly logId: Uint8Array
  readonly ownerSeed: Uint8Array
  readonly holderKey: Uint8Array
  readonly capabilityId: Uint8Array
  readonly hash: Uint8Array
  readonly idSignSeed: Uint8Array
  readonly adminSeed: Uint8Array
  readonly deviceSeed: Uint8Array
  readonly writerKey: Uint8Array
  readonly kemPublicKey: Uint8Array
  readonly salt: Uint8Array
}

const signed = (seed: Uint8Array, label: string, body: Uint8Array) => join(body, sign(seed, label, body))

/** Of a home log. */
export function genesis(input: Pick<RecordInput, 'idSignSeed' | 'ownerSeed' | 'salt'>): Uint8Array {
  const ownerHash = hash(publicKeyOf(input.idSignSeed), input.salt)
  return join(Uint8Array.of(1, 1), publicKeyOf(input.ownerSeed), input.salt, ownerHash)
}

export const logIdOf = (bytes: Uint8Array) => hash(textBytes('wk/1/log'), bytes).slice(0, 16)

/** Read and append, 1 ms to 2 ms, one million bytes. */
export function capability(input: RecordInput): Uint8Array {
  const numbers = join(bigEndian(1, 8), bigEndian(2, 8), bigEndian(1_000_000, 8))
  const body = join(bytesOf('01'), input.capabilityId, input.logId, input.holderKey, bytesOf('03'), numbers)
  return signed(input.ownerSeed, 'wk/1/capability', body)
}

/** The first succession; one capability stays. */
export function owner(input: RecordInput): Uint8Array {
  const body = join(bytesOf('01'), input.logId, bigEndian(1, 4), input.holderKey, bytesOf('0001'), input.capabilityId)
  return signed(input.ownerSeed, 'wk/1/owner', body)
}

/** The base is frame 9 of W; frames of W up to 7 may go, and one blob. */
export function prune(input: RecordInput): Uint8Array {
  const base = join(input.writerKey, bigEndian(9, 8), input.hash)
  const covers = join(bytesOf('0001'), input.writerKey, bigEndian(7, 8))
  return signed(
    input.ownerSeed,
    'wk/1/prune',
    join(bytesOf('01'), input.logId, base, covers, bytesOf('0001'), input.hash),
  )
}

/** The base is frame 9 of W; the feed begins after frame 7. */
export function begin(input: RecordInput): Uint8Array {
  const [base, last] = [join(input.writerKey, bigEndian(9, 8), input.hash), join(input.writerKey, bigEndian(7, 8))]
  const feeds = join(bytesOf('0001'), last, input.hash)
  return signed(input.ownerSeed, 'wk/1/begin', join(bytesOf('01'), input.logId, bytesOf('0001'), base, feeds))
}

function deviceCert(deviceSeed: Uint8Array, input: RecordInput, isAdmin: boolean, issuerSeed: Uint8Array): Uint8Array {
  const body = join(
    publicKeyOf(deviceSeed),
    hash(input.kemPublicKey),
    Uint8Array.of(isAdmin ? 1 : 0),
    bigEndian(3, 8),
    publicKeyOf(issuerSeed),
  )
  return signed(issuerSeed, 'wk/1/device-cert', body)
}

/** W vouched for by a device, which an admin device certified, which idSign certified; both at 3 ms. */
export function writerCert(input: RecordInput): Uint8Array {
  const body = join(input.logId, input.writerKey, publicKeyOf(input.deviceSeed))
  const chain = [
    deviceCert(input.deviceSeed, input, false, input.adminSeed),
    deviceCert(input.adminSeed, input, true, input.idSignSeed),
  ]
  return join(signed(input.deviceSeed, 'wk/1/writer-cert', body), bigEndian(chain.length, 2), ...chain)
}
