import type { KemKey, SigningKey } from '#crypto/keys.ts'
import type { DeviceId, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { DeviceCert } from '#schema/protocol/certificate.ts'
import type { LogName } from '#schema/record/sections.ts'
import type { EpochKey } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What this person's devices know of one log: the home log itself or a section. */
export interface LogKeys {
  readonly logId: LogId
  readonly genesis: Bytes
  readonly section: LogName | 'home'
  /** The log that it begins anew, without its past (decision 0011). */
  readonly rebasedFrom?: LogId
  readonly begunAt?: Instant
  /** The device that did so: of what it had not sent when it is removed nobody has anything. */
  readonly begunBy?: DeviceId
  /** What that one had of the private log then (`heldPrivate`): of what is said there nothing stands in this log. */
  readonly begunWithout?: string
  /** Devices that need nothing of it any more, once another log took over. */
  readonly moved: readonly DeviceId[]
  /** Since then nobody of ours writes to it or fetches it; `goneAt`: the relay has deleted it. */
  readonly closedAt?: Instant
  readonly goneAt?: Instant
  /** Highest number first. Several of one number were planned at once on two devices; the relay took one of them. */
  readonly owners: readonly OwnerKey[]
  readonly epochs: readonly NotedKey[]
}

export interface NotedKey extends EpochKey {
  /** The home log's key when this one was noted: whoever has that one can have read this one. Not known of keys from before this was noted. */
  readonly notedUnder?: KeyId
}

export interface OwnerKey {
  /** How many successions lead to it; 0 is the one in GENESIS (for the home log: R's homeOwner, which no keyring holds). */
  readonly number: number
  readonly key: SigningKey
}

export interface KnownDevice {
  readonly deviceId: DeviceId
  readonly name: string
  readonly chain: readonly DeviceCert[]
  readonly kemPublicKey: Bytes
  /** The Ed25519 key it proves to the relay. */
  readonly holderKey: Bytes
  readonly addedAt: Instant
  /** Set when a removal begins; kept, so that a resumed removal knows. */
  readonly removedAt?: Instant
}

/** One run of "new keys for every log", begun by a removal or a recovery; resumable, see decision 0006. */
export interface Rotation {
  readonly id: string
  readonly startedAt: Instant
  /** The device that carries it out. */
  readonly by: DeviceId
  readonly removes: readonly DeviceId[]
  /** Once the home log has its new epoch: what each log is to get. */
  readonly plan: readonly PlannedLog[]
  readonly isDone: boolean
}

export interface PlannedLog {
  readonly logId: LogId
  readonly keyId: KeyId
  /** The planned owner key's public half. */
  readonly ownerKey: Bytes
  readonly ownerNumber: number
}

/** The home log's content in plain form: read by this person's devices and by recovery, by nobody else. */
export interface Keyring {
  readonly principal: PrincipalId
  /** Reader of every home epoch: recovery by words. */
  readonly recoveryKemKey: Bytes
  /** What homeOwner signed while R was at hand: the first capability and the first succession. */
  readonly birth?: { readonly capability: Bytes; readonly owner: Bytes }
  readonly logs: readonly LogKeys[]
  /** Former ones that are deleted, or about to be. */
  readonly closedLogs: readonly LogKeys[]
  readonly devices: readonly KnownDevice[]
  /** What others seal to; a new one after each removal. */
  readonly shareKem: KemKey
  /** Those before it, newest first, and when each was replaced: letters under way may still be sealed to them. */
  readonly formerShareKems: readonly { readonly key: KemKey; readonly until: Instant }[]
  readonly rotations: readonly Rotation[]
}

/**
 * The log in which each section goes on: none that another one began anew; of two that two devices began at once, the one with the
 * lower id.
 */
export function currentLogs({ logs, closedLogs }: Pick<Keyring, 'logs' | 'closedLogs'>): ReadonlyMap<LogName, LogKeys> {
  const left = new Set([...logs, ...closedLogs].map(log => log.rebasedFrom))
  const current = new Map<LogName, LogKeys>()
  for (const log of logs.toSorted((a, b) => (a.logId < b.logId ? -1 : 1))) {
    if (log.section !== 'home' && !left.has(log.logId) && !current.has(log.section)) current.set(log.section, log)
  }
  return current
}
