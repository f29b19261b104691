import { ImmutableString } from '@automerge/automerge/slim'
import { decodeAll } from '#schema/bytes.ts'
import { ContactId, DeviceId, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert } from '#schema/protocol/certificate.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import type { DeviceSeeds } from '../home/account-row.ts'
import type { Keyring } from '../home/keyring.ts'
import type { Purpose, Relation } from '../kept-session.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import { type HandOverTerm, PURPOSES, readTerms } from './guardian-letter.ts'
import { type SaidDocument, saidOf } from './said-over.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Of one guardian device. */
export const MAX_REMOVALS = 1000
const MAX_ROTATION_ID_BYTES = 64

/** The home log's shard of records kept for others: a map a record, by the id of its home log. */
export const KEPT_SHARD = 'kept'

export type KeptDocument = Record<string, KeptRecordDocument>

export interface KeptRecordDocument {
  name: ImmutableString
  birthDate: ImmutableString
  relation: ImmutableString
  purpose: ImmutableString
  addedAt: number
  until: number
  principal: Uint8Array
  homeGenesis: Uint8Array
  /** Those known when the record came; later ones come in envelopes. */
  homeKeys: Record<string, Uint8Array>
  /** Guardian devices by id; empty bytes once one is of no use any more. */
  devices: Record<string, Uint8Array>
  /** Which of them the record knows. */
  enrolled: Record<string, boolean>
  /** Who offered it. */
  contact?: ImmutableString
  /** Where its logs are; this person's own relay when left out. */
  relay?: ImmutableString
  isAccepted: boolean
  /** The answer that who offered it has to hear, until they do. */
  toTell?: ImmutableString
  /** Of a hand-over. */
  terms?: Uint8Array
  /** What of the record's logs is in one's own already: heads by `log/label`. */
  carried?: Record<string, ImmutableString>
  /** Guardians who got what was agreed, by idSign. */
  givenTerms?: Record<string, boolean>
  /** Everything in it is in one's own; what the relay still has of it goes. */
  isBrought?: boolean
  endedBy?: ImmutableString
  /** Of an end that came to one device alone: with another one this person goes on. */
  endedDevice?: ImmutableString
  /** This person needs not be told of its end any more. */
  isPutAway?: boolean
}

/**
 * `removed`: by another guardian or the words. `handed-over`: to whom it is about. `taken-over`: by this person, whom it is about.
 * `withdrawn`: who offered it took it back before it came. `put-away`: by this person, whom the relay refused.
 */
export type KeptEnd = (typeof ENDINGS)[number]
const ENDINGS = [
  'removed',
  'left',
  'declined',
  'expired',
  'handed-over',
  'taken-over',
  'withdrawn',
  'put-away',
] as const
const RELATIONS: readonly Relation[] = ['child', 'parent', 'other', 'circle', 'practice']

/** One key set with which this person's devices act in a kept record. */
export interface GuardianDevice {
  readonly deviceId: DeviceId
  readonly seeds: DeviceSeeds
  readonly chain: readonly DeviceCert[]
  readonly madeAt: Instant
  /** Removals among this person's own devices that were through by then: whom they removed never knew it. */
  readonly after: readonly string[]
  /** The record knows it. */
  readonly isEnrolled: boolean
}

export interface KnownKept {
  readonly id: LogId
  readonly name: string
  readonly birthDate: string
  readonly relation: Relation
  readonly purpose: Purpose
  readonly addedAt: Instant
  readonly until: Instant
  readonly principal: PrincipalId
  readonly homeGenesis: Bytes
  readonly homeKeys: readonly EpochKey[]
  /** Newest first; those of no use any more are left out. */
  readonly devices: readonly GuardianDevice[]
  /** Every device that was ever offered. */
  readonly knownDevices: readonly DeviceId[]
  readonly contact?: ContactId
  /** Where its logs are; empty for this person's own relay. */
  readonly relay: string
  readonly isAccepted: boolean
  readonly toTell?: 'accepted' | 'declined'
  readonly terms: readonly HandOverTerm[]
  readonly carried: Readonly<Record<string, string>>
  readonly givenTerms: ReadonlySet<string>
  readonly isBrought: boolean
  readonly endedBy?: KeptEnd
  readonly isPutAway: boolean
  /** Contacts who said by letter that the device that acts here is out. */
  readonly saidBy: readonly ContactId[]
}

/** With which this person acts in it now. */
export function actingDevice({ devices }: Pick<KnownKept, 'devices'>): GuardianDevice | undefined {
  return devices.find(device => device.isEnrolled)
}

/** Devices of one's own that were removed, with the home log under a new key. */
export function removalsIn({ rotations }: Pick<Keyring, 'rotations'>): string[] {
  return rotations.filter(one => one.removes.length > 0 && one.plan.length > 0).map(one => one.id)
}

/** How it ended, unless that came to a device in whose place another one acts. */
export function endOf({ endedBy, endedDevice, devices, enrolled }: KeptRecordDocument): KeptEnd | undefined {
  const isOther = (name: string, bytes: Uint8Array) =>
    bytes.length > 0 && enrolled[name] === true && name !== String(endedDevice)
  const goesOn = endedDevice !== undefined && Object.entries(devices).some(([name, bytes]) => isOther(name, bytes))
  return goesOn ? undefined : ENDINGS.find(one => one === String(endedBy ?? ''))
}

/** Two devices may have answered at once: a decline holds. */
export function answerToTell(record: KeptRecordDocument): KnownKept['toTell'] {
  if (record.toTell === undefined) return undefined
  const given = endOf(record) === 'declined' ? 'declined' : String(record.toTell)
  return (['accepted', 'declined'] as const).find(one => one === given)
}

/** By name; what does not decode is left out. */
export function readKept(doc: Readonly<KeptDocument>, said: Readonly<SaidDocument>): KnownKept[] {
  return Object.entries(doc)
    .flatMap(([id, record]) => readRecord(LogId.parse(id), record))
    .map(record => ({ ...record, saidBy: saidOf(said, actingDevice(record)?.deviceId) }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.addedAt - b.addedAt)
}

function readRecord(id: LogId | undefined, record: KeptRecordDocument): Omit<KnownKept, 'saidBy'>[] {
  const isWhole = record.principal.length === PrincipalId.size && record.homeGenesis.length === GENESIS_BYTES
  if (id === undefined || !isWhole) return []
  const endedBy = endOf(record)
  const toTell = answerToTell(record)
  const contact = ContactId.parse(String(record.contact ?? ''))
  const terms = record.terms && decodeAll(record.terms, readTerms)
  return [
    {
      id,
      name: String(record.name),
      relay: String(record.relay ?? ''),
      birthDate: String(record.birthDate),
      relation: RELATIONS.find(one => one === String(record.relation)) ?? 'other',
      purpose: PURPOSES.find(one => one === String(record.purpose)) ?? 'guardian',
      addedAt: instant(record.addedAt),
      until: instant(Math.min(record.until, NEVER)),
      principal: PrincipalId.of(record.principal),
      homeGenesis: new Uint8Array(record.homeGenesis),
      homeKeys: Object.entries(record.homeKeys).flatMap(([name, secret]) => {
        const keyId = KeyId.parse(name)
        return keyId === undefined || secret.length !== 32 ? [] : [{ keyId, secret: new Uint8Array(secret) }]
      }),
      devices: Object.entries(record.devices)
        .flatMap(([name, bytes]) => readDevice(DeviceId.parse(name), bytes, record.enrolled[name] === true))
        .toSorted((a, b) => b.madeAt - a.madeAt || (a.deviceId < b.deviceId ? -1 : 1)),
      knownDevices: Object.keys(record.devices).flatMap(name => DeviceId.parse(name) ?? []),
      isAccepted: record.isAccepted,
      terms: terms?.ok ? terms.value : [],
      carried: Object.fromEntries(Object.entries(record.carried ?? {}).map(([place, heads]) => [place, String(heads)])),
      givenTerms: new Set(Object.keys(record.givenTerms ?? {})),
      isBrought: record.isBrought === true,
      isPutAway: record.isPutAway === true,
      ...(contact === undefined ? {} : { contact }),
      ...(toTell === undefined ? {} : { toTell }),
      ...(endedBy === undefined ? {} : { endedBy }),
    },
  ]
}

function readDevice(deviceId: DeviceId | undefined, bytes: Uint8Array, isEnrolled: boolean): GuardianDevice[] {
  const decoded = decodeAll(bytes, reader => ({
    seeds: { device: reader.bytes(32), kem: reader.bytes(32), holder: reader.bytes(32) },
    madeAt: instant(reader.u64()),
    chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
    after: reader.list(MAX_REMOVALS, inner => inner.text(MAX_ROTATION_ID_BYTES)),
  }))
  return deviceId !== undefined && decoded.ok ? [{ deviceId, isEnrolled, ...decoded.value }] : []
}
