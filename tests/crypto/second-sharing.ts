import {
  bigEndian,
  bytesOf,
  hash,
  join,
  kdf,
  kemPublicKeyOf,
  publicKeyOf,
  sealBox,
  sign,
  textBytes,
} from './second-suite.ts'

/** What people's apps say to each other a second time, written out from docs/protocol.md section 7; see second-suite.ts. */

type Bytes = Uint8Array

const text = (value: string) => join(bigEndian(textBytes(value).length, 2), textBytes(value))
const list = (items: readonly Bytes[]) => join(bigEndian(items.length, 2), ...items)
const sized = (bytes: Bytes) => join(bigEndian(bytes.length, 4), bytes)
const byte = (value: number) => Uint8Array.of(value)

export function invitationKeys(secret: Bytes) {
  const root = hash(textBytes('wk/1/invitation'), secret)
  return {
    toInviter: publicKeyOf(kdf(root, 'invite.to-inviter')),
    toGuest: publicKeyOf(kdf(root, 'invite.to-guest')),
    channel: kdf(root, 'invite.channel'),
    mark: kdf(root, 'invite.mark').slice(0, 16),
  }
}

export const cardItem = (channel: Bytes, nonce: Bytes, endsAt: number, card: Bytes) =>
  join(byte(1), sealBox(channel, 'invite.card', nonce, join(bigEndian(endsAt, 8), card)))

/** `reason`: 0 used, 1 withdrawn, 2 expired. */
export const closedItem = (channel: Bytes, nonce: Bytes, reason: number) =>
  join(byte(2), sealBox(channel, 'invite.closed', nonce, byte(reason)))

/** One device, certified by idSign as an admin at 3 ms. */
export function deviceCert(input: {
  readonly idSignSeed: Bytes
  readonly deviceSeed: Bytes
  readonly kem: Bytes
}): Bytes {
  const body = join(
    publicKeyOf(input.deviceSeed),
    hash(input.kem),
    byte(1),
    bigEndian(3, 8),
    publicKeyOf(input.idSignSeed),
  )
  return join(body, sign(input.idSignSeed, 'wk/1/device-cert', body))
}

export interface CardInput {
  readonly idSignSeed: Bytes
  readonly deviceSeed: Bytes
  /** X-Wing public keys of the device, of idKem and of the shareKem. */
  readonly kem: Bytes
  readonly idKem: Bytes
  readonly shareKem: Bytes
  readonly dropToken: Bytes
  readonly name: string
  readonly number: number
  readonly removed: readonly Bytes[]
  readonly kept: readonly Bytes[]
}

export function contactCard(input: CardInput): Bytes {
  const keys = join(publicKeyOf(input.idSignSeed), input.idKem, input.shareKem, input.dropToken)
  const words = join(text(''), text(input.name), bigEndian(input.number, 4))
  const devices = join(list(input.removed), list(input.kept), list([deviceCert(input)]))
  const body = join(byte(1), keys, words, devices)
  return join(body, sign(input.deviceSeed, 'wk/1/contact-card', body))
}

/** What is sealed to the reader's shareKem under the label `wk/1/letter`. */
export function letterPlain(
  input: Pick<CardInput, 'idSignSeed' | 'deviceSeed' | 'kem'>,
  to: Bytes,
  kind: number,
  content: Bytes,
): Bytes {
  const head = join(byte(1), to, publicKeyOf(input.idSignSeed), list([deviceCert(input)]))
  const body = join(head, byte(kind), sized(content))
  return join(body, sign(input.deviceSeed, 'wk/1/letter', body))
}

export interface GrantInput {
  readonly shareId: Bytes
  readonly version: number
  readonly until: number
  readonly recordName: string
  readonly seed: Bytes
  readonly section: string
  readonly genesis: Bytes
  readonly keyId: Bytes
  readonly secret: Bytes
  readonly capability: Bytes
}

/** One letter, see and add (role 1), not paused, with the seed and one log of one epoch. */
export function grant(input: GrantInput): Bytes {
  const head = join(byte(1), input.shareId, bigEndian(input.version, 4), byte(0), byte(1), byte(1))
  const about = join(bigEndian(input.until, 8), byte(0), text(input.recordName), byte(1), input.seed)
  const epochs = list([join(input.keyId, input.secret)])
  return join(head, about, list([join(text(input.section), input.genesis, epochs, input.capability)]))
}

export const grantKeys = (seed: Bytes) => ({
  voucher: publicKeyOf(kdf(seed, 'grant.voucher')),
  holder: publicKeyOf(kdf(seed, 'grant.holder')),
})

export const shareEnded = (shareId: Bytes, version: number, expired: boolean) =>
  join(shareId, bigEndian(version, 4), byte(expired ? 1 : 0))

/** `answer`: 0 accepted, 1 declined, 2 left. */
/** `offeredBy`: the seed of the device that did; left out where it is not known. */
export const shareAnswer = (shareId: Bytes, answer: number, offeredBy?: Bytes) =>
  join(shareId, byte(answer), ...(offeredBy === undefined ? [] : [publicKeyOf(offeredBy)]))

export const shareOpened = (shareId: Bytes, from: number, to: number, sections: readonly string[]) =>
  join(shareId, bigEndian(from, 8), bigEndian(to, 8), list(sections.map(text)))

/** `reason`: 0 duty, 1 treatment, 2 referral, 3 other. */
/** `what`: 0 a file, 1 printed; left out a copy of the sections. */
export const shareKept = (
  shareId: Bytes,
  at: number,
  sections: readonly string[],
  reason: number,
  note: string,
  what?: number,
) => {
  const told = join(shareId, bigEndian(at, 8), list(sections.map(text)), byte(reason), text(note))
  return what === undefined ? told : join(told, byte(what))
}

/** `reason`: 0 used, 1 withdrawn, 2 expired. `secret`: of the invitation. */
export const invitationClosed = (reason: number, secret: Bytes) => join(byte(reason), invitationKeys(secret).mark)

/** `role`: 0 see, 1 see and add. */
export interface TermInput {
  readonly guardian: Bytes
  readonly name: string
  readonly role: number
  readonly until: number
  readonly sections: readonly string[]
}

export const term = ({ guardian, name, role, until, sections }: TermInput) =>
  join(guardian, text(name), byte(role), bigEndian(until, 8), list(sections.map(text)))

export interface DeviceInput {
  readonly idSignSeed: Bytes
  readonly deviceSeed: Bytes
  readonly kemSeed: Bytes
  readonly holderSeed: Bytes
}

const seedsOf = ({ deviceSeed, kemSeed, holderSeed }: DeviceInput) => join(deviceSeed, kemSeed, holderSeed)
const chainOf = ({ idSignSeed, deviceSeed, kemSeed }: DeviceInput) =>
  list([deviceCert({ idSignSeed, deviceSeed, kem: kemPublicKeyOf(kemSeed) })])

export interface GuardianInput extends DeviceInput {
  readonly genesis: Bytes
  readonly keyId: Bytes
  readonly secret: Bytes
  readonly until: number
  readonly name: string
  readonly birthDate: string
  readonly term: TermInput
}

/** Of a hand-over (purpose 2), with one home key and one term. */
export function guardian(input: GuardianInput): Bytes {
  const device = join(seedsOf(input), publicKeyOf(input.idSignSeed), chainOf(input))
  const home = join(input.genesis, list([join(input.keyId, input.secret)]))
  const words = join(text(input.name), text(input.birthDate), list([term(input.term)]))
  return join(byte(1), device, home, byte(2), bigEndian(input.until, 8), words)
}

/** `answer`: 0 accepted, 1 declined, 2 left. */
export const guardianAnswer = (deviceSeed: Bytes, answer: number) => join(publicKeyOf(deviceSeed), byte(answer))

export const guardianEnded = (deviceSeed: Bytes) => publicKeyOf(deviceSeed)

export const lateFrames = (shareId: Bytes, logId: Bytes, frames: readonly Bytes[]) =>
  join(shareId, logId, list(frames.map(sized)))

// ── bytes in the home log's documents ──

export const guardianDevice = (input: DeviceInput, madeAt: number, after: readonly string[]) =>
  join(seedsOf(input), bigEndian(madeAt, 8), chainOf(input), list(after.map(text)))

export const terms = (all: readonly TermInput[]) => list(all.map(term))

export const givenCapability = (logId: Bytes, notAfter: number, principal: Bytes) =>
  join(logId, bigEndian(notAfter, 8), principal)

export const endedCapability = (logId: Bytes, endedAt: number, principal: Bytes) =>
  join(logId, bigEndian(endedAt, 8), principal)

export const renewedGrant = (seed: Bytes, shareKem: Bytes, at: number) =>
  join(grantKeys(seed).voucher, grantKeys(seed).holder, hash(shareKem), bigEndian(at, 8))

export const receipts = (opened: readonly Bytes[], kept: readonly Bytes[]) =>
  join(list(opened.map(sized)), list(kept.map(sized)))

// ── what the relay is asked and answers ──

export function dropToken(readSeed: Bytes, notAfter: number): Bytes {
  const body = join(publicKeyOf(readSeed), bigEndian(notAfter, 8))
  return join(body, sign(readSeed, 'wk/1/drop', body))
}

export const dropItem = (itemId: number, droppedAt: number, item: Bytes) =>
  list([join(bigEndian(itemId, 8), bigEndian(droppedAt, 8), sized(item))])

/** One line: of the right to read. */
export const access = (minute: number, capabilityId: Bytes, count: number, bytes: number) =>
  list([join(bigEndian(minute, 8), capabilityId, byte(1), bigEndian(count, 4), bigEndian(bytes, 8))])

export const capabilities = (all: readonly Bytes[]) => list(all.map(sized))

export const mailboxKey = (shareKemSeed: Bytes) => publicKeyOf(kdf(shareKemSeed, 'mailbox'))

export const contactId = (idSign: Bytes) => hash(textBytes('wk/1/contact'), idSign).slice(0, 16)

export function safetyDigits(one: Bytes, other: Bytes): string {
  const hashes = [hash(one), hash(other)].sort((a, b) => Buffer.compare(a, b))
  const both = hash(textBytes('wk/1/safety-number'), ...hashes)
  const groups = ['00', '01'].flatMap(half => {
    const bytes = Buffer.from(kdf(both, 'safety.digits', bytesOf(half)))
    return Array.from({ length: 6 }, (_, group) => (bytes.readUIntBE(5 * group, 5) % 100_000).toString())
  })
  return groups.map(group => group.padStart(5, '0')).join('')
}
