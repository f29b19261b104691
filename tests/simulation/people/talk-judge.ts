import { demand } from '../world.ts'
import type { PeopleWorld } from './people-world.ts'
import { insightOf, keptInsightOf } from './insight.ts'
import { isTalk, type Person, type PersonDevice } from './person-device.ts'
import { readableByThief } from './readable.ts'
import { isLeft, threadsOn } from './talk.ts'

/** What a device said it had saved stands on all of its person's; on that one alone where it was left, or ended by somebody else. */
export async function nothingSaidIsGone(world: PeopleWorld, person: Person): Promise<void> {
  for (const device of world.actingFor(person)) {
    const { process } = device
    const threads = process === undefined ? undefined : await threadsOn(device, process)
    for (const { text, by, place } of world.talk.said) {
      if (threads === undefined || place === undefined || by.person !== person || by.isRemoved) continue
      const thread = threads.get(place.threadId)
      const isOwed = by === device || (thread !== undefined && !isLeft(thread))
      const isHere = thread?.messages.some(one => one.text === text) === true
      demand(isHere || !isOwed, `2: ${text}, said by ${by.name}, is gone on ${device.name}`)
    }
  }
}

/** Keys decide: of what others said to each other nobody else has any. */
export function nothingSaidIsReadable(world: PeopleWorld, person: Person, read: ReadonlySet<string>): void {
  for (const { text, by, mayRead } of world.talk.said) {
    demand(!read.has(text) || mayRead.has(person), `${person.name} can read ${text}, said by ${by.name} to others`)
  }
}

/** Whoever has a removed device reads nothing that was said once everybody knew of it. Of two that removed each other one is in. */
export async function noAfterwordIsStolen(world: PeopleWorld, device: PersonDevice): Promise<void> {
  if (!isTalk(world.topic) || world.devicesOf(device.person).length === 0) return
  const read = readableByThief(world, await insightOf(world.time, world.random, device))
  const stolen = world.talk.afterwords.find(({ text }) => read.has(text))
  demand(
    stolen === undefined,
    `${device.name}, which was removed, can read ${stolen?.text}, said by ${stolen?.by.name}`,
  )
}

/** Nor does whoever was taken out of a practice, by all that it had. */
export async function noAfterwordIsTakenAlong(
  world: PeopleWorld,
  { keptId, device, disk }: PeopleWorld['leavers'][number],
): Promise<void> {
  const isOut = world.practices.get(keptId)?.out.has(device.person) === true
  const insight = isOut ? await keptInsightOf(world, device, disk, keptId) : undefined
  if (insight === undefined) return
  const read = readableByThief(world, insight)
  const taken = world.talk.afterwords.find(({ text }) => read.has(text))
  demand(taken === undefined, `${device.name}, out of the practice, can read ${taken?.text}, said by ${taken?.by.name}`)
}
