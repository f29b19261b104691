import { decodeFrame } from '#schema/protocol/frame.ts'
import { frameHash } from '#crypto/hash.ts'
import type { NewFrame } from '#sync-server/store/relay-store.ts'
import type { MemoryDisk } from '#tests/support/memory-store.ts'
import { demand } from '../world.ts'
import { circlesSeen, type Seen, takingPart } from './circle-calm.ts'
import { removeOne, sayAs } from './circle-deeds.ts'
import { circleAt, type CircleShown } from './circle-rooms.ts'
import type { AliasStory, CircleStory } from './circles.ts'
import { rest } from './people-calm.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person } from './person-device.ts'

type Part = Seen & { readonly shown: CircleShown }

/**
 * Once everybody knows who takes part: in each circle its owner removes somebody who is away and goes on writing; then one more word of
 * each, which only those who stay can read; and whatever the removed one wrote too late is put before everybody once more.
 */
export async function endOfCircles(world: PeopleWorld): Promise<void> {
  for (const circle of world.circles.circles) {
    const removed = await removeWhoIsAway(world, circle)
    await afterwords(world, circle)
    await world.pass(90_000)
    await rest(world)
    if (removed !== undefined) await replay(world, circle, removed)
  }
}

interface Removed {
  readonly alias: AliasStory
  readonly disk: MemoryDisk
}

async function removeWhoIsAway(world: PeopleWorld, circle: CircleStory): Promise<Removed | undefined> {
  const parts = takingPart(await circlesSeen(world), circle)
  const owner = parts.find(({ alias }) => alias === circle.owner)
  const others = parts.filter(({ alias }) => alias !== circle.owner)
  if (owner === undefined || others.length === 0) return undefined
  const away = world.random.pick(others)
  const { alias, device, room } = away
  device.weather.isCut = true
  device.process?.host.setOnline(false)
  device.process?.link.dropStreams()
  for (let count = 0; count < 2; count++) {
    const said = await done(world, sayAs(world, device, away))
    if (said !== undefined) world.circles.tooLate.add(said.text)
  }
  const disk = device.disk.clone()
  const member = owner.shown.detail.members.find(({ name }) => name === away.shown.detail.you.name)
  demand(member !== undefined, `the owner of ${circle.name} does not list ${away.shown.detail.you.name}`)
  const isRemoved = await done(world, removeOne(world, owner.device, { room: owner.room, circle, member }))
  demand(isRemoved, `${member.name} cannot be removed from ${circle.name}`)
  await world.pass(90_000)
  device.weather.isCut = false
  device.process?.host.setOnline(true)
  await world.pass(90_000)
  await rest(world)
  const shown = await circleAt(world, room)
  demand(shown?.detail.isOver !== false, `${device.name} does not say that ${alias.names.at(-1)} is out`)
  return { alias, disk }
}

async function done<Value>(world: PeopleWorld, work: Promise<Value>): Promise<Value> {
  demand(await world.time.runUntil(work, 120_000), 'it never answers')
  return work
}

async function afterwords(world: PeopleWorld, circle: CircleStory): Promise<void> {
  const parts = takingPart(await circlesSeen(world), circle)
  const readers = new Set<Person>(parts.map(({ alias }) => alias.person))
  for (const part of parts) {
    const said = await done(world, sayAs(world, part.device, part))
    if (said !== undefined) world.circles.afterwords.push({ text: said.text, readers })
  }
}

/** Whoever is still in could bring the relay all that the removed one ever signed: it changes nothing. */
async function replay(world: PeopleWorld, circle: CircleStory, { alias, disk }: Removed): Promise<void> {
  const frames = framesOn(disk, alias)
  const taken = await world.time.track(world.relay.inner.putIn(frames))
  world.count(`frames of who was removed ${taken > 0 ? 'taken once more' : 'refused'}`)
  const before = await wholeOf(world, circle)
  for (const { process } of world.devices) process?.link.dropStreams()
  await world.pass(120_000)
  await rest(world)
  demand(before === (await wholeOf(world, circle)), `what ${alias.names.at(-1)} wrote too late changed ${circle.name}`)
}

async function wholeOf(world: PeopleWorld, circle: CircleStory): Promise<string> {
  const parts: readonly Part[] = takingPart(await circlesSeen(world), circle)
  return JSON.stringify(parts.map(({ device, shown }) => [device.name, shown.detail.members, shown.posts]))
}

/** All that lay in its logs, as it was made there. */
function framesOn(disk: MemoryDisk, { keptId }: AliasStory): readonly NewFrame[] {
  const frames = [...disk.rows('frames')].filter(([key]) => key.startsWith(`kept/${keptId}/`))
  return frames.flatMap(([, bytes]) => {
    const parts = decodeFrame(bytes)
    if (!parts.ok) return []
    const { logId, writer, seq, prev, kind } = parts.value.header
    return [{ logId, writer, seq, prev, kind, hash: frameHash(bytes), bytes }]
  })
}
