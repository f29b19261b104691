import { change, ImmutableString, init, save } from '@automerge/automerge/slim'
import { succeedOwner } from '#app/core/home/registration.ts'
import { deviceCapabilityId } from '#app/core/home/own-capability.ts'
import { openSealedLog } from '#app/core/log/open-log.ts'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { encodePrune } from '#schema/protocol/owner.ts'
import { ok } from '#schema/result.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { Replica, type Process } from './replica.ts'
import { Broken, type Rotation, type SavedEntry, type World } from './world.ts'

/** What a device does of itself, or what is done to it. The process may die at any await. */
type Deed = (world: World, replica: Replica, process: Process) => Promise<void>

export type Entries = Record<string, unknown>

const LABELS = ['2024', '2025', 'people']
const pending = new WeakMap<Process, SavedEntry[]>()

/** What was pending is durable now, or taken back. */
function settlePending(world: World, process: Process, isStored: boolean): void {
  if (isStored && process.log.hasPending) return
  if (isStored) world.saved.push(...(pending.get(process) ?? []))
  pending.set(process, [])
}

async function flush(world: World, replica: Replica, process: Process): Promise<void> {
  const stored = await process.log.flush()
  if (replica.process === process) settlePending(world, process, stored.ok)
}

const write: Deed = async (world, replica, process) => {
  const label = world.random.pick(LABELS)
  const made = pending.get(process) ?? []
  pending.set(process, made)
  for (let count = 1 + world.random.below(4); count > 0; count--) {
    const { key, text } = world.nextEntry()
    await process.log.change<Entries>(label, doc => {
      doc[key] = { text: new ImmutableString(text) }
      doc.shared = new ImmutableString(`${world.canary}${replica.name}`)
    })
    made.push({ by: replica, label, key, text })
  }
  if (world.random.chance(0.8)) await flush(world, replica, process)
}

/** Changes an entry of anybody's. */
const edit: Deed = async (world, replica, process) => {
  const { log } = process
  const label = world.random.pick(LABELS)
  const keys = Object.keys(await log.read<Entries>(label)).filter(key => key.startsWith('entry-'))
  if (keys.length === 0) return
  const key = world.random.pick(keys)
  await log.change<Record<string, Entries>>(label, doc => {
    const entry = doc[key]
    if (entry !== undefined) entry.note = new ImmutableString(`${world.canary}by ${replica.name}`)
  })
  if (world.random.chance(0.8)) await flush(world, replica, process)
}

/** A whole shard at once; seldom one so large that it travels as a blob. */
const importShard: Deed = async (world, replica, process) => {
  const { key, text } = world.nextEntry()
  const label = `import-${key}`
  const filler = world.random.chance(0.1) ? toHex(world.random.bytes(200_000)) : text
  // With a time of its own, or the same seed would make another hash each time.
  const doc = change(init<Entries>({ actor: process.log.actor() }), { time: 0 }, draft => {
    draft[key] = { text: new ImmutableString(text) }
    draft.filler = new ImmutableString(filler)
  })
  await process.log.putShard(label, new Uint8Array(save(doc)))
  const made = pending.get(process) ?? []
  pending.set(process, [...made, { by: replica, label, key, text }])
  await flush(world, replica, process)
}

const look: Deed = async (world, _replica, { log }) => {
  const shards = log.shards()
  if (shards.length === 0) return
  const { label } = world.random.pick(shards)
  if (world.random.chance(0.5)) await log.read(label)
  else log.close(label)
}

const saveCaches: Deed = async (_world, _replica, { log }) => {
  await log.saveCaches()
}

const writeHeads: Deed = async (_world, _replica, { log }) => {
  await log.writeHeads()
}

const snapshot: Deed = async (world, replica, process) => {
  const wasComplete = process.log.isComplete()
  const written = await process.log.writeSnapshot()
  if (replica.process !== process) return
  settlePending(world, process, true)
  if (written.ok && !wasComplete && !process.log.isComplete())
    throw new Broken('8: a snapshot of a log that lacks something')
}

const prune: Deed = async (world, replica, { log, client }) => {
  // The 30 days' grace passes here at once; in that time a removal would have succeeded O, which drops what the removed one signed.
  if (replica.isRemoved) return
  const owner = world.family.owners[replica.ownersKnown - 1]!
  const record = await log.makePrune(owner)
  if (record === undefined) return
  const answer = await client.prune(log.id, encodePrune(record))
  if (!answer.ok) return
  world.note(`${replica.name} pruned`)
  await world.relay.sweep(40 * 24 * 3600_000)
}

/** Keys for everybody, or all but one. */
const rotate: Deed = async (world, replica, process) => {
  if (replica.isRemoved) return
  const others = world.members().filter(other => other !== replica && other.id !== replica.id)
  // A device whose capability is registered while O is succeeded would be shut out.
  const isEverybodyKnown = others.every(other => (other.process?.log.feeds().length ?? 0) > 0)
  const mayRemove = (!world.hasClone || world.perils.has('removal-of-clones')) && isEverybodyKnown
  const isRemoval =
    world.random.chance(0.3) && others.length > 0 && new Set(world.members().map(({ id }) => id)).size > 2 && mayRemove
  const victim = isRemoval ? world.random.pick(others) : undefined
  // Two devices remove each other before either has heard: only one of the two removals counts.
  const isMutual = victim?.process !== undefined && world.random.chance(0.3)
  const rotation = begin(world, replica, victim)
  const theirs = isMutual ? begin(world, victim, replica) : undefined
  const tasks = [carryOn(world, process, rotation)]
  if (isMutual && theirs !== undefined) tasks.push(carryOn(world, victim.process!, theirs))
  await Promise.all(tasks)
}

function begin(world: World, replica: Replica, victim: Replica | undefined): Rotation {
  for (const one of world.replicas) if (one.id === victim?.id) one.isRemoved = true
  const owner = victim && makeSigningKey()
  if (owner !== undefined) {
    world.family.owners.push(owner)
    for (const member of [replica, ...world.members()]) member.ownersKnown = world.family.owners.length
  }
  const key = world.family.newEpoch()
  replica.keys.push(key)
  const rotation = { by: replica, key, victim, owner, isWritten: false, isOwned: victim === undefined }
  world.rotations.push(rotation)
  world.note(`${replica.name} rotates${victim ? ` and removes ${victim.name}` : ''}`)
  for (const member of world.members()) {
    if (member === replica) continue
    world.time.after(world.random.below(30_000), () => world.run(learnKeys(world, member)))
  }
  return rotation
}

/** The keyring reached this device. */
export async function learnKeys(world: World, replica: Replica): Promise<void> {
  if (replica.isRemoved) return
  for (const key of world.family.epochs) if (!replica.keys.includes(key)) replica.keys.push(key)
  const { process } = replica
  const keys = replica.keys.slice()
  await process?.log.addKeys(keys)
  if (replica.process !== process) return
  for (const { keyId } of keys) replica.usableKeys.add(keyId)
  process?.engine.askForOwners()
}

/** From wherever it was left. */
export async function carryOn(world: World, process: Process, rotation: Rotation): Promise<void> {
  const { log, client } = process
  if (!rotation.isWritten) {
    const removals = rotation.victim ? [{ kind: 'device', id: rotation.victim.id } as const] : []
    const written = await log.writeEpoch(rotation.key, [], removals)
    if (!written.ok) return
    settlePending(world, process, true)
    rotation.isWritten = true
    if (rotation.by.process === process) rotation.by.usableKeys.add(rotation.key.keyId)
  }
  if (rotation.isOwned || rotation.owner === undefined || rotation.victim === undefined) return
  const gone = deviceCapabilityId(rotation.victim.holder.publicKey, log.id)
  const owned = await succeedOwner(client, log.id, rotation.owner, world.family.owners.toReversed(), async () =>
    ok(world.kept()),
  )
  rotation.isOwned = owned.ok
  if (!owned.ok) return
  world.family.taken.set(owned.value.number, rotation.owner)
  world.family.ended.add(gone)
}

const resume: Deed = async (world, replica, process) => {
  const open = world.rotations.find(rotation => rotation.by === replica && !(rotation.isWritten && rotation.isOwned))
  if (open !== undefined) await carryOn(world, process, open)
}

/** Frames by another way, and in any order: a backup, a second relay. Some of them damaged. */
const inject: Deed = async (world, replica, { log }) => {
  const from = world.random.pick(world.replicas).process?.log
  if (from === undefined) return
  const frames: Uint8Array[] = []
  const taken = world.relay.taken()
  for (const { writer } of from.feeds()) {
    const next = taken.get(writer) ?? 0
    if (world.clonedWriters.has(writer) || next === 0) continue
    const seq = world.random.below(next)
    frames.push(...(await from.frames(writer, seq, 20_000)).slice(0, next - seq))
  }
  const some = world.random.shuffled(frames).slice(0, 1 + world.random.below(8))
  if (world.random.chance(0.3) && some[0] !== undefined) {
    const damaged = some[0].slice()
    damaged[world.random.below(damaged.length)]! ^= 1 << world.random.below(8)
    some.push(damaged)
  }
  const report = await log.receive([...some, ...some])
  if (replica.isRemoved || !report.ok) return
  if (report.value.forks.length > 0) throw new Broken('5: a damaged frame passed for a fork')
}

/** Somebody who has the keys, and whom no roster names, writes. */
const stranger: Deed = async (world, replica, { log, clock }) => {
  // Nobody is told of an EPOCH before its frame is sent, and mending takes only such away: no stranger seals under one of those.
  if (world.clonedWriters.has(log.writer)) return
  const random = world.random
  const deps = { store: makeMemoryStore(), clock, random, identity: world.family.stranger(), localKey: randomBytes(32) }
  const opened = await openSealedLog(deps, world.family.genesis, replica.keys)
  if (!opened.ok) throw new Broken('A stranger cannot open an empty log')
  const theirs = opened.value
  for (const { writer, next } of log.feeds()) {
    if (next > 0) await theirs.receive(await log.frames(writer, 0, 1_000_000))
  }
  const { key, text } = world.nextEntry()
  world.forbidden.push(key)
  await theirs.change<Entries>('2024', doc => {
    doc[key] = { text: new ImmutableString(text) }
  })
  const stored = await theirs.flush()
  const frames = stored.ok ? await theirs.frames(theirs.writer, 0, 1_000_000) : []
  theirs.dispose()
  if (frames.length > 0 && replica.process?.log === log) await log.receive(frames)
}

const clone: Deed = async (world, replica, { log }) => {
  const hasRemoved = world.rotations.some(rotation => rotation.victim !== undefined)
  if (world.hasClone || replica.isRemoved || (hasRemoved && !world.perils.has('removal-of-clones'))) return
  world.hasClone = true
  world.clonedWriters.add(log.writer)
  const twin = new Replica(world, `${replica.name} again`, replica)
  world.note(`${replica.name} was cloned`)
  await world.addReplica(twin, () => twin.open())
}

const die: Deed = async (world, replica, { store }) => {
  if (world.random.chance(0.3)) {
    replica.kill()
    replica.died()
  } else store.dieIn(1 + world.random.below(25), world.random.chance(0.5))
}

const restart: Deed = async (world, replica) => {
  await replica.close()
  world.time.after(world.random.below(5000), () => world.restart(replica))
}

const failStore: Deed = async (world, _replica, { store }) => {
  store.failNext(world.random.pick(['quota', 'aborted']))
}

const turnClock: Deed = async (world, replica, { clock }) => {
  const HOUR = 3600_000
  replica.clockOffsetMs = world.random.pick([0, HOUR, -5 * HOUR, 365 * 24 * HOUR, -3 * 365 * 24 * HOUR])
  clock.offsetMs = replica.clockOffsetMs
}

/** Everyday life, weighted. */
const ORDINARY: readonly Chance[] = [
  [write, 30],
  [edit, 12],
  [importShard, 2],
  [look, 4],
  [saveCaches, 3],
  [writeHeads, 3],
  [snapshot, 3],
  [resume, 3],
  [inject, 4],
  [die, 5],
  [restart, 3],
  [failStore, 2],
  [turnClock, 2],
]
const CONTROL: readonly Chance[] = [
  [rotate, 4],
  [prune, 2],
  [stranger, 1],
]
const CLONES: readonly Chance[] = [[clone, 2]]

type Chance = readonly [Deed, number]
const hasWritten = new WeakSet<Process>()

/** A device that has no EPOCH yet can only wait for the log's frames. */
function canWrite({ log }: Process): boolean {
  return log.feeds().length > 0 && log.isComplete()
}

export function pickDeed(world: World, process: Process): Deed {
  if (!canWrite(process) && !hasWritten.has(process)) return look
  hasWritten.add(process)
  const deeds = [
    ...ORDINARY,
    ...(world.perils.has('control') ? CONTROL : []),
    ...(world.perils.has('clone') ? CLONES : []),
  ]
  let at = world.random.next() * deeds.reduce((total, [, weight]) => total + weight, 0)
  for (const [deed, weight] of deeds) {
    at -= weight
    if (at < 0) return deed
  }
  return write
}

export function settleAll(world: World, replica: Replica): Promise<void> {
  return replica.process === undefined ? Promise.resolve() : flush(world, replica, replica.process)
}

/** All that a log says, by label. */
export async function contentOf(log: SealedLog): Promise<Map<string, Entries>> {
  const content = new Map<string, Entries>()
  for (const { label } of log.shards()) content.set(label, await log.read<Entries>(label))
  return content
}
