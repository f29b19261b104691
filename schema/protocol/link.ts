import { ByteWriter, type DecodeFailure, decodeAll, utf8 } from '../bytes.ts'
import { idBytes, LinkId, type LogId } from '../ids.ts'
import { type Instant, instant } from '../instant.ts'
import type { Result } from '../result.ts'
import { LOGS_PATH } from './http.ts'
import { readInstant } from './proof.ts'

/**
 * SMART Health Links at the relay; decision 0025. The owner's side, with *manage* on the log a link belongs to: GET and POST links,
 * POST links/:id/pause and /arm, POST links/:id/file (the sealed file alone, of a living link), DELETE links/:id; of a link that takes answers GET links/:id/answers, GET and DELETE links/:id/answers/:no (decision 56). The side of whoever opens one is what the specification says, at `openPath`.
 */
export const OPEN_LINKS_PATH = '/v1/shl'

/** `address`: 32 bytes as base64url, of which `LinkId` is the hash. */
export function openPath(address: string): string {
  return `${OPEN_LINKS_PATH}/${address}`
}

export function linksPath(logId: LogId): string {
  return `${LOGS_PATH}/${logId}/links`
}

export function linkPath(logId: LogId, linkId: LinkId, act?: 'pause' | 'arm' | 'file'): string {
  return `${linksPath(logId)}/${linkId}${act === undefined ? '' : `/${act}`}`
}

/** POST by whoever has the address: one sealed answer. */
export function openAnswersPath(address: string): string {
  return `${openPath(address)}/answers`
}

/** `no`: one of them. */
export function answersPath(logId: LogId, linkId: LinkId, no?: number): string {
  return `${linkPath(logId, linkId)}/answers${no === undefined ? '' : `/${no}`}`
}

export const LINK_ADDRESS_BYTES = 32
export const MAX_LINK_FILE_BYTES = 8 * 1024 * 1024
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024
/** That wait for the owner of one link. */
export const MAX_LINK_ANSWERS = 20
export const MAX_LINK_ORIGIN_BYTES = 100
export const MAX_RECIPIENT_CHARS = 100
/** Wrong passcodes until a link is closed. */
export const LINK_TRIES = 10
/** From when it is made; by the relay's clock. */
export const MAX_LINK_LIFE_MS = 367 * 24 * 3600_000
export const MAX_LINK_OPENS = 10_000
export const PASSCODE_SALT_BYTES = 16
/** Of PBKDF2-HMAC-SHA-256, as OWASP's password storage sheet has it (2023). */
export const PASSCODE_ROUNDS = 600_000
const VERIFIER_BYTES = 32

/** What is hashed of a passcode: written alike by who made it and who types it. */
export function passcodeBytes(passcode: string): Uint8Array<ArrayBuffer> {
  return utf8(passcode.trim().normalize('NFKC'))
}

/** Body of POST links. 201 when made; 200 when the log has that id already, and nothing is changed. */
export interface NewLink {
  readonly linkId: LinkId
  /** By the relay's clock. */
  readonly expiresAt: Instant
  /** GET at its address answers the file; else POST answers a list of files. */
  readonly isDirect: boolean
  /** Its file may be replaced, by POST links/:id/file. */
  readonly isLongTerm: boolean
  /** Whoever has the address may leave sealed answers for its owner. */
  readonly takesAnswers?: boolean
  /** Left out: as often as anybody likes. */
  readonly maxOpens?: number
  /** Of a list of files: `verifier` is PBKDF2 of `passcodeBytes`. */
  readonly lock?: PasscodeLock
  /** Where the relay is reached, for addresses in the list: `https://relay.example`. */
  readonly origin: string
  /** Compact JWE. */
  readonly file: Uint8Array<ArrayBuffer>
}

export interface PasscodeLock {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly verifier: Uint8Array<ArrayBuffer>
}

const VERSION = 1

export function encodeNewLink(link: NewLink): Uint8Array<ArrayBuffer> {
  const { lock } = link
  const writer = new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(link.linkId))
    .u64(link.expiresAt)
    .bool(link.isDirect)
    .bool(link.isLongTerm)
    .bool(link.takesAnswers === true)
    .u32(link.maxOpens ?? 0)
    .bool(lock !== undefined)
  if (lock !== undefined) writer.bytes(lock.salt).bytes(lock.verifier)
  return writer.text(link.origin).sized(link.file).done()
}

export function decodeNewLink(bytes: Uint8Array): Result<NewLink, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    const linkId = LinkId.read(reader)
    const expiresAt = readInstant(reader)
    const [isDirect, isLongTerm, takesAnswers] = [reader.bool(), reader.bool(), reader.bool()]
    const maxOpens = reader.u32()
    const hasLock = reader.bool()
    // A file without a list has nobody who could ask for a passcode.
    if (maxOpens > MAX_LINK_OPENS || (hasLock && isDirect)) reader.stop('bad-value')
    const lock = hasLock
      ? { salt: reader.bytes(PASSCODE_SALT_BYTES), verifier: reader.bytes(VERIFIER_BYTES) }
      : undefined
    const origin = reader.text(MAX_LINK_ORIGIN_BYTES)
    const file = reader.sized(MAX_LINK_FILE_BYTES)
    const optional = {
      ...(takesAnswers && { takesAnswers }),
      ...(maxOpens === 0 ? {} : { maxOpens }),
      ...(lock === undefined ? {} : { lock }),
    }
    return { linkId, expiresAt, isDirect, isLongTerm, ...optional, origin, file }
  })
}

/** `over`: past its end. `used-up`: no opens left. `closed`: no tries left. */
export const LINK_STATES = ['open', 'paused', 'over', 'used-up', 'closed'] as const
export type LinkStanding = (typeof LINK_STATES)[number]

/** One line of the answer to GET links. */
export interface LinkState {
  readonly linkId: LinkId
  readonly standing: LinkStanding
  /** In all, also those that `openings` no longer has. */
  readonly opens: number
  /** Newest first. */
  readonly openings: readonly LinkOpening[]
}

export interface LinkOpening {
  readonly at: Instant
  /** As whoever opened it said; unchecked, may be empty. */
  readonly recipient: string
}

export function encodeLinkStates(states: readonly LinkState[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .list(states, (writer, state) =>
      writer
        .bytes(idBytes(state.linkId))
        .u8(LINK_STATES.indexOf(state.standing))
        .u32(state.opens)
        .list(state.openings, (w, { at, recipient }) => w.u64(at).text(recipient)),
    )
    .done()
}

export function decodeLinkStates(bytes: Uint8Array): Result<LinkState[], DecodeFailure> {
  return decodeAll(bytes, reader =>
    reader.list(0xffff, r => ({
      linkId: LinkId.read(r),
      standing: LINK_STATES[r.u8()] ?? r.stop('bad-value'),
      opens: r.u32(),
      openings: r.list(0xffff, one => ({ at: instant(readInstant(one)), recipient: one.text() })),
    })),
  )
}

/** One line of the answer to GET answers. */
export interface LinkAnswer {
  readonly no: number
  readonly at: Instant
  readonly bytes: number
}

export function encodeLinkAnswers(answers: readonly LinkAnswer[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter().list(answers, (writer, { no, at, bytes }) => writer.u64(no).u64(at).u32(bytes)).done()
}

export function decodeLinkAnswers(bytes: Uint8Array): Result<LinkAnswer[], DecodeFailure> {
  return decodeAll(bytes, reader =>
    reader.list(MAX_LINK_ANSWERS, r => ({ no: r.u64(), at: readInstant(r), bytes: r.u32() })),
  )
}
