import { ImmutableString } from '@automerge/automerge/slim'
import { type KemKey, kemKeyFromSeed, type SigningKey, signingKeyFromSeed } from '#crypto/keys.ts'
import { ByteWriter, decodeAll, toHex } from '#schema/bytes.ts'
import { DeviceId, idBytes, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type DeviceCert, MAX_CERT_CHAIN, readDeviceCert, writeDeviceCert } from '#schema/protocol/certificate.ts'
import { isConversation, LOG_SECTIONS } from '#schema/record/sections.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import type { KnownDevice, Keyring, LogKeys, OwnerKey, PlannedLog, Rotation } from './keyring.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const KEYRING_SHARD = 'keyring'
/** Who removes devices every day loses letters that were under way for so many of them. */
const MAX_FORMER_KEMS = 8

/**
 * The keyring as an Automerge document. Maps by id, so that what two devices add at once unites; values are bytes or
 * ImmutableStrings, never text that merges letter by letter.
 */
export interface KeyringDocument {
  principal: Uint8Array
  recoveryKem: Uint8Array
  birth?: { capability: Uint8Array; owner: Uint8Array }
  logs: Record<string, LogDocument>
  devices: Record<string, DeviceDocument>
  /** By time and the seed's first four bytes; the newest counts. */
  shareKems: Record<string, Uint8Array>
  rotations: Record<string, RotationDocument>
}

interface LogDocument {
  genesis: Uint8Array
  section: ImmutableString
  rebasedFrom?: Uint8Array
  begunAt?: number
  begunBy?: Uint8Array
  begunWithout?: ImmutableString
  /** Devices that need nothing of it any more, once another log took over. */
  moved: Record<string, boolean>
  closedAt?: number
  goneAt?: number
  /** Seeds by `number.publicKey`, the number in ten digits. */
  owners: Record<string, Uint8Array>
  /** Secrets by key id. */
  epochs: Record<string, Uint8Array>
  /** By key id the home log's key when it was noted. */
  notedUnder?: Record<string, Uint8Array>
}

interface DeviceDocument {
  name: ImmutableString
  chain: Uint8Array
  kem: Uint8Array
  holder: Uint8Array
  addedAt: number
  removedAt?: number
}

interface RotationDocument {
  startedAt: number
  by: Uint8Array
  removes: Record<string, boolean>
  plan: Record<string, Uint8Array>
  isDone: boolean
}

export interface NewLog {
  readonly logId: LogId
  readonly genesis: Bytes
  readonly section: LogKeys['section']
  readonly rebasedFrom?: LogId
  readonly begunAt?: Instant
  readonly begunBy?: DeviceId
  readonly begunWithout?: string
  readonly epochSecret: Bytes
  readonly epochKeyId: KeyId
  /** The home log's key as of now. */
  readonly notedUnder?: KeyId
  readonly owner: { readonly number: number; readonly seed: Bytes; readonly publicKey: Bytes }
}

/** Fills an empty keyring; only the device that creates the record does it. */
export function writeNewKeyring(
  doc: KeyringDocument,
  first: Pick<Keyring, 'principal' | 'recoveryKemKey'> & {
    readonly birth: { readonly capability: Bytes; readonly owner: Bytes }
    readonly logs: readonly NewLog[]
    readonly device: KnownDevice
    readonly shareKemSeed: Bytes
  },
): void {
  doc.principal = idBytes(first.principal)
  doc.recoveryKem = first.recoveryKemKey
  doc.birth = { ...first.birth }
  doc.logs = {}
  doc.devices = {}
  doc.shareKems = {}
  doc.rotations = {}
  for (const log of first.logs) putLog(doc, log)
  putDevice(doc, first.device)
  putShareKem(doc, first.device.addedAt, first.shareKemSeed)
}

export function putLog(doc: KeyringDocument, log: NewLog): void {
  doc.logs[log.logId] = {
    genesis: log.genesis,
    section: new ImmutableString(log.section),
    ...(log.rebasedFrom === undefined ? {} : { rebasedFrom: idBytes(log.rebasedFrom) }),
    ...(log.begunAt === undefined ? {} : { begunAt: log.begunAt }),
    ...(log.begunBy === undefined ? {} : { begunBy: idBytes(log.begunBy) }),
    ...(log.begunWithout === undefined ? {} : { begunWithout: new ImmutableString(log.begunWithout) }),
    moved: {},
    owners: { [ownerName(log.owner.number, log.owner.publicKey)]: log.owner.seed },
    epochs: { [log.epochKeyId]: log.epochSecret },
    ...(log.notedUnder === undefined ? {} : { notedUnder: { [log.epochKeyId]: idBytes(log.notedUnder) } }),
  }
}

/** Where another device has the name already, a number tells the two apart: "Computer 2". */
export function putDevice(doc: KeyringDocument, device: KnownDevice): void {
  doc.devices[device.deviceId] = {
    name: new ImmutableString(freeName(doc, device)),
    chain: encodeChain(device.chain),
    kem: device.kemPublicKey,
    holder: device.holderKey,
    addedAt: device.addedAt,
    ...(device.removedAt === undefined ? {} : { removedAt: device.removedAt }),
  }
}

function freeName(doc: KeyringDocument, { deviceId, name }: KnownDevice): string {
  const others = Object.entries(doc.devices).filter(([id, { removedAt }]) => id !== deviceId && removedAt === undefined)
  const taken = new Set(others.map(([, other]) => String(other.name)))
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`
  return free
}

export function putDeviceName(doc: KeyringDocument, deviceId: DeviceId, name: string): void {
  const device = doc.devices[deviceId]
  if (device) device.name = new ImmutableString(name)
}

/** `notedUnder`: the home log's key as of now, of one that is to be written with. */
export function putEpoch(doc: KeyringDocument, logId: LogId, { keyId, secret }: EpochKey, notedUnder?: KeyId): void {
  const log = doc.logs[logId]
  if (!log) return
  log.epochs[keyId] = secret
  if (notedUnder === undefined) return
  log.notedUnder ??= {}
  log.notedUnder[keyId] = idBytes(notedUnder)
}

export function putOwner(doc: KeyringDocument, logId: LogId, number: number, publicKey: Bytes, seed: Bytes): void {
  const log = doc.logs[logId]
  if (log) log.owners[ownerName(number, publicKey)] = seed
}

/** This device needs nothing of a log that was begun anew elsewhere. */
export function putMoved(doc: KeyringDocument, logId: LogId, deviceId: DeviceId): void {
  const log = doc.logs[logId]
  if (log) log.moved[deviceId] = true
}

/** Nobody of ours writes to it or fetches it from now on: it is about to be deleted at the relay. */
export function putClosed(doc: KeyringDocument, logId: LogId, at: Instant): void {
  const log = doc.logs[logId]
  if (log && log.closedAt === undefined) log.closedAt = at
}

/** The relay has deleted it. */
export function putGone(doc: KeyringDocument, logId: LogId, at: Instant): void {
  const log = doc.logs[logId]
  if (log && log.goneAt === undefined) log.goneAt = at
}

/** The newest from now on, also where a clock that is behind says `at`: whoever was removed has the one before. */
export function putShareKem(doc: KeyringDocument, at: Instant, seed: Bytes): void {
  const after = Object.keys(doc.shareKems).map(name => Number.parseInt(name, 10) + 1)
  const time = Math.max(0, at, ...after)
  doc.shareKems[`${paddedNumber(time, 16)}.${toHex(seed.subarray(0, 4))}`] = seed
}

/** Begins a rotation and marks who is removed, in one change. */
export function putRotation(doc: KeyringDocument, rotation: Omit<Rotation, 'plan' | 'isDone'>): void {
  doc.rotations[rotation.id] = {
    startedAt: rotation.startedAt,
    by: idBytes(rotation.by),
    removes: Object.fromEntries(rotation.removes.map(id => [id, true])),
    plan: {},
    isDone: false,
  }
  for (const id of rotation.removes) {
    const device = doc.devices[id]
    if (device && device.removedAt === undefined) device.removedAt = rotation.startedAt
  }
}

export function putPlan(doc: KeyringDocument, rotationId: string, planned: PlannedLog): void {
  const rotation = doc.rotations[rotationId]
  if (rotation) rotation.plan[planned.logId] = encodePlan(planned)
}

export function putRotationDone(doc: KeyringDocument, rotationId: string): void {
  const rotation = doc.rotations[rotationId]
  if (rotation) rotation.isDone = true
}

/** Plain form. Undefined while the shard is not there yet; entries that do not decode are left out. */
export function readKeyring(doc: Partial<KeyringDocument>): Keyring | undefined {
  const { principal, recoveryKem, logs, devices, shareKems } = doc
  const shares = Object.entries(shareKems ?? {}).toSorted(byNameDescending)
  const newestShareKem = shares[0]?.[1]
  if (!principal || !recoveryKem || !logs || !devices || newestShareKem?.length !== 32) return undefined
  if (principal.length !== PrincipalId.size) return undefined
  const allLogs = present(Object.entries(logs).map(([id, log]) => readLog(id, log)))
  return {
    principal: PrincipalId.of(principal),
    recoveryKemKey: copy(recoveryKem),
    ...(doc.birth ? { birth: { capability: copy(doc.birth.capability), owner: copy(doc.birth.owner) } } : {}),
    logs: allLogs.filter(log => log.closedAt === undefined),
    closedLogs: allLogs.filter(log => log.closedAt !== undefined),
    devices: present(Object.entries(devices).map(([id, device]) => readDevice(id, device))),
    shareKem: shareKemOf(newestShareKem),
    formerShareKems: shares.slice(1, 1 + MAX_FORMER_KEMS).flatMap(([, seed], index) =>
      // Each was replaced when the one above it was made.
      seed.length === 32 ? [{ key: shareKemOf(seed), until: instant(Number.parseInt(shares[index]![0], 10)) }] : [],
    ),
    rotations: present(Object.entries(doc.rotations ?? {}).map(([id, rotation]) => readRotation(id, rotation))),
  }
}

function shareKemOf(seed: Uint8Array): KemKey {
  return kemKeyFromSeed(copy(seed))
}

/** Made when it is asked for: of hundreds of logs hardly any signs anything. */
function ownerKey(number: number, seed: Uint8Array): OwnerKey {
  let key: SigningKey | undefined
  return {
    number,
    get key() {
      return (key ??= signingKeyFromSeed(seed))
    },
  }
}

function readLog(id: string, log: LogDocument): LogKeys | undefined {
  const logId = LogId.parse(id)
  const name = String(log.section)
  const section = name === 'home' || isConversation(name) ? name : LOG_SECTIONS.find(one => one === name)
  if (logId === undefined || section === undefined) return undefined
  const epochs = Object.entries(log.epochs).map(([key, secret]) => {
    const keyId = KeyId.parse(key)
    const under = log.notedUnder?.[key]
    const notedUnder = under?.length === KeyId.size ? { notedUnder: KeyId.of(under) } : {}
    return keyId && secret.length === 32 ? { keyId, secret: copy(secret), ...notedUnder } : undefined
  })
  const owners = Object.entries(log.owners)
    .toSorted(byNameDescending)
    .map(([key, seed]): OwnerKey | undefined => {
      const number = Number.parseInt(key, 10)
      return Number.isSafeInteger(number) && seed.length === 32 ? ownerKey(number, copy(seed)) : undefined
    })
  const rebasedFrom = log.rebasedFrom?.length === LogId.size ? { rebasedFrom: LogId.of(log.rebasedFrom) } : {}
  const begun = {
    ...(log.begunBy?.length === DeviceId.size ? { begunBy: DeviceId.of(log.begunBy) } : {}),
    ...(log.begunWithout === undefined ? {} : { begunWithout: String(log.begunWithout) }),
  }
  const keys = { owners: present(owners), epochs: present(epochs) }
  const times = {
    ...(log.begunAt === undefined ? {} : { begunAt: instant(log.begunAt) }),
    ...(log.closedAt === undefined ? {} : { closedAt: instant(log.closedAt) }),
    ...(log.goneAt === undefined ? {} : { goneAt: instant(log.goneAt) }),
  }
  const moved = present(Object.keys(log.moved).map(device => DeviceId.parse(device)))
  return { logId, genesis: copy(log.genesis), section, ...rebasedFrom, ...begun, ...times, moved, ...keys }
}

function readDevice(id: string, device: DeviceDocument): KnownDevice | undefined {
  const deviceId = DeviceId.parse(id)
  const chain = decodeAll(device.chain, reader => reader.list(MAX_CERT_CHAIN, readDeviceCert))
  if (deviceId === undefined || !chain.ok) return undefined
  return {
    deviceId,
    name: String(device.name),
    chain: chain.value,
    kemPublicKey: copy(device.kem),
    holderKey: copy(device.holder),
    addedAt: instant(device.addedAt),
    ...(device.removedAt === undefined ? {} : { removedAt: instant(device.removedAt) }),
  }
}

function readRotation(id: string, rotation: RotationDocument): Rotation | undefined {
  if (rotation.by.length !== DeviceId.size) return undefined
  return {
    id,
    startedAt: instant(rotation.startedAt),
    by: DeviceId.of(rotation.by),
    removes: present(Object.keys(rotation.removes).map(device => DeviceId.parse(device))),
    plan: present(Object.entries(rotation.plan).map(([logId, bytes]) => decodePlan(LogId.parse(logId), bytes))),
    isDone: rotation.isDone,
  }
}

function encodePlan(planned: PlannedLog): Bytes {
  return new ByteWriter().bytes(idBytes(planned.keyId)).bytes(planned.ownerKey).u32(planned.ownerNumber).done()
}

function decodePlan(logId: LogId | undefined, bytes: Uint8Array): PlannedLog | undefined {
  if (logId === undefined) return undefined
  const decoded = decodeAll(bytes, reader => ({
    logId,
    keyId: KeyId.read(reader),
    ownerKey: reader.bytes(32),
    ownerNumber: reader.u32(),
  }))
  return decoded.ok ? decoded.value : undefined
}

function encodeChain(chain: readonly DeviceCert[]): Bytes {
  return new ByteWriter().list(chain, writeDeviceCert).done()
}

function ownerName(number: number, publicKey: Bytes): string {
  return `${paddedNumber(number, 10)}.${toHex(publicKey)}`
}

function paddedNumber(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}

function byNameDescending(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? 1 : -1
}

/** Automerge's bytes are views on its own memory. */
function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes)
}

function present<Item>(items: readonly (Item | undefined)[]): Item[] {
  return items.filter(item => item !== undefined)
}
