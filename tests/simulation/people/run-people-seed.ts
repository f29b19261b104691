import { readyCrypto } from '#crypto/sodium.ts'
import type { Outcome } from '../run-seed.ts'
import { loadLater } from '../load-later.ts'
import { seedCrypto } from '../seed-crypto.ts'
import { afterwords } from './afterwords.ts'
import { cheapPassphrases } from './cheap-passphrases.ts'
import { judge } from './people-judge.ts'
import { endOfCircles } from './circle-end.ts'
import { calm } from './people-calm.ts'
import { storm } from './people-storm.ts'
import { isTalk } from './person-device.ts'
import { PeopleWorld } from './people-world.ts'
import { rememberSignatures } from './remembered-signatures.ts'
import { stillDate, village } from './village.ts'

export interface PeopleOutcome extends Outcome {
  /** How often each deed ended how. */
  readonly counts: ReadonlyMap<string, number>
}

/** Plays one seed of the world of people to its end, the same way each time. */
export async function runPeopleSeed(seed: number): Promise<PeopleOutcome> {
  await readyCrypto()
  await loadLater()
  const world = new PeopleWorld(seed)
  const before = await village(world.topic)
  const putBack = [
    seedCrypto(seed, work => world.time.track(work)),
    cheapPassphrases(),
    rememberSignatures(),
    stillDate(world.time),
  ]
  const note = (error: unknown) => world.fail(error)
  process.on('unhandledRejection', note)
  try {
    await world.moveIn(before)
    await storm(world)
    await calm(world)
    if (isTalk(world.topic)) await afterwords(world)
    await endOfCircles(world)
    await judge(world)
  } catch (error) {
    world.fail(error)
  } finally {
    world.free()
    await world.time.drain()
    process.off('unhandledRejection', note)
    for (const put of putBack.toReversed()) put()
  }
  return { steps: world.time.steps, failure: world.failure, trace: world.trace, counts: world.counts }
}
