import type { KemKey, SigningKey } from '#crypto/keys.ts'
import type { DeviceId, LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { DeviceCert } from '#schema/protocol/certificate.ts'
import type { Section } from '#schema/record/sections.ts'
import type { EpochKey } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What this person's devices know of one log: the home log itself or a section. */
export interface LogKeys {
  readonly logId: LogId
  readonly genesis: Bytes
  readonly section: Section | 'home'
  /** The current O and how often it was succeeded (0: still the genesis one). */
  readonly ownerKey: SigningKey
  readonly ownerNumber: number
  readonly epochs: readonly EpochKey[]
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

/** The home log's content in plain form: read by this person's devices and by recovery, by nobody else. */
export interface Keyring {
  readonly personName: string
  readonly birthDate: string
  readonly isSample: boolean
  readonly logs: readonly LogKeys[]
  readonly devices: readonly KnownDevice[]
  readonly shareKem: KemKey
}
