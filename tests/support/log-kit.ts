import { makeDeviceCert } from '#crypto/certificate.ts'
import { makeEpochSecret } from '#crypto/epoch.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { type KemKey, makeKemKey, makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { createSealedLog, makeGenesis } from '#app/core/log/create-log.ts'
import type { Role } from '#app/core/log/control.ts'
import { openSealedLog } from '#app/core/log/open-log.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import type { DeviceIdentity, EpochKey, LogDeps, SealedLog } from '#app/core/log/sealed-log.ts'
import type { ByteStore, Clock } from '#app/core/ports.ts'
import { DeviceId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { makeMemoryDisk, type MemoryDisk, type MemoryStore } from './memory-store.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Somebody with an idSign, who certifies devices. */
export interface Person {
  readonly idSign: SigningKey
  readonly principal: PrincipalId
}

export function makePerson(): Person {
  const idSign = makeSigningKey()
  return { idSign, principal: PrincipalId.of(idSign.publicKey) }
}

/** A device of `person`, certified by idSign, or by `issuer` when another device made it. */
export function makeDevice(person: Person, issuer?: DeviceIdentity): DeviceIdentity {
  const device = makeSigningKey()
  const kem: KemKey = makeKemKey()
  const cert = makeDeviceCert(
    { device: DeviceId.of(device.publicKey), kemPublicKey: kem.publicKey, isAdmin: true, issuedAt: instant(0) },
    issuer?.device ?? person.idSign,
  )
  return { principal: person.principal, device, kem, chain: [cert, ...(issuer?.chain ?? [])] }
}

/** Moves only when told. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function makeTestClock(start = 1_700_000_000_000): TestClock {
  let now = start
  return {
    now: () => instant(now),
    monotonicMs: () => now,
    zone: () => 'Europe/Berlin',
    after: () => () => {},
    advance(ms) {
      now += ms
    },
  }
}

export function makeEpochKey(): EpochKey {
  const secret = makeEpochSecret()
  return { keyId: keyIdOf(secret), secret }
}

/** One device's disk with what is needed to open its log again and again. */
export interface Replica {
  readonly disk: MemoryDisk
  readonly identity: DeviceIdentity
  readonly localKey: Bytes
  readonly clock: TestClock
  store: MemoryStore
  log: SealedLog
  /** The process ends; the next one opens the log from the disk. */
  reopen(): Promise<SealedLog>
  /** The browser profile, copied while the log was at rest. */
  clone(): Promise<Replica>
}

/** A log of one person and the keys that open it. */
export interface LogStory {
  readonly person: Person
  readonly genesis: Bytes
  readonly ownerKey: SigningKey
  readonly keys: EpochKey[]
  readonly creator: Replica
  /** A second, third… device; by default certified by idSign. */
  join(identity?: DeviceIdentity, keys?: readonly EpochKey[]): Promise<Replica>
}

export async function tellStory(): Promise<LogStory> {
  const person = makePerson()
  const ownerKey = makeSigningKey()
  const { bytes: genesis } = makeGenesis('section', ownerKey, randomBytes(16), person.idSign.publicKey)
  const keys = [makeEpochKey()]
  const identity = makeDevice(person)
  const creator = await makeReplica(identity, genesis, keys, async deps => {
    const { log, write } = await createSealedLog(deps, genesis, keys[0]!, [identity.kem.publicKey])
    const stored = await deps.store.commit(write.writes)
    if (!stored.ok) throw new Error(`Cannot create the log: ${stored.failure}`)
    write.committed()
    return log
  })
  return {
    person,
    genesis,
    ownerKey,
    keys,
    creator,
    join: (joining = makeDevice(person), known = keys) => makeReplica(joining, genesis, known),
  }
}

async function makeReplica(
  identity: DeviceIdentity,
  genesis: Bytes,
  keys: readonly EpochKey[],
  begin?: (deps: LogDeps) => Promise<SealedLog>,
  disk = makeMemoryDisk(),
  localKey = randomBytes(32),
): Promise<Replica> {
  const clock = makeTestClock()
  const depsOn = (store: ByteStore): LogDeps => ({
    store,
    clock,
    random: { bytes: randomBytes },
    identity,
    localKey: localKey.slice(),
  })
  async function open(store: ByteStore): Promise<SealedLog> {
    const opened = await openSealedLog(depsOn(store), genesis, keys)
    if (!opened.ok) throw new Error('Cannot open the log: it is damaged')
    return opened.value
  }
  const store = disk.open()
  const log = begin === undefined ? await open(store) : await begin(depsOn(store))
  const replica: Replica = {
    disk,
    identity,
    localKey,
    clock,
    store,
    log,
    async reopen() {
      replica.store.kill()
      replica.store = disk.open()
      replica.log = await open(replica.store)
      return replica.log
    },
    clone: () => makeReplica(identity, genesis, keys, undefined, disk.clone(), localKey),
  }
  return replica
}

/** One note more, in a document of the log, durable. */
export async function save({ log }: Replica, id: string, label = 'notes', content: unknown = id): Promise<void> {
  await log.change<Record<string, unknown>>(label, doc => {
    doc[id] = content
  })
  const saved = await log.flush()
  if (!saved.ok) throw new Error(`Cannot save a note: ${saved.failure}`)
}

/** Of the notes that count in a document of the log, by name. */
export async function ids({ log }: Replica, label = 'notes'): Promise<string[]> {
  return Object.keys(await log.read<Record<string, unknown>>(label)).toSorted()
}

/** Every frame a log holds, feed by feed. */
export async function allFrames(log: SealedLog): Promise<Bytes[]> {
  const all: Bytes[] = []
  for (const { writer } of log.feeds()) all.push(...(await log.frames(writer, 0, Number.MAX_SAFE_INTEGER)))
  return all
}

/** Gives `to` what `from` holds: frames and blobs. */
export async function deliver(from: Replica, to: Replica): Promise<void> {
  const received = await to.log.receive(await allFrames(from.log))
  if (!received.ok) throw new Error(`Cannot deliver: ${received.failure}`)
  for (const id of to.log.missingBlobs()) {
    const ciphertext = await from.store.get('blobs', `${from.log.id}/${id}`)
    if (ciphertext !== undefined) await to.log.receiveBlob(id, ciphertext)
  }
}

/** Both hold what either held. */
export async function exchange(a: Replica, b: Replica): Promise<void> {
  await deliver(a, b)
  await deliver(b, a)
}

/**
 * Two admins rotated at once; the second one's snapshot stands for the first one's EPOCH, which `late` does not hold, and for what
 * followed it, but for the last frame, sealed under that EPOCH. `missing`: what `late` lacks.
 */
export async function steppedOver(): Promise<{ story: LogStory; late: Replica; missing: Bytes[] }> {
  const story = await tellStory()
  const { creator } = story
  const other = await story.join()
  const write = async ({ log }: Replica, id: string) => {
    await log.change<Record<string, string>>('notes', doc => {
      doc[id] = id
    })
    const stored = await log.flush()
    if (!stored.ok) throw new Error(`Cannot write: ${stored.failure}`)
  }
  await deliver(creator, other)
  const keys = [makeEpochKey(), makeEpochKey()] as const
  await creator.log.writeEpoch(keys[0], [], [])
  await other.log.writeEpoch(keys[1], [], [])
  await write(creator, 'before')
  for (const { log } of [creator, other]) await log.addKeys(keys)
  await deliver(creator, other)
  // Which of the two new frames are sealed under is chance.
  if (other.log.currentKeyId() !== keys[1].keyId) return steppedOver()
  await other.log.writeSnapshot()
  await write(creator, 'after')
  story.keys.push(...keys)
  const [first, epoch, before, after] = await allFrames(creator.log)
  const late = await story.join()
  const received = await late.log.receive([first!, after!, ...(await other.log.frames(other.log.writer, 0, 1_000_000))])
  if (!received.ok) throw new Error('Cannot deliver')
  await deliver(other, creator)
  return { story, late, missing: [epoch!, before!] }
}

/** A grant's key pair G, as a recipient's device holds it, and the shareKem that epochs are sealed to. */
export function makeGrant(): DeviceIdentity {
  const key = makeSigningKey()
  return { principal: PrincipalId.of(key.publicKey), device: key, kem: makeKemKey(), chain: [] }
}

/** Lets somebody in, by an EPOCH of the creator's, and answers their replica with all that the creator has. */
export async function grantTo(story: LogStory, grant: DeviceIdentity, role: Role): Promise<Replica> {
  const next = makeEpochKey()
  const members = {
    grants: [{ principal: grant.principal, role }],
    readers: [{ kemPublicKey: grant.kem.publicKey, notAfter: instant(1_800_000_000_000) }],
  }
  const written = await story.creator.log.writeEpoch(next, [], [], members)
  if (!written.ok) throw new Error(`Cannot write the EPOCH: ${written.failure}`)
  story.keys.push(next)
  const found = recoverHomeKeys(story.genesis, await allFrames(story.creator.log), grant.kem)
  if (found[0]?.keyId !== next.keyId) throw new Error('The EPOCH is not sealed to them')
  const member = await story.join(grant)
  await deliver(story.creator, member)
  return member
}
