import { rest } from './people-calm.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person } from './person-device.ts'
import { writeIn } from './talk-deeds.ts'

/**
 * Once everybody knows who takes part: one more word of each in all that goes on. Only they can read it; and in what is over nobody can
 * say anything.
 */
export async function afterwords(world: PeopleWorld): Promise<void> {
  const out = whoIsOut(world)
  for (const party of world.parties) {
    const device = world.actingFor(party)[0]
    if (device?.process === undefined) continue
    const { process } = device
    const rows = Map.groupBy(process.threads.threads, ({ conversationId }) => conversationId)
    for (const [conversationId, [row]] of rows) {
      if (row === undefined) continue
      const still = [...world.talk.peopleIn(conversationId)].filter(one => !out.get(conversationId)?.has(one))
      const written = writeIn(world, device, process, row, new Set(still))
      await world.time.runUntil(written, 60_000)
      const said = await written
      if (said !== undefined) world.talk.afterwords.push(said)
    }
  }
  await world.pass(90_000)
  await rest(world)
}

/** By conversation those for whom it is over. */
function whoIsOut(world: PeopleWorld): ReadonlyMap<string, ReadonlySet<Person>> {
  const out = new Map<string, Set<Person>>()
  for (const device of [...world.devices, ...world.seats]) {
    if (device.isRemoved) continue
    for (const { conversationId, isOver } of device.process?.threads.threads ?? []) {
      if (isOver) out.set(conversationId, (out.get(conversationId) ?? new Set()).add(device.person))
    }
  }
  return out
}
