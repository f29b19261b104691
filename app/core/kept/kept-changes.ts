import { ImmutableString } from '@automerge/automerge/slim'
import { ByteWriter } from '#schema/bytes.ts'
import { type ContactId, type DeviceId, idBytes, type LogId, type PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { writeDeviceCert } from '#schema/protocol/certificate.ts'
import type { Person } from '../home/person-document.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import { deviceOf, type GuardianOffer, type HandOverTerm, writeTerm } from './guardian-letter.ts'
import {
  answerToTell,
  endOf,
  type GuardianDevice,
  type KeptDocument,
  type KeptEnd,
  type KeptRecordDocument,
  type KnownKept,
  MAX_REMOVALS,
} from './kept-document.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type KeptPerson = Pick<Person, 'name' | 'birthDate' | 'isPractice'>

// Inside a change of the shard `kept`.

/** A record made here, or opened by its words: it is accepted, and its device enrolled. */
export function putKept(
  doc: KeptDocument,
  record: Pick<
    KnownKept,
    'id' | 'name' | 'birthDate' | 'relation' | 'addedAt' | 'principal' | 'homeGenesis' | 'homeKeys' | 'purpose'
  > & {
    readonly device: GuardianDevice
    readonly terms?: readonly HandOverTerm[]
    /** Where its logs are; left out before this person's own moved. */
    readonly relay?: string | undefined
  },
): void {
  const terms = record.terms === undefined ? {} : { terms: new ByteWriter().list(record.terms, writeTerm).done() }
  doc[record.id] = { ...documentOf(record, NEVER, record.device), ...terms, isAccepted: true }
  if (record.relay !== undefined) putKeptRelay(doc, record.id, record.relay)
}

export function putKeptRelay(doc: KeptDocument, id: LogId, relay: string): void {
  const record = doc[id]
  if (record !== undefined) record.relay = new ImmutableString(relay)
}

/** A letter's offer. One that is known already says nothing new. */
export function putOffer(
  doc: KeptDocument,
  id: LogId,
  offer: GuardianOffer,
  from: {
    readonly contact: ContactId
    readonly at: Instant
    readonly after: readonly string[]
    readonly relay?: string
  },
): void {
  const { contact, at, after, relay = '' } = from
  const there = doc[id]
  const deviceId = deviceOf(offer)
  const isActive = there !== undefined && endOf(there) === undefined && there.isAccepted
  if (isActive || there?.devices[deviceId] !== undefined) return
  const { seeds, chain, until } = offer
  const device = { deviceId, seeds, chain, madeAt: at, after, isEnrolled: true }
  const former = Object.keys(there?.devices ?? {}).map(name => [name, new Uint8Array(0)] as const)
  const relation = offer.isPractice === true ? 'practice' : 'other'
  const made = documentOf({ ...offer, id, addedAt: at, relation }, until, device)
  doc[id] = {
    ...made,
    devices: { ...Object.fromEntries(former), ...made.devices },
    contact: new ImmutableString(contact),
    ...(relay === '' ? {} : { relay: new ImmutableString(relay) }),
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

/** Another answer may have been given while this one was on its way. */
export function putAnswerTold(doc: KeptDocument, id: LogId, told: NonNullable<KnownKept['toTell']>): void {
  const record = doc[id]
  if (record !== undefined && answerToTell(record) === told) delete record.toTell
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

/** As the record calls itself now. Whether it is a practice's it says itself: a letter that offers it may say anything. */
export function putKeptPerson(doc: KeptDocument, id: LogId, { name, birthDate, isPractice }: KeptPerson): void {
  const record = doc[id]
  if (record === undefined) return
  const relation = relationOf(String(record.relation), isPractice === true)
  if (String(record.relation) !== relation) record.relation = new ImmutableString(relation)
  if (String(record.name) !== name) record.name = new ImmutableString(name)
  if (String(record.birthDate) !== birthDate) record.birthDate = new ImmutableString(birthDate)
}

function relationOf(relation: string, isPractice: boolean): string {
  if (isPractice) return 'practice'
  return relation === 'practice' ? 'other' : relation
}

/** Until when this person manages it, as whoever's record it is says now. */
export function putKeptUntil(doc: KeptDocument, id: LogId, until: Instant): void {
  const record = doc[id]
  if (record !== undefined && endOf(record) === undefined) record.until = until
}

/**
 * Another key set, to take the place of the one that acts. `homeKeys`: all that are known, for another device may hear at the same time
 * that the former one is out, and take them away.
 */
export function putGuardianDevice(
  doc: KeptDocument,
  id: LogId,
  device: GuardianDevice,
  homeKeys: readonly EpochKey[] = [],
): void {
  const record = doc[id]
  if (record === undefined || endOf(record) !== undefined) return
  record.devices[device.deviceId] = encodeDevice(device)
  if (device.isEnrolled) record.enrolled[device.deviceId] = true
  for (const { keyId, secret } of homeKeys) record.homeKeys[keyId] = secret
}

/** Of no use any more: its seeds go, that it was there stays. */
export function dropGuardianDevice(doc: KeptDocument, id: LogId, deviceId: DeviceId): void {
  const record = doc[id]
  if (record !== undefined) record.devices[deviceId] = new Uint8Array(0)
}

/** The first ending counts; its keys go with it. `device`: the one that it came to, where it is about that one. */
export function endKept(doc: KeptDocument, id: LogId, endedBy: KeptEnd, device?: DeviceId): void {
  const record = doc[id]
  if (record === undefined || endOf(record) !== undefined) return
  if (device === undefined) delete record.endedDevice
  else {
    record.devices[device] = new Uint8Array(0)
    record.endedDevice = new ImmutableString(device)
  }
  record.endedBy = new ImmutableString(endedBy)
  if (endOf(record) === undefined) return
  for (const keyId of Object.keys(record.homeKeys)) delete record.homeKeys[keyId]
  for (const deviceId of Object.keys(record.devices)) record.devices[deviceId] = new Uint8Array(0)
}

/** This person was told of its end. */
export function putAway(doc: KeptDocument, id: LogId): void {
  const record = doc[id]
  if (record !== undefined) record.isPutAway = true
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
