import { isDeepStrictEqual } from 'node:util'
import { openSealedLog } from '#app/core/log/open-log.ts'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { frameHash } from '#crypto/hash.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { makeVirtualClock } from '#tests/support/virtual-clock.ts'
import { contentOf, type Entries } from './deeds.ts'
import type { Process, Replica } from './replica.ts'
import { demand, type World } from './world.ts'

type Content = ReadonlyMap<string, Entries>

/** At the end of all: the invariants of PROTOCOL section 9 that can be seen from outside. */
export async function judge(world: World): Promise<void> {
  const [first] = world.members()
  demand(first?.process !== undefined, 'nobody is left')
  const { log } = first.process
  const content = await contentOf(log)
  for (const replica of world.members()) await sameContent(replica, content)
  nothingSavedIsGone(world, content)
  for (const key of world.forbidden) {
    demand(!content.get('2024') || !(key in content.get('2024')!), '10: a stranger wrote into the record')
  }
  const frames = await framesAtRelay(world, first.process)
  theRelayKeptAll(world, frames)
  theRelayReadsNothing(world)
  const [late] = world.keyWatch.judged(first.process)
  demand(late === undefined, `12: ${late}`)
  await freshReplicaAgrees(world, first.process, frames, content)
  for (const replica of world.members()) await replaysChangeNothing(world, replica, frames)
  for (const [replica, sinceMs] of world.owesNotice) {
    // Whoever has them may say it first, and give them back before the writer hears of it.
    const isSaid = world.replicas.some(one => (one.problemsSeen.get('relay-behind') ?? -1) >= sinceMs)
    demand(isSaid || replica.isRemoved, `13: nobody said that the relay lost frames of ${replica.name}`)
  }
  for (const replica of world.replicas) await removedReadsNothing(world, replica)
}

async function sameContent(replica: Replica, wanted: Content): Promise<void> {
  const content = await contentOf(replica.process!.log)
  const difference = differenceOf(content, wanted)
  demand(difference === undefined, `3: ${replica.name} shows another record: ${difference}`)
}

function differenceOf(one: Content, other: Content): string | undefined {
  for (const label of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [one.get(label), other.get(label)]
    if (isDeepStrictEqual(plain(a), plain(b))) continue
    const keys = new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])
    const differ = [...keys].filter(key => !isDeepStrictEqual(plain(a?.[key]), plain(b?.[key])))
    return `${label}: ${differ.slice(0, 5).join(', ')} (${Object.keys(a ?? {}).length} and ${Object.keys(b ?? {}).length} keys)`
  }
  return undefined
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function nothingSavedIsGone(world: World, content: Content): void {
  for (const { by, label, key, text } of world.saved) {
    if (by.isRemoved) continue
    const entry = content.get(label)?.[key]
    const isThere = typeof entry === 'object' && entry !== null && 'text' in entry && String(entry.text) === text
    demand(isThere, `2, 4: ${key} in ${label}, saved by ${by.name}, is gone`)
  }
}

async function framesAtRelay(world: World, { client, log }: Process): Promise<readonly Uint8Array[]> {
  const asked = client.allFrames(log.id)
  demand(await world.time.runUntil(asked, 60_000), 'the relay does not answer')
  const answer = await asked
  demand(answer.ok, 'the relay refuses its frames')
  return answer.value
}

/** Every frame it took, byte for byte, but for what a signed prune lets go. */
function theRelayKeptAll(world: World, frames: readonly Uint8Array[]): void {
  const held = new Set(frames.map(frame => frameHash(frame)))
  for (const { writer, seq, hash } of world.relay.owed()) {
    demand(held.has(hash), `6: the relay lost frame ${seq} of ${writer.slice(0, 6)}`)
  }
}

function theRelayReadsNothing(world: World): void {
  const secrets = [
    Buffer.from(world.canary),
    Buffer.from(world.family.idSign.secretKey.subarray(0, 32)),
    ...world.family.epochs.map(key => Buffer.from(key.secret)),
    ...world.family.owners.map(owner => Buffer.from(owner.secretKey.subarray(0, 32))),
    ...world.replicas.flatMap(replica => replica.secrets().map(secret => Buffer.from(secret))),
  ]
  for (const relay of world.relays) {
    for (const bytes of relay.everything()) {
      const stored = Buffer.from(bytes)
      demand(!secrets.some(secret => stored.includes(secret)), '1: the relay stores plain text or a key')
    }
  }
}

/** A device that was never there, given everything in any order, some of it twice. */
async function freshReplicaAgrees(
  world: World,
  { client, log }: Process,
  frames: readonly Uint8Array[],
  content: Content,
): Promise<void> {
  const deps = {
    store: makeMemoryStore(),
    clock: makeVirtualClock(world.time, 0),
    random: world.random,
    identity: world.family.newDevice(),
    localKey: randomBytes(32),
  }
  const opened = await openSealedLog(deps, world.family.genesis, world.family.epochs)
  demand(opened.ok, 'a new device cannot open the log')
  const fresh = opened.value
  try {
    let left = world.random.shuffled([...frames, ...frames.filter(() => world.random.chance(0.2))])
    while (left.length > 0) {
      const count = 1 + world.random.below(20)
      const received = await fresh.receive(left.slice(0, count))
      demand(received.ok, 'a new device cannot store')
      left = left.slice(count)
    }
    for (let ids = fresh.missingBlobs(); ids.length > 0; ids = fresh.missingBlobs()) {
      for (const id of ids) {
        const asked = client.getBlob(log.id, id)
        demand(await world.time.runUntil(asked, 60_000), 'the relay does not answer')
        const blob = await asked
        demand(blob.ok && (await fresh.receiveBlob(id, blob.value)).ok, 'a blob is not at the relay')
      }
    }
    demand(fresh.isComplete(), `3: a new device stays incomplete: ${reasons(fresh)}`)
    const difference = differenceOf(await contentOf(fresh), content)
    demand(difference === undefined, `3: a new device sees another record: ${difference}`)
  } finally {
    fresh.dispose()
  }
}

function reasons(log: SealedLog): string {
  return log
    .quarantine()
    .map(({ writer, seq, reason }) => `${writer.slice(0, 6)}:${seq} ${reason}`)
    .join(', ')
}

async function replaysChangeNothing(world: World, { name, process }: Replica, frames: readonly Uint8Array[]) {
  const { log } = process!
  const before = JSON.stringify([log.shards().map(shard => [shard.label, shard.heads]), log.quarantine()])
  const report = await log.receive(world.random.shuffled(frames))
  demand(report.ok && report.value.accepted === 0, `16: ${name} took frames a second time`)
  const after = JSON.stringify([log.shards().map(shard => [shard.label, shard.heads]), log.quarantine()])
  demand(before === after, `16: replayed frames changed ${name}`)
}

async function removedReadsNothing(world: World, replica: Replica): Promise<void> {
  if (!replica.isRemoved || replica.process === undefined) return
  const { client, log } = replica.process
  const asked = client.allFrames(log.id)
  demand(await world.time.runUntil(asked, 120_000), 'the relay does not answer')
  const answer = await asked
  demand(!answer.ok, `11: the relay still serves ${replica.name}, which was removed`)
}
