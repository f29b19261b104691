import { ImmutableString } from '@automerge/automerge/slim'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { DeviceId, idBytes, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { GENESIS_BYTES } from '#schema/protocol/genesis.ts'
import type { DeviceSeeds } from '../home/account-row.ts'
import type { Relation } from '../kept-session.ts'
import type { EpochKey } from '../log/sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The home log's shard of records kept for others: a map a record, by the id of its home log. */
export const KEPT_SHARD = 'kept'

export type KeptDocument = Record<string, KeptRecordDocument>

interface KeptRecordDocument {
  name: ImmutableString
  birthDate: ImmutableString
  relation: ImmutableString
  addedAt: number
  principal: Uint8Array
  homeGenesis: Uint8Array
  /** Those known when the record came; later ones come in envelopes. */
  homeKeys: Record<string, Uint8Array>
  /** Guardian devices by id; empty bytes once one is of no use any more. */
  devices: Record<string, Uint8Array>
  endedBy?: ImmutableString
}

export type KeptEnd = 'removed' | 'left'
const ENDINGS: readonly KeptEnd[] = ['removed', 'left']
const RELATIONS: readonly Relation[] = ['child', 'parent', 'other']

/** One key set with which this person's devices act in a kept record. */
export interface GuardianDevice {
  readonly deviceId: DeviceId
  readonly seeds: DeviceSeeds
  readonly chain: readonly DeviceCert[]
  readonly madeAt: Instant
}

export interface KnownKept {
  readonly id: LogId
  readonly name: string
  readonly birthDate: string
  readonly relation: Relation
  readonly addedAt: Instant
  readonly principal: PrincipalId
  readonly homeGenesis: Bytes
  readonly homeKeys: readonly EpochKey[]
  /** Newest first: the first one acts. */
  readonly devices: readonly GuardianDevice[]
  readonly endedBy?: KeptEnd
}

/** By name; what does not decode is left out. */
export function readKept(doc: Readonly<KeptDocument>): KnownKept[] {
  return Object.entries(doc)
    .flatMap(([id, record]) => readRecord(LogId.parse(id), record))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.addedAt - b.addedAt)
}

function readRecord(id: LogId | undefined, record: KeptRecordDocument): KnownKept[] {
  const relation = RELATIONS.find(one => one === String(record.relation)) ?? 'other'
  const endedBy = ENDINGS.find(one => one === String(record.endedBy ?? ''))
  const isWhole = record.principal.length === PrincipalId.size && record.homeGenesis.length === GENESIS_BYTES
  if (id === undefined || !isWhole) return []
  return [
    {
      id,
      name: String(record.name),
      birthDate: String(record.birthDate),
      relation,
      addedAt: instant(record.addedAt),
      principal: PrincipalId.of(record.principal),
      homeGenesis: new Uint8Array(record.homeGenesis),
      homeKeys: Object.entries(record.homeKeys).flatMap(([name, secret]) => {
        const keyId = KeyId.parse(name)
        return keyId === undefined || secret.length !== 32 ? [] : [{ keyId, secret: new Uint8Array(secret) }]
      }),
      devices: Object.entries(record.devices)
        .flatMap(([name, bytes]) => readDevice(DeviceId.parse(name), bytes))
        .toSorted((a, b) => b.madeAt - a.madeAt || (a.deviceId < b.deviceId ? -1 : 1)),
      ...(endedBy === undefined ? {} : { endedBy }),
    },
  ]
}

function readDevice(deviceId: DeviceId | undefined, bytes: Uint8Array): GuardianDevice[] {
  const decoded = decodeAll(bytes, reader => ({
    seeds: { device: reader.bytes(32), kem: reader.bytes(32), holder: reader.bytes(32) },
    madeAt: instant(reader.u64()),
    chain: reader.list(MAX_CERT_CHAIN, readDeviceCert),
  }))
  return deviceId !== undefined && decoded.ok ? [{ deviceId, ...decoded.value }] : []
}

// ── inside a change ──

export function putKept(
  doc: KeptDocument,
  record: Omit<KnownKept, 'devices' | 'endedBy'> & { readonly device: GuardianDevice },
): void {
  doc[record.id] = {
    name: new ImmutableString(record.name),
    birthDate: new ImmutableString(record.birthDate),
    relation: new ImmutableString(record.relation),
    addedAt: record.addedAt,
    principal: idBytes(record.principal),
    homeGenesis: record.homeGenesis,
    homeKeys: Object.fromEntries(record.homeKeys.map(({ keyId, secret }) => [keyId, secret])),
    devices: { [record.device.deviceId]: encodeDevice(record.device) },
  }
}

/** As the record calls itself now. */
export function putKeptPerson(doc: KeptDocument, id: LogId, name: string, birthDate: string): void {
  const record = doc[id]
  if (record === undefined) return
  if (String(record.name) !== name) record.name = new ImmutableString(name)
  if (String(record.birthDate) !== birthDate) record.birthDate = new ImmutableString(birthDate)
}

/** The first ending counts; its keys go with it. */
export function endKept(doc: KeptDocument, id: LogId, endedBy: KeptEnd): void {
  const record = doc[id]
  if (record === undefined || record.endedBy !== undefined) return
  record.endedBy = new ImmutableString(endedBy)
  for (const keyId of Object.keys(record.homeKeys)) delete record.homeKeys[keyId]
  for (const deviceId of Object.keys(record.devices)) record.devices[deviceId] = new Uint8Array(0)
}

function encodeDevice({ seeds, madeAt, chain }: GuardianDevice): Bytes {
  return new ByteWriter()
    .bytes(seeds.device)
    .bytes(seeds.kem)
    .bytes(seeds.holder)
    .u64(madeAt)
    .list(chain, writeDeviceCert)
    .done()
}
