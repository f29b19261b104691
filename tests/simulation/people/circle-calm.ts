import type { CircleDetail, CircleSaid } from '#app/core/circle-session.ts'
import { type AliasRoom, circleAt, type CircleShown } from './circle-rooms.ts'
import type { AliasStory, CircleStory } from './circles.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, PersonDevice } from './person-device.ts'

/** An account for a circle on one device that counts, and what it shows there. */
export interface Seen {
  readonly device: PersonDevice
  readonly room: AliasRoom
  readonly alias: AliasStory
  readonly shown: CircleShown | undefined
}

export async function circlesSeen(world: PeopleWorld): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  for (const device of world.devices) {
    if (device.isRemoved) continue
    for (const room of device.process?.aliases.values() ?? []) {
      const alias = world.circles.aliases.get(room.keptId)
      if (alias !== undefined) seen.push({ device, room, alias, shown: await circleAt(world, room) })
    }
  }
  return seen
}

/** Who takes part in it, one device each. */
export function takingPart(seen: readonly Seen[], circle: CircleStory): readonly (Seen & { shown: CircleShown })[] {
  const there = new Map<AliasStory, Seen & { shown: CircleShown }>()
  for (const { shown, ...one } of seen) {
    if (shown?.detail.name === circle.name && !shown.detail.isOver && !there.has(one.alias))
      there.set(one.alias, { ...one, shown })
  }
  return [...there.values()]
}

/** Every device of every member shows the same. */
export async function whyCirclesRestless(world: PeopleWorld): Promise<string | undefined> {
  const seen = await circlesSeen(world)
  for (const { device, room, alias } of seen) {
    const kind = room.status?.kind
    if (kind !== 'backed-up') return `${device.name} as ${alias.names.at(-1)} is ${kind ?? 'not open'}`
  }
  for (const person of world.people) {
    const why = whyAliasesDiffer(world, seen, person)
    if (why !== undefined) return why
  }
  for (const circle of world.circles.circles) {
    const why = whyCircleDiffers(world, seen, circle)
    if (why !== undefined) return why
  }
  return undefined
}

function whyAliasesDiffer(world: PeopleWorld, seen: readonly Seen[], person: Person): string | undefined {
  const shown = new Set(world.devicesOf(person).map(device => circlesShown(seen, device).join('\n')))
  return shown.size > 1 ? `3: devices of ${person.name} differ:\n${[...shown].join('\n--------\n')}` : undefined
}

/** All that the pages of a device's circles say. What is over stands as far as each device had it. */
export function circlesShown(seen: readonly Seen[], device: PersonDevice): readonly string[] {
  return seen
    .filter(one => one.device === device)
    .map(({ room: { keptId }, shown }) => {
      if (shown === undefined) return `${keptId} not let in`
      const { detail, posts } = shown
      if (detail.isOver) return `${keptId} ${detail.name} is over`
      const asking = detail.asking.map(({ name }) => name).toSorted()
      const reports = detail.reports.map(({ saidId, why }) => `${saidId} ${why}`)
      const own = posts
        .flatMap(post => [post, ...post.comments])
        .map(said => `${said.id} ${said.isHidden} ${said.mayTakeDown} ${said.isWaiting} ${said.by.isYou}`)
      return [keptId, ...whole(shown), ...asking, ...reports, ...own].join('\n')
    })
    .toSorted()
}

/** What a circle says to all its members alike. */
function whole({ detail, posts }: CircleShown): readonly string[] {
  return [
    `${detail.name} ${detail.rules}`,
    ...membersOf(detail),
    ...posts.flatMap(post => [told(post), ...comments(post)]),
  ]
}

const comments = ({ comments: said }: CircleShown['posts'][number]) => said.map(one => `  ${told(one)}`)

function told({ id, text, by, takenDownBy, reactions, charts, files }: CircleSaid): string {
  const marks = reactions.map(({ mark, count }) => `${mark} ${count}`)
  return `${id} ${by.id} ${text} ${takenDownBy} ${marks.join()} ${charts.length} ${files.length}`
}

const membersOf = ({ members }: CircleDetail) =>
  members.map(({ id, name, avatar, role }) => `${id} ${name} ${avatar} ${role}`)

function whyCircleDiffers(world: PeopleWorld, seen: readonly Seen[], circle: CircleStory): string | undefined {
  const parts = takingPart(seen, circle)
  const shown = new Map(parts.map(({ device, shown: one }) => [whole(one).join('\n'), device.name]))
  if (shown.size > 1) {
    const each = [...shown].map(([text, name]) => `${name}:\n${text}`)
    return `3: members of ${circle.name} see something else:\n${each.join('\n--------\n')}`
  }
  return whyRosterUntrue(world, parts, circle)
}

/** Those whom its owner lists are those who take part. Whoever gave up their account before they were let in is there no more. */
function whyRosterUntrue(
  world: PeopleWorld,
  parts: ReturnType<typeof takingPart>,
  circle: CircleStory,
): string | undefined {
  const owner = parts.find(({ alias }) => alias === circle.owner)
  if (owner === undefined) return undefined
  const listed = owner.shown.detail.members.map(({ name }) => name)
  const there = parts.map(({ shown }) => shown.detail.you.name)
  const missing = there.filter(name => !listed.includes(name))
  const isThere = (name: string) => parts.some(({ alias }) => alias.names.includes(name))
  const ghosts = listed.filter(name => !isThere(name) && world.circles.called(name)?.isGhost !== true)
  if (missing.length > 0) return `${circle.name} has ${missing.join()}, whom its owner does not list`
  return ghosts.length === 0 ? undefined : `the owner of ${circle.name} lists ${ghosts.join()}, who takes no part`
}
