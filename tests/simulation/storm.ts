import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { carryOn, learnKeys, pickDeed, settleAll } from './deeds.ts'
import type { Process, Replica } from './replica.ts'
import { demand, type World } from './world.ts'

const STORM_MS = 40_000
/** Back-offs reach a minute, and a connection that fell silent is noticed within another. */
const REST_MS = 20 * 60_000

/** Everybody does things while everything goes wrong. */
export async function storm(world: World): Promise<void> {
  for (const replica of world.replicas) keepBusy(world, replica)
  changeWeather(world)
  await world.pass(STORM_MS)
}

function keepBusy(world: World, replica: Replica): void {
  const again = () => world.time.after(200 + world.random.below(4000), () => keepBusy(world, replica))
  const { process } = replica
  if (!world.isStormy) return
  for (const other of world.replicas) {
    if (other !== replica && !busy.has(other)) {
      busy.add(other)
      keepBusy(world, other)
    }
  }
  busy.add(replica)
  if (process === undefined) return void again()
  const deed = pickDeed(world, process)
  world.run(Promise.race([attempt(world, replica, process, deed), patience(world)]).then(again))
}

async function attempt(world: World, replica: Replica, process: Process, deed: ReturnType<typeof pickDeed>) {
  try {
    await deed(world, replica, process)
  } catch (error) {
    // Whatever a process does after its death is nobody's concern.
    if (replica.process === process) world.fail(error)
  }
}

/** A deed whose process died never ends: the next one begins all the same. */
function patience(world: World): Promise<void> {
  return new Promise(resolve => {
    world.time.after(15_000, resolve)
  })
}

const busy = new WeakSet<Replica>()

function changeWeather(world: World): void {
  if (!world.isStormy) return
  const { random } = world
  const replica = random.pick(world.replicas)
  const { weather } = replica
  weather.isCut = random.chance(0.3)
  weather.loss = random.pick([0, 0, 0.02, 0.1])
  weather.rubbish = random.pick([0, 0, 0, 0.03])
  if (weather.isCut || random.chance(0.2)) replica.process?.link.dropStreams()
  if (random.chance(0.3)) replica.process?.engine.setOnline(!weather.isCut)
  if (world.perils.has('relay') && random.chance(0.25)) world.run(random.chance(0.6) ? rollBack(world) : fork(world))
  world.time.after(1000 + random.below(8000), () => changeWeather(world))
}

/** The relay's disk is put back to an earlier day. */
async function rollBack(world: World): Promise<void> {
  if (world.relays.length > 1) return
  const old = world.relay
  const before = old.taken()
  world.hasRollback = true
  const relay = await old.copyWithout(1 + world.random.below(Math.min(40, old.actCount)))
  noteLosses(world, world.replicas, before, relay.taken())
  world.note('the relay was rolled back')
  world.relays[0] = relay
  for (const replica of world.replicas) if (replica.weather.relay === old) lead(replica, relay)
}

/** From now on the relay tells some devices another history. */
async function fork(world: World): Promise<void> {
  if (world.relays.length > 1) return
  const relay = await world.relay.copyWithout(0)
  world.hasRollback = true
  world.relays.push(relay)
  world.note('the relay forked')
  for (const replica of world.replicas) if (world.random.chance(0.5)) lead(replica, relay)
}

function lead(replica: Replica, relay: Replica['weather']['relay']): void {
  replica.weather.relay = relay
  replica.process?.link.dropStreams()
}

/** Who had the relay's word for frames that are not there any more, and has to say so. */
function noteLosses(
  world: World,
  replicas: readonly Replica[],
  before: ReturnType<World['relay']['taken']>,
  after: ReturnType<World['relay']['taken']>,
): void {
  for (const replica of replicas) {
    const log = replica.process?.log
    if (log === undefined || replica.isRemoved || log.outboxCount > 0 || world.clonedWriters.has(log.writer)) continue
    const hasLost = (before.get(log.writer) ?? 0) > (after.get(log.writer) ?? 0)
    if (hasLost && !world.owesNotice.has(replica)) world.owesNotice.set(replica, world.time.nowMs)
  }
}

/** Good weather, everybody awake, everything told: until nothing moves any more. */
export async function calm(world: World): Promise<void> {
  world.isStormy = false
  world.note('calm')
  const [relay, other] = world.relays
  if (other !== undefined) {
    const there = world.replicas.filter(replica => replica.weather.relay === other)
    noteLosses(world, there, other.taken(), relay!.taken())
  }
  for (const replica of world.replicas) {
    Object.assign(replica.weather, { isCut: false, loss: 0, rubbish: 0 })
    if (replica.weather.relay !== relay) lead(replica, relay)
  }
  for (const replica of world.replicas) replica.process?.store.spare()
  // Deeds under way come to their end.
  await world.pass(30_000)
  for (const replica of world.replicas) world.restart(replica)
  await world.pass(1000)
  for (const replica of world.replicas) replica.process?.store.spare()
  for (const replica of world.replicas) replica.process?.engine.setOnline(true)
  for (const replica of world.members()) {
    demand(replica.process !== undefined, `${replica.name} did not start again`)
    world.run(learnKeys(world, replica))
    world.run(settleAll(world, replica))
  }
  const untilMs = world.time.nowMs + REST_MS
  while (whyRestless(world) !== undefined && world.time.nowMs < untilMs) {
    for (const rotation of world.rotations) {
      // Whoever began it may itself be removed by now; then any other carries it on.
      const process = (rotation.by.isRemoved ? world.members()[0] : rotation.by)?.process
      const isOpen = !rotation.isWritten || !rotation.isOwned
      if (isOpen && process !== undefined) world.run(carryOn(world, process, rotation))
    }
    await world.pass(5000)
  }
  const why = whyRestless(world)
  demand(why === undefined, `it never came to rest: ${why}`)
}

function whyRestless(world: World): string | undefined {
  const states = new Set<string>()
  const members = new Set(world.members().map(({ id }) => id))
  for (const rotation of world.rotations) {
    if (!(rotation.isWritten && rotation.isOwned)) return '15: a rotation is not done'
  }
  for (const { name, process, status } of world.members()) {
    if (process === undefined) return `${name} is not running`
    const { log } = process
    if (log.hasPending) return `${name} has changes that are not sealed`
    if (log.outboxCount > 0) return `${name} has ${log.outboxCount} frames to send: ${JSON.stringify(status)}`
    const feeds = log.feeds().filter(({ device }) => device !== undefined && members.has(device))
    if (!log.isComplete()) return `${name} is incomplete: ${waitingOf(world, log)}`
    // Of a forked feed each may have stored another branch as the feed and the rest beside it.
    const forked = log.forks()
    const heads = feeds.map(({ writer, next, hash }) => {
      return `${writer.slice(0, 6)}:${forked.has(writer) ? 'forked' : `${next}:${hash.slice(0, 6)}`}`
    })
    const shards = log.shards().map(shard => `${shard.label} ${shard.heads.map(head => head.slice(0, 6)).join()}`)
    states.add([...heads.toSorted(), ...shards].join('\n'))
  }
  return states.size > 1 ? `3: they differ\n\n${[...states].join('\n\n')}` : undefined
}

function waitingOf(world: World, log: SealedLog): string {
  const byWriter = new Map(log.feeds().map(feed => [feed.writer, feed]))
  const waiting = log.quarantine().map(({ writer, seq, reason }) => {
    const device = byWriter.get(writer)?.device
    const who = world.replicas.find(({ id }) => id === device)?.name ?? 'nobody known'
    return `${writer.slice(0, 6)} of ${who}: ${seq} ${reason}`
  })
  return waiting.join(', ')
}
