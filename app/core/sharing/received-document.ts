import { ImmutableString } from '@automerge/automerge/slim'
import { equalBytes } from '#schema/bytes.ts'
import { ContactId, DeviceId, KeyId, LogId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { parseSharedName } from '#schema/record/sections.ts'
import type { ShareRole } from '../share-session.ts'
import { shownName } from '../shown-name.ts'
import { type GrantedLog, SHARE_ROLES } from './grant.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The home log's shard of what others share with this person: a map a share, by its id. */
export const RECEIVED_SHARD = 'received'

export type ReceivedDocument = Record<string, ReceivedShareDocument>

export interface ReceivedShareDocument {
  contact: ImmutableString
  /** Left out: it was taken off the list. */
  recordName?: ImmutableString
  role: ImmutableString
  until: number
  receivedAt: number
  /** The device whose letter offered it. */
  offeredBy?: ImmutableString
  seed: Uint8Array
  /** By the version that told them, it and those that took its place: the highest counts. */
  seeds?: Record<string, Uint8Array>
  /** When the newest of them came. */
  seededAt?: number
  version: number
  /** Letters of this version that came, by part, of `partCount`. */
  partCount: number
  parts: Record<string, boolean>
  isPaused: boolean
  logs: Record<string, ReceivedLogDocument>
  isAccepted: boolean
  endedBy?: ImmutableString
  endedAt?: number
  /** The newest letter that was here then. */
  endedVersion?: number
  /** This person wants nothing of it on their list any more. */
  isPutAway?: boolean
  /** Who offers it in a letter of this version or a later one has not heard that it is over. */
  toldEnd?: number
  /** Copies that were kept and who shares has not heard of: letters' bodies by their time. */
  kept?: Record<string, Uint8Array>
  /** The answer that who gives has to hear, until they do. */
  toTell?: ImmutableString
  /** The device that told it: what a removed one wrote may have been passed over. */
  toldBy?: ImmutableString
  toldOpenedAt?: number
}

export interface ReceivedLogDocument {
  section: ImmutableString
  genesis: Uint8Array
  capability: Uint8Array
  epochs: Record<string, Uint8Array>
  version: number
  /** Of a former one: devices that need nothing of it any more. */
  through?: Record<string, boolean>
}

export type ReceivedEnd = 'stopped' | 'expired' | 'declined' | 'left'
const ENDINGS: readonly ReceivedEnd[] = ['stopped', 'expired', 'declined', 'left']

export interface KnownGrant {
  readonly id: ShareId
  readonly contact: ContactId
  readonly recordName: string
  readonly role: ShareRole
  readonly until: Instant
  readonly receivedAt: Instant
  /** When its newest seed came. */
  readonly seededAt: Instant
  /** The device whose letter offered it first, as far as that was noted. */
  readonly offeredBy?: DeviceId
  readonly seed: Bytes
  /** Every one it had. */
  readonly seeds: readonly Bytes[]
  readonly version: number
  readonly isPaused: boolean
  readonly isAccepted: boolean
  readonly endedBy?: ReceivedEnd
  readonly endedAt?: Instant
  readonly toldEnd?: number
  /** Over, and off this person's list: it bears no name. */
  readonly isPutAway: boolean
  /** Bodies of letters `share-kept` that are to go out, by name. */
  readonly keptToTell: readonly (readonly [string, Bytes])[]
  readonly toTell?: 'accepted' | 'declined' | 'left'
  /** The device that told the last answer. */
  readonly toldBy?: DeviceId
  readonly toldOpenedAt: Instant
  readonly logs: readonly ReceivedLog[]
  /** That the share named before: what this person wrote there and nobody has yet goes over, device by device, then they go. */
  readonly former: readonly FormerReceivedLog[]
}

export interface FormerReceivedLog extends ReceivedLog {
  /** Devices that need nothing of it any more. */
  readonly through: ReadonlySet<DeviceId>
}

export interface ReceivedLog extends GrantedLog {
  readonly logId: LogId
}

/** Newest first; what does not decode is left out. */
export function readReceived(doc: Readonly<ReceivedDocument>): KnownGrant[] {
  return Object.entries(doc)
    .flatMap(([id, share]) => readGrant(ShareId.parse(id), share))
    .toSorted((a, b) => b.receivedAt - a.receivedAt)
}

function readGrant(id: ShareId | undefined, share: ReceivedShareDocument): KnownGrant[] {
  const contact = ContactId.parse(String(share.contact))
  const role = SHARE_ROLES.find(one => one === String(share.role))
  if (id === undefined || contact === undefined || role === undefined || share.seed.length !== 32) return []
  const endedBy = endOf(share)
  const toTell = answerToTell(share)
  const toldBy = DeviceId.parse(String(share.toldBy ?? ''))
  const offeredBy = DeviceId.parse(String(share.offeredBy ?? ''))
  const current = currentLogs(share)
  const seeds = seedsOf(share)
  const read = (isCurrent: boolean) =>
    Object.entries(share.logs).flatMap(([logId, log]) =>
      (current.get(String(log.section)) === logId) === isCurrent ? readLog(LogId.parse(logId), log) : [],
    )
  return [
    {
      id,
      contact,
      recordName: shownName(String(share.recordName ?? '')),
      seededAt: instant(share.seededAt ?? share.receivedAt),
      role,
      until: instant(Math.min(share.until, NEVER)),
      receivedAt: instant(share.receivedAt),
      seed: seeds.at(-1)!,
      seeds,
      version: share.version,
      isPaused: share.isPaused,
      isAccepted: share.isAccepted,
      isPutAway: share.isPutAway === true && endedBy !== undefined,
      toldOpenedAt: instant(share.toldOpenedAt ?? 0),
      logs: read(true),
      former: read(false),
      keptToTell: Object.entries(share.kept ?? {}).map(([name, body]) => [name, new Uint8Array(body)] as const),
      ...(endedBy === undefined ? {} : { endedBy }),
      ...(share.toldEnd === undefined ? {} : { toldEnd: share.toldEnd }),
      ...(share.endedAt === undefined ? {} : { endedAt: instant(share.endedAt) }),
      ...(toTell === undefined ? {} : { toTell }),
      ...(toldBy === undefined ? {} : { toldBy }),
      ...(offeredBy === undefined ? {} : { offeredBy }),
    },
  ]
}

/** It ran out on one device, while another one had taken a letter with more time. */
const wasProlonged = ({ endedVersion, endedAt, version, until }: ReceivedShareDocument) =>
  endedVersion !== undefined && endedAt !== undefined && version > endedVersion && until > endedAt

/** By what it is over, as far as its document says. */
export function endOf(share: ReceivedShareDocument): ReceivedEnd | undefined {
  const endedBy = ENDINGS.find(one => one === String(share.endedBy ?? ''))
  return endedBy === 'expired' && wasProlonged(share) ? undefined : endedBy
}

/** Two devices may have answered at once: what ended it holds. */
export function answerToTell({ toTell, endedBy }: ReceivedShareDocument): KnownGrant['toTell'] {
  if (toTell === undefined) return undefined
  const answers = ['declined', 'left', 'accepted'] as const
  return answers.find(one => one === String(endedBy)) ?? answers.find(one => one === String(toTell))
}

/** The newest last. */
export function seedsOf({ seed, seeds = {} }: ReceivedShareDocument): Bytes[] {
  const later = Object.entries(seeds).toSorted(([one], [two]) => Number(one) - Number(two))
  const all = [seed, ...later.map(([, each]) => each)].filter(each => each.length === 32)
  return all
    .filter((each, index) => index === 0 || !equalBytes(each, all[index - 1]!))
    .map(each => new Uint8Array(each))
}

/** The share has it, and names another one for its section by now, or none. */
export function isFormer(share: ReceivedShareDocument, logId: LogId): boolean {
  const log = share.logs[logId]
  return log !== undefined && currentLogs(share).get(String(log.section)) !== logId
}

/**
 * One log a section: the newest that a letter named, of two in one letter the lower id. Those of an earlier version count until all letters
 * of this one are there.
 */
function currentLogs(share: ReceivedShareDocument): ReadonlyMap<string, string> {
  const isWhole = Object.keys(share.parts).length >= share.partCount
  const counting = Object.entries(share.logs).filter(([, { version }]) => !isWhole || version === share.version)
  const oldestFirst = counting.toSorted(([a, one], [b, two]) => one.version - two.version || (a < b ? 1 : -1))
  return new Map(oldestFirst.map(([logId, { section }]) => [String(section), logId]))
}

function readLog(logId: LogId | undefined, log: ReceivedLogDocument): FormerReceivedLog[] {
  const section = parseSharedName(String(log.section))
  if (logId === undefined || section === undefined) return []
  return [
    {
      logId,
      section,
      genesis: new Uint8Array(log.genesis),
      capability: new Uint8Array(log.capability),
      epochs: Object.entries(log.epochs).flatMap(([id, secret]) => {
        const keyId = KeyId.parse(id)
        return keyId === undefined || secret.length !== 32 ? [] : [{ keyId, secret: new Uint8Array(secret) }]
      }),
      through: new Set(Object.keys(log.through ?? {}).flatMap(each => DeviceId.parse(each) ?? [])),
    },
  ]
}
