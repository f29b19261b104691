import { readyCrypto } from '#crypto/sodium.ts'
import { judge } from './judge.ts'
import { loadLater } from './load-later.ts'
import { Replica } from './replica.ts'
import { seedCrypto } from './seed-crypto.ts'
import { SimRelay } from './sim-relay.ts'
import { calm, storm } from './storm.ts'
import { type Peril, World } from './world.ts'

export interface Outcome {
  readonly steps: number
  readonly failure: unknown
  /** What happened, in order: for whoever looks into a failure. */
  readonly trace: readonly string[]
}

/** Plays one seed to its end, with the perils that are its own unless told. The same seed plays the same way, keys and nonces included. */
export async function runSeed(seed: number, perils?: readonly Peril[]): Promise<Outcome> {
  await readyCrypto()
  await loadLater()
  const world = { current: undefined as World | undefined }
  const putBack = seedCrypto(seed, work => world.current?.time.track(work) ?? work)
  const note = (error: unknown) => world.current?.fail(error)
  process.on('unhandledRejection', note)
  try {
    world.current = new World(seed, perils)
    await play(world.current)
    return { steps: world.current.time.steps, failure: world.current.failure, trace: world.current.trace }
  } catch (error) {
    return { steps: world.current?.time.steps ?? 0, failure: error, trace: world.current?.trace ?? [] }
  } finally {
    world.current?.free()
    process.off('unhandledRejection', note)
    putBack()
  }
}

async function play(world: World): Promise<void> {
  world.relays.push(await SimRelay.start(world))
  const count = 2 + world.random.below(3)
  for (let index = 0; index < count; index++) {
    const replica = new Replica(world, `device ${index}`)
    await world.addReplica(replica, () => (index === 0 ? replica.create() : replica.open()))
  }
  await storm(world)
  await calm(world)
  await judge(world)
}
