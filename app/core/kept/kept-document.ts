import { ImmutableString } from '@automerge/automerge/slim'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { ContactId, DeviceId, idBytes, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import type { DeviceSeeds } from '../home/account-row.ts'
import type { Keyring } from '../home/keyring.ts'
import type { Purpose, Relation } from '../kept-session.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import { deviceOf, type GuardianOffer, type HandOverTerm, PURPOSES, readTerms, writeTerm } from './guardian-letter.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MAX_REMOVALS = 1000
const MAX_ROTATION_ID_BYTES = 64

/** The home log's shard of records kept for others: a map a record, by the id of its home log. */
export const KEPT_SHARD = 'kept'

export type KeptDocument = Record<string, KeptRecordDocument>

interface KeptRecordDocument {
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
}

/** `removed`: by another guardian or the words. `handed-over`: to whom it is about. `taken-over`: by this person, whom it is about. */
export type KeptEnd = 'removed' | 'left' | 'declined' | 'expired' | 'handed-over' | 'taken-over'
const ENDINGS: readonly KeptEnd[] = ['removed', 'left', 'declined', 'expired', 'handed-over', 'taken-over']
const RELATIONS: readonly Relation[] = ['child', 'parent', 'other']

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
  readonly isAccepted: boolean
  readonly toTell?: 'accepted' | 'declined'
  readonly terms: readonly HandOverTerm[]
  readonly carried: Readonly<Record<string, string>>
  readonly givenTerms: ReadonlySet<string>
  readonly isBrought: boolean
  readonly endedBy?: KeptEnd
}

/** With which this person acts in it now. */
export function actingDevice({ devices }: Pick<KnownKept, 'devices'>): GuardianDevice | undefined {
  return devices.find(device => device.isEnrolled)
}

/** Devices of one's own that were removed, with the home log under a new key. */
export function removalsIn({ rotations }: Pick<Keyring, 'rotations'>): string[] {
  return rotations.filter(one => one.removes.length > 0 && one.plan.length > 0).map(one => one.id)
}

/** By name; what does not decode is left out. */
export function readKept(doc: Readonly<KeptDocument>): KnownKept[] {
  return Object.entries(doc)
    .flatMap(([id, record]) => readRecord(LogId.parse(id), record))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.addedAt - b.addedAt)
}

function readRecord(id: LogId | undefined, record: KeptRecordDocument): KnownKept[] {
  const isWhole = record.principal.length === PrincipalId.size && record.homeGenesis.length === GENESIS_BYTES
  if (id === undefined || !isWhole) return []
  const endedBy = ENDINGS.find(one => one === String(record.endedBy ?? ''))
  const toTell = (['accepted', 'declined'] as const).find(one => one === String(record.toTell ?? ''))
  const contact = ContactId.parse(String(record.contact ?? ''))
  const terms = record.terms && decodeAll(record.terms, readTerms)
  return [
    {
      id,
      name: String(record.name),
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

// ── inside a change ──

/** A record made here, or opened by its words: it is accepted, and its device enrolled. */
export function putKept(
  doc: KeptDocument,
  record: Pick<
    KnownKept,
    'id' | 'name' | 'birthDate' | 'relation' | 'addedAt' | 'principal' | 'homeGenesis' | 'homeKeys' | 'purpose'
  > & { readonly device: GuardianDevice; readonly terms?: readonly HandOverTerm[] },
): void {
  const terms = record.terms === undefined ? {} : { terms: new ByteWriter().list(record.terms, writeTerm).done() }
  doc[record.id] = { ...documentOf(record, NEVER, record.device), ...terms, isAccepted: true }
}

/** A letter's offer. One that is known already says nothing new. */
export function putOffer(
  doc: KeptDocument,
  id: LogId,
  offer: GuardianOffer,
  from: { readonly contact: ContactId; readonly at: Instant; readonly after: readonly string[] },
): void {
  const { contact, at, after } = from
  const there = doc[id]
  const deviceId = deviceOf(offer)
  const isActive = there !== undefined && there.endedBy === undefined && there.isAccepted
  if (isActive || there?.devices[deviceId] !== undefined) return
  const { seeds, chain, until } = offer
  const device = { deviceId, seeds, chain, madeAt: at, after, isEnrolled: true }
  const former = Object.keys(there?.devices ?? {}).map(name => [name, new Uint8Array(0)] as const)
  const made = documentOf({ ...offer, id, addedAt: at, relation: 'other' }, until, device)
  doc[id] = {
    ...made,
    devices: { ...Object.fromEntries(former), ...made.devices },
    contact: new ImmutableString(contact),
    isAccepted: false,
    ...(offer.terms.length === 0 ? {} : { terms: new ByteWriter().list(offer.terms, writeTerm).done() }),
  }
}

function documentOf(
  record: Pick<
    KnownKept,
    'id' | 'name' | 'birthDate' | 'relation' | 'addedAt' | 'principal' | 'homeGenesis' | 'homeKeys' | 'purpose'
  >,
  until: Instant,
  device: GuardianDevice,
): Omit<KeptRecordDocument, 'isAccepted'> {
  return {
    name: new ImmutableString(record.name),
    birthDate: new ImmutableString(record.birthDate),
    relation: new ImmutableString(record.relation),
    purpose: new ImmutableString(record.purpose),
    addedAt: record.addedAt,
    until,
    principal: idBytes(record.principal),
    homeGenesis: record.homeGenesis,
    homeKeys: Object.fromEntries(record.homeKeys.map(({ keyId, secret }) => [keyId, secret])),
    devices: { [device.deviceId]: encodeDevice(device) },
    enrolled: { [device.deviceId]: true },
  }
}

export function answerOffer(doc: KeptDocument, id: LogId, answer: 'accepted' | 'declined'): void {
  const record = doc[id]
  if (record === undefined) return
  record.toTell = new ImmutableString(answer)
  if (answer === 'accepted') record.isAccepted = true
  else endKept(doc, id, 'declined')
}

export function putAnswerTold(doc: KeptDocument, id: LogId): void {
  const record = doc[id]
  if (record !== undefined) delete record.toTell
}

/** What was brought over, by `log/label`. */
export function putCarried(doc: KeptDocument, id: LogId, carried: Readonly<Record<string, string>>): void {
  const record = doc[id]
  if (record === undefined) return
  record.carried ??= {}
  for (const [place, heads] of Object.entries(carried)) record.carried[place] = new ImmutableString(heads)
}

export function putGivenTerm(doc: KeptDocument, id: LogId, guardian: PrincipalId): void {
  const record = doc[id]
  if (record === undefined) return
  record.givenTerms ??= {}
  record.givenTerms[guardian] = true
}

export function putBrought(doc: KeptDocument, id: LogId): void {
  const record = doc[id]
  if (record !== undefined) record.isBrought = true
}

/** As the record calls itself now. */
export function putKeptPerson(doc: KeptDocument, id: LogId, name: string, birthDate: string): void {
  const record = doc[id]
  if (record === undefined) return
  if (String(record.name) !== name) record.name = new ImmutableString(name)
  if (String(record.birthDate) !== birthDate) record.birthDate = new ImmutableString(birthDate)
}

/** Another key set, to take the place of the one that acts. */
export function putGuardianDevice(doc: KeptDocument, id: LogId, device: GuardianDevice): void {
  const record = doc[id]
  if (record === undefined || record.endedBy !== undefined) return
  record.devices[device.deviceId] = encodeDevice(device)
  if (device.isEnrolled) record.enrolled[device.deviceId] = true
}

/** Of no use any more: its seeds go, that it was there stays. */
export function dropGuardianDevice(doc: KeptDocument, id: LogId, deviceId: DeviceId): void {
  const record = doc[id]
  if (record !== undefined) record.devices[deviceId] = new Uint8Array(0)
}

/** The first ending counts; its keys go with it. */
export function endKept(doc: KeptDocument, id: LogId, endedBy: KeptEnd): void {
  const record = doc[id]
  if (record === undefined || record.endedBy !== undefined) return
  record.endedBy = new ImmutableString(endedBy)
  for (const keyId of Object.keys(record.homeKeys)) delete record.homeKeys[keyId]
  for (const deviceId of Object.keys(record.devices)) record.devices[deviceId] = new Uint8Array(0)
}

function encodeDevice({ seeds, madeAt, chain, after }: GuardianDevice): Bytes {
  return new ByteWriter()
    .bytes(seeds.device)
    .bytes(seeds.kem)
    .bytes(seeds.holder)
    .u64(madeAt)
    .list(chain, writeDeviceCert)
    .list(after.slice(-MAX_REMOVALS), (writer, id) => writer.text(id))
    .done()
}
