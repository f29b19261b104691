import { concat, decodeAll, utf8 } from '#schema/bytes.ts'
import { BlobId, LogId, WriterId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { FRAME_HEADER_BYTES, FRAME_OVERHEAD_BYTES, MAX_FRAME_BYTES } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Raised when an older app would read a backup wrongly. What an app does not know and need not, it passes over. */
export const BACKUP_VERSION = 1
/** The folder that everything stands in, so that unpacking scatters nothing. */
const FOLDER = 'wellkeep-backup/'
const FORMAT_LINE = /^Wellkeep backup, format ([1-9]\d{0,5})\n/
export const README = 'README.txt'
export const MANIFEST = 'manifest.json'
const ACCOUNT = 'account.bin'
const FHIR = 'record.fhir.json'
/** Frames of one member, together. */
export const FRAMES_MEMBER_BYTES = 1024 * 1024

/** What a member of the archive is. `keptId`: of a record that is kept for somebody else. */
export type Member =
  | { readonly kind: 'readme' | 'manifest' | 'unknown' }
  | { readonly kind: 'account' | 'fhir'; readonly keptId?: LogId }
  | {
      readonly kind: 'frames'
      readonly keptId?: LogId
      readonly logId: LogId
      readonly writer: WriterId
      readonly seq: number
    }
  /** Frames that stand beside a feed: other branches of a forked one. */
  | { readonly kind: 'beside'; readonly keptId?: LogId; readonly logId: LogId }
  | { readonly kind: 'blob'; readonly keptId?: LogId; readonly logId: LogId; readonly blobId: BlobId }

export interface ManifestMember {
  readonly name: string
  readonly bytes: number
  /** 64 hex digits, as `sha256sum` prints them. */
  readonly sha256: string
}

export interface Manifest {
  readonly version: number
  readonly madeAt: Instant
  /** Entries that can be seen, private ones too. */
  readonly entries: number
  readonly person: string
  /** What the record's documents said then: `stateOf`, hex. */
  readonly state: string
  readonly members: readonly ManifestMember[]
}

/** How members are named, within the folder. */
export const memberName = {
  account: (scope = '') => `${scope}${ACCOUNT}`,
  fhir: (scope = '') => `${scope}${FHIR}`,
  frames: (scope: string, logId: LogId, writer: WriterId, seq: number) =>
    `${scope}logs/${logId}/${writer}/${seq.toString(16).padStart(16, '0')}.frames`,
  beside: (scope: string, logId: LogId, part: number) => `${scope}logs/${logId}/beside/${part}.frames`,
  blob: (scope: string, logId: LogId, blobId: BlobId) => `${scope}blobs/${logId}/${blobId}`,
}

/** What stands before the names of what belongs to a kept record. */
export const keptScope = (id: LogId): string => `kept/${id}/`

export const inFolder = (name: string): string => FOLDER + name

/** Undefined for what stands outside the folder. */
export function outOfFolder(path: string): string | undefined {
  return path.startsWith(FOLDER) ? path.slice(FOLDER.length) : undefined
}

export function memberOf(name: string): Member {
  if (name === README) return { kind: 'readme' }
  if (name === MANIFEST) return { kind: 'manifest' }
  const kept = /^kept\/([0-9a-f]{32})\/(.*)$/.exec(name)
  const keptId = kept === null ? undefined : LogId.parse(kept[1]!)
  const of = keptId === undefined ? {} : { keptId }
  const inside = kept?.[2] ?? name
  if (inside === ACCOUNT) return { kind: 'account', ...of }
  if (inside === FHIR) return { kind: 'fhir', ...of }
  const part = logMember(inside)
  return part === undefined ? { kind: 'unknown' } : { ...part, ...of }
}

function logMember(name: string): Member | undefined {
  const [folder, id = '', second = '', third = '', ...more] = name.split('/')
  const logId = LogId.parse(id)
  if (logId === undefined || more.length > 0) return undefined
  if (folder === 'blobs' && third === '') {
    const blobId = BlobId.parse(second)
    return blobId && { kind: 'blob', logId, blobId }
  }
  if (folder !== 'logs') return undefined
  if (second === 'beside') return /^\d+\.frames$/.test(third) ? { kind: 'beside', logId } : undefined
  const writer = WriterId.parse(second)
  const place = /^([0-9a-f]{16})\.frames$/.exec(third)
  const seq = place === null ? Number.NaN : Number.parseInt(place[1]!, 16)
  return writer !== undefined && Number.isSafeInteger(seq) ? { kind: 'frames', logId, writer, seq } : undefined
}

/** The first line says the format, whatever language the rest is in. */
export function encodeReadme(words: string): Bytes {
  return utf8(`Wellkeep backup, format ${BACKUP_VERSION}\n\n${words}\n`)
}

/** Undefined when it is no README of a backup. */
export function versionOfReadme(bytes: Uint8Array): number | undefined {
  const line = FORMAT_LINE.exec(new TextDecoder().decode(bytes.subarray(0, 64)))
  return line === null ? undefined : Number(line[1])
}

export function encodeManifest({ version, madeAt, ...rest }: Manifest): Bytes {
  const whole = { format: 'wellkeep-backup', version, madeAt: new Date(madeAt).toISOString(), ...rest }
  return utf8(`${JSON.stringify(whole, undefined, 1)}\n`)
}

export function decodeManifest(bytes: Uint8Array): Result<Manifest, 'damaged'> {
  const parsed = parseObject(new TextDecoder().decode(bytes))
  const madeAt = Date.parse(String(parsed?.['madeAt']))
  const [version, entries, members] = [parsed?.['version'], parsed?.['entries'], parsed?.['members']]
  const [person, state] = [parsed?.['person'], parsed?.['state']]
  if (parsed?.['format'] !== 'wellkeep-backup' || !isCount(version) || !isCount(entries)) return fail('damaged')
  if (Number.isNaN(madeAt) || !Array.isArray(members) || !members.every(isManifestMember)) return fail('damaged')
  if (typeof person !== 'string' || typeof state !== 'string') return fail('damaged')
  return ok({ version, madeAt: instant(madeAt), entries, person, state, members })
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isManifestMember(value: unknown): value is ManifestMember {
  if (typeof value !== 'object' || value === null) return false
  const { name, bytes, sha256 } = value as Record<string, unknown>
  return typeof name === 'string' && isCount(bytes) && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256)
}

/** Where a frame's header says how long its body is. */
const BODY_LENGTH_AT = FRAME_HEADER_BYTES - 4

/** Frames that stand one right after another, as they are on the wire. Layout only. */
export function splitFrames(bytes: Uint8Array): Result<Bytes[], 'damaged'> {
  const decoded = decodeAll(bytes, reader => {
    const frames: Bytes[] = []
    while (reader.left > 0) {
      const header = reader.bytes(FRAME_HEADER_BYTES)
      const bodyBytes = new DataView(header.buffer).getUint32(BODY_LENGTH_AT)
      if (bodyBytes > MAX_FRAME_BYTES) reader.stop('too-large')
      frames.push(concat(header, reader.bytes(FRAME_OVERHEAD_BYTES - FRAME_HEADER_BYTES + bodyBytes)))
    }
    return frames
  })
  return decoded.ok ? decoded : fail('damaged')
}
