import { checkDeviceChain } from '#crypto/certificate.ts'
import { hash } from '#crypto/hash.ts'
import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll, equalBytes } from '#schema/bytes.ts'
import { DeviceId, idBytes, KeyId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { decodeGenesis, GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { deviceKeys, type DeviceSeeds } from '../home/account-row.ts'
import type { Purpose } from '../kept-session.ts'
import type { EpochKey } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const PURPOSES = ['guardian', 'manager', 'hand-over'] as const satisfies readonly Purpose[]

/** What a guardian keeps once the record is handed over. */
export interface HandOverTerm {
  /** The guardian's own idSign. */
  readonly guardian: PrincipalId
  readonly name: string
  readonly role: 'read' | 'write'
  /** NEVER: until the young person stops it. */
  readonly until: Instant
  readonly sections: readonly Section[]
}

/** The body of a `guardian` letter: a device of somebody's record, for who gets it to act in it; decision 0015. */
export interface GuardianOffer {
  readonly seeds: DeviceSeeds
  /** The record's idSign. */
  readonly principal: PrincipalId
  readonly chain: readonly DeviceCert[]
  readonly homeGenesis: Bytes
  readonly homeKeys: readonly EpochKey[]
  readonly purpose: Purpose
  /** With the purpose `guardian` alone. */
  readonly isPractice?: true
  /** NEVER: until it is taken back. */
  readonly until: Instant
  readonly name: string
  /** FHIR date, or empty. */
  readonly birthDate: string
  /** Of a hand-over. */
  readonly terms: readonly HandOverTerm[]
  /** Where the record is, when that is another relay than the one of who offers it. */
  readonly relay?: RelayOrigin
}

/** As a letter says it: of a practice, what is looked after is no record of a person. */
const OFFERED = [...PURPOSES, 'staff'] as const

const VERSION = 1
/** Names the relay at its end. */
const VERSION_ELSEWHERE = 2
const TERM_ROLES = ['read', 'write'] as const
const MAX_TEXT_BYTES = 400
const MAX_RELAY_BYTES = 300
const MAX_TERMS = 16
/** What fits into a letter beside chain and terms; a record whose devices changed more often is not handed on by letter. */
export const MAX_HOME_KEYS = 160

export function encodeGuardianOffer(offer: GuardianOffer): Bytes {
  const { seeds, relay } = offer
  const writer = new ByteWriter()
    .u8(relay === undefined ? VERSION : VERSION_ELSEWHERE)
    .bytes(seeds.device)
    .bytes(seeds.kem)
    .bytes(seeds.holder)
    .bytes(idBytes(offer.principal))
    .list(offer.chain, writeDeviceCert)
    .bytes(offer.homeGenesis)
    .list(offer.homeKeys, (writer, key) => writer.bytes(idBytes(key.keyId)).bytes(key.secret))
    .u8(OFFERED.indexOf(offer.isPractice === true ? 'staff' : offer.purpose))
    .u64(offer.until)
    .text(offer.name)
    .text(offer.birthDate)
    .list(offer.terms, writeTerm)
  return (relay === undefined ? writer : writer.text(relay)).done()
}

/** Only a chain that certifies these very keys and ends at whom the home log is bound to. */
export function decodeGuardianOffer(bytes: Uint8Array): Result<GuardianOffer, DecodeFailure> {
  return decodeAll(bytes, reader => {
    const version = reader.u8()
    if (version !== VERSION && version !== VERSION_ELSEWHERE) reader.stop('unknown-version')
    const offer: GuardianOffer = {
      seeds: { device: reader.bytes(32), kem: reader.bytes(32), holder: reader.bytes(32) },
      principal: PrincipalId.read(reader),
      chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
      homeGenesis: reader.bytes(GENESIS_BYTES),
      homeKeys: reader.list(MAX_HOME_KEYS, r => ({ keyId: KeyId.read(r), secret: r.bytes(32) })),
      ...purposeOf(OFFERED[reader.u8()] ?? reader.stop('bad-value')),
      until: readInstant(reader),
      name: reader.text(MAX_TEXT_BYTES),
      birthDate: reader.text(MAX_TEXT_BYTES),
      terms: readTerms(reader),
      ...(version === VERSION_ELSEWHERE ? { relay: readRelay(reader) } : {}),
    }
    return isBound(offer) ? offer : reader.stop('bad-value')
  })
}

const readRelay = (reader: ByteReader) => parseRelayOrigin(reader.text(MAX_RELAY_BYTES)) ?? reader.stop('bad-value')

function purposeOf(offered: (typeof OFFERED)[number]): Pick<GuardianOffer, 'purpose' | 'isPractice'> {
  return offered === 'staff' ? { purpose: 'guardian', isPractice: true } : { purpose: offered }
}

/** The device that an offer is about. */
export function deviceOf(offer: Pick<GuardianOffer, 'seeds'>): DeviceId {
  return DeviceId.of(deviceKeys(offer.seeds).device.publicKey)
}

function isBound(offer: GuardianOffer): boolean {
  const chain = checkDeviceChain(offer.chain)
  const genesis = decodeGenesis(offer.homeGenesis)
  if (!chain.ok || !genesis.ok) return false
  const { kind, ownerHash, salt } = genesis.value
  const isHome = kind === 'home' && equalBytes(ownerHash, hash(idBytes(offer.principal), salt))
  return isHome && chain.value.root === offer.principal && chain.value.device === deviceOf(offer)
}

export function writeTerm(writer: ByteWriter, term: HandOverTerm): void {
  writer
    .bytes(idBytes(term.guardian))
    .text(term.name)
    .u8(TERM_ROLES.indexOf(term.role))
    .u64(term.until)
    .list(term.sections, (inner, section) => inner.text(section))
}

export function readTerms(reader: ByteReader): HandOverTerm[] {
  return reader.list(MAX_TERMS, readTerm)
}

function readTerm(reader: ByteReader): HandOverTerm {
  return {
    guardian: PrincipalId.read(reader),
    name: reader.text(MAX_TEXT_BYTES),
    role: TERM_ROLES[reader.u8()] ?? reader.stop('bad-value'),
    until: readInstant(reader),
    sections: reader.list(SECTIONS.length, inner => {
      const name = inner.text(40)
      return SECTIONS.find(section => section === name) ?? inner.stop('bad-value')
    }),
  }
}

/** The body of a `guardian-answer`: what became of the offer of that device. */
export interface GuardianAnswer {
  readonly device: DeviceId
  readonly answer: 'accepted' | 'declined' | 'left'
}

const ANSWERS = ['accepted', 'declined', 'left'] as const

export function encodeGuardianAnswer({ device, answer }: GuardianAnswer): Bytes {
  return new ByteWriter().bytes(idBytes(device)).u8(ANSWERS.indexOf(answer)).done()
}

export function decodeGuardianAnswer(bytes: Uint8Array): GuardianAnswer | undefined {
  const decoded = decodeAll(bytes, reader => ({
    device: DeviceId.read(reader),
    answer: ANSWERS[reader.u8()] ?? reader.stop('bad-value'),
  }))
  return decoded.ok ? decoded.value : undefined
}

/** The body of a `guardian-ended`: that device acts in the record no more, or never did. */
export function encodeGuardianEnded(device: DeviceId): Bytes {
  return new ByteWriter().bytes(idBytes(device)).done()
}

export function decodeGuardianEnded(bytes: Uint8Array): DeviceId | undefined {
  const decoded = decodeAll(bytes, reader => DeviceId.read(reader))
  return decoded.ok ? decoded.value : undefined
}
