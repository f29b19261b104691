import { readyCrypto } from '#crypto/sodium.ts'
import { makeSeededRandom } from '#tests/support/seeded-random.ts'
import { judge } from './judge.ts'
import { Replica } from './replica.ts'
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

/** Every random byte from the seed; and time waits for what WebCrypto does on other threads. */
function seedCrypto(seed: number, track: <T>(work: Promise<T>) => Promise<T>): () => void {
  const random = makeSeededRandom(seed ^ 0x5eed)
  const { subtle } = crypto
  const encrypt = subtle.encrypt.bind(subtle)
  const decrypt = subtle.decrypt.bind(subtle)
  const importKey = subtle.importKey.bind(subtle)
  const put = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true, writable: true })
  put(crypto, 'getRandomValues', (bytes: Uint8Array) => {
    random.fill(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return bytes
  })
  put(subtle, 'encrypt', (...args: Parameters<typeof encrypt>) => track(encrypt(...args)))
  put(subtle, 'decrypt', (...args: Parameters<typeof decrypt>) => track(decrypt(...args)))
  put(subtle, 'importKey', (...args: Parameters<typeof importKey>) => track(importKey(...args)))
  return () => {
    for (const name of ['encrypt', 'decrypt', 'importKey']) Reflect.deleteProperty(subtle, name)
    Reflect.deleteProperty(crypto, 'getRandomValues')
  }
}
