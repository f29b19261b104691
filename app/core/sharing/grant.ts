import { deriveKey, keyIdOf } from '#crypto/hash.ts'
import { type SigningKey, signingKeyFromSeed } from '#crypto/keys.ts'
import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import { idBytes, KeyId, PrincipalId, ShareId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { parseSharedName, SECTIONS, type SharedName } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import type { ShareRole } from '../share-session.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a share's G is made of; decision 0011. The seed goes to the recipient and stays nowhere else. */
export interface GrantKeys {
  readonly principal: PrincipalId
  /** G: vouches for the recipient's writer keys. */
  readonly voucher: SigningKey
  /** What the recipient proves to the relay. */
  readonly holder: SigningKey
}

export function grantKeys(seed: Bytes): GrantKeys {
  const voucher = signingKeyFromSeed(deriveKey(seed, 'grant.voucher'))
  const holder = signingKeyFromSeed(deriveKey(seed, 'grant.holder'))
  return { principal: PrincipalId.of(voucher.publicKey), voucher, holder }
}

/** One log of a share. */
export interface GrantedLog {
  readonly section: SharedName
  readonly genesis: Bytes
  readonly epochs: readonly EpochKey[]
  /** An encoded capability, registered at the relay. */
  readonly capability: Bytes
}

/** The body of a `grant` letter: a share, or the part of one that fits into a letter. */
export interface Grant {
  readonly shareId: ShareId
  /** A later version takes the place of an earlier one. */
  readonly version: number
  /** Which of `parts` this one is, from 0. */
  readonly part: number
  readonly parts: number
  readonly role: ShareRole
  readonly until: Instant
  /** The relay gives nothing for now; no logs are named. */
  readonly isPaused: boolean
  /** Whose record it is, as it calls itself. */
  readonly recordName: string
  /** 32 bytes; left out once the recipient has it. */
  readonly seed?: Bytes
  readonly logs: readonly GrantedLog[]
}

const VERSION = 1
export const SHARE_ROLES = ['read', 'write'] as const satisfies readonly ShareRole[]
const MAX_NAME_BYTES = 400
const MAX_EPOCHS = 256
const EPOCHS_PER_PIECE = 200
const CAPABILITY_BYTES = 154
/** What fits beside a letter's own bytes in an item of a mailbox. */
const ROOM_BYTES = 10 * 1024

export function encodeGrant(grant: Grant): Bytes {
  const writer = new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(grant.shareId))
    .u32(grant.version)
    .u8(grant.part)
    .u8(grant.parts)
    .u8(SHARE_ROLES.indexOf(grant.role))
    .u64(grant.until)
    .bool(grant.isPaused)
    .text(grant.recordName)
    .bool(grant.seed !== undefined)
  if (grant.seed !== undefined) writer.bytes(grant.seed)
  return writer.list(grant.logs, writeLog).done()
}

export function decodeGrant(bytes: Uint8Array): Result<Grant, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const head = {
      shareId: ShareId.read(reader),
      version: reader.u32(),
      part: reader.u8(),
      parts: reader.u8(),
      role: SHARE_ROLES[reader.u8()] ?? reader.stop('bad-value'),
      until: readInstant(reader),
      isPaused: reader.bool(),
      recordName: reader.text(MAX_NAME_BYTES),
    }
    if (head.part >= head.parts) reader.stop('bad-value')
    const seed = reader.bool() ? { seed: reader.bytes(32) } : {}
    const logs = reader.list(SECTIONS.length, inner => ({
      section: readSection(inner),
      genesis: inner.bytes(GENESIS_BYTES),
      epochs: inner.list(MAX_EPOCHS, readEpoch),
      capability: inner.bytes(CAPABILITY_BYTES),
    }))
    return { ...head, ...seed, logs }
  })
}

function readEpoch(reader: ByteReader): EpochKey {
  const [keyId, secret] = [KeyId.read(reader), reader.bytes(32)]
  return keyIdOf(secret) === keyId ? { keyId, secret } : reader.stop('bad-value')
}

function readSection(reader: ByteReader): SharedName {
  return parseSharedName(reader.text(40)) ?? reader.stop('bad-value')
}

function writeLog(writer: ByteWriter, log: GrantedLog): void {
  writer
    .text(log.section)
    .bytes(log.genesis)
    .list(log.epochs, (inner, key) => inner.bytes(idBytes(key.keyId)).bytes(key.secret))
    .bytes(log.capability)
}

/** As many letters as it takes; a log with many epochs stands in several. */
export function partsOfGrant(grant: Omit<Grant, 'part' | 'parts'>): Bytes[] {
  const groups: GrantedLog[][] = [[]]
  let room = ROOM_BYTES
  for (const log of grant.logs.flatMap(cutEpochs)) {
    const size = log.section.length + 2 + GENESIS_BYTES + 2 + 40 * log.epochs.length + CAPABILITY_BYTES
    room -= size
    if (room < 0 && groups.at(-1)!.length > 0) {
      groups.push([])
      room = ROOM_BYTES - size
    }
    groups.at(-1)!.push(log)
  }
  return groups.map((logs, part) => encodeGrant({ ...grant, part, parts: groups.length, logs }))
}

function cutEpochs(log: GrantedLog): GrantedLog[] {
  const pieces: GrantedLog[] = []
  for (let start = 0; start === 0 || start < log.epochs.length; start += EPOCHS_PER_PIECE) {
    pieces.push({ ...log, epochs: log.epochs.slice(start, start + EPOCHS_PER_PIECE) })
  }
  return pieces
}
