import { openLetter } from '#app/core/sharing/letter.ts'
import type { CircleSaid } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { demand } from '../world.ts'
import { circlesSeen, type Seen } from './circle-calm.ts'
import { once } from './circle-rooms.ts'
import { type AliasStory, type CircleLeaver, mayRead } from './circles.ts'
import { type Insight, insightOf, keptInsightOf, shareKemsOf } from './insight.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, PersonDevice } from './person-device.ts'
import { readableByThief, textReadBy } from './readable.ts'
import { roomOf } from './seats.ts'

/** What decision 59 promises, seen from outside. */
export async function judgeCircles(world: PeopleWorld): Promise<void> {
  const seen = await circlesSeen(world)
  for (const one of seen) nothingSaidIsGone(world, one)
  takenDownStaysDown(world, seen)
  for (const device of world.devices) {
    if (device.isRemoved) continue
    await giveUpWhatIsRefused(world, device)
    nothingOfOthersIsLeft(world, device)
  }
  for (const person of world.people) await onlyMembersRead(world, person)
  for (const device of world.devices) if (device.isRemoved) await noAfterwordIsStolen(world, device)
}

const saidIn = ({ shown }: Seen): readonly CircleSaid[] => shown?.posts.flatMap(post => [post, ...post.comments]) ?? []

/** On the device that said it, also when it is over. */
function nothingSaidIsGone(world: PeopleWorld, one: Seen): void {
  const here = new Set(saidIn(one).map(({ text }) => text))
  const isOver = one.shown?.detail.isOver !== false
  for (const { text, kind, by, on, isSaved } of world.circles.texts) {
    if (kind !== 'said' || !isSaved || by !== one.alias || on?.isRemoved === true) continue
    const isOwed = on === one.device || (!isOver && !world.circles.tooLate.has(text))
    const isDown = world.circles.takenDown.has(text)
    demand(here.has(text) || isDown || !isOwed, `2: ${text}, said by ${on?.name}, is gone on ${one.device.name}`)
  }
  const late = [...here].find(text => world.circles.tooLate.has(text) && !isOver)
  demand(late === undefined, `${one.device.name} shows ${late}, said by who was out`)
}

/** By who said it or owns the circle and goes on in it. */
function takenDownStaysDown(world: PeopleWorld, seen: readonly Seen[]): void {
  const going = seen.filter(({ shown }) => shown?.detail.isOver === false)
  for (const { text, by, on } of world.circles.downForGood) {
    if (on.isRemoved || going.every(({ alias }) => alias !== by)) continue
    const still = going.find(one => saidIn(one).some(said => said.text === text))
    demand(still === undefined, `${still?.device.name} shows ${text}, which ${on.name} took down`)
  }
}

/**
 * A device that was removed may have given an account up at the relay, and never have said so to those that stay (seed 19): there it stands
 * among the circles until its owner leaves it too.
 */
async function giveUpWhatIsRefused(world: PeopleWorld, { name, process }: PersonDevice): Promise<void> {
  if (process === undefined) return
  const records = await once<readonly KeptRecord[]>(world, [], told => process.session.watchCircles(told))
  for (const { keptId, state } of records) {
    if (state !== 'refused') continue
    const gone = (async () => {
      const left = await roomOf(process.session, keptId).leaveCircle()
      const dropped = await process.session.leaveKept(keptId)
      demand(left.ok && dropped.ok, `${name} cannot leave a circle that its relay refuses`)
    })()
    demand(await world.time.runUntil(gone, 120_000), `${name} waits to leave a circle that its relay refuses`)
    await gone
  }
}

/** Of an account that was given up nothing is on any device. */
function nothingOfOthersIsLeft(world: PeopleWorld, device: PersonDevice): void {
  const going = new Set(device.process?.aliases.keys())
  for (const table of ['frames', 'blobs', 'outbox', 'sealed'] as const) {
    for (const key of device.disk.rows(table).keys()) {
      const [kind, id = ''] = key.split('/')
      demand(kind !== 'kept' || going.has(id), `${device.name} keeps ${table} of an account that was given up`)
    }
  }
}

/** Keys decide: what others said, how they are called in a circle, and who they are elsewhere. */
async function onlyMembersRead(world: PeopleWorld, person: Person): Promise<void> {
  const insights = await aliasInsights(world, person)
  const device = world.devicesOf(person)[0]
  const own = device && (await insightOf(world.time, world.random, device))
  const read = new Set<string>()
  for (const insight of [...insights.map(one => one.insight), ...(own === undefined ? [] : [own])])
    for (const text of readableByThief(world, insight, isOfCircles)) read.add(text)
  for (const text of world.circles.texts) {
    const isOthers = read.has(text.text) && !mayRead(text, person)
    demand(!isOthers, `${person.name} can read ${text.text} of ${text.by.person.name}, which was not for them`)
  }
  for (const { alias, insight } of insights) {
    noNameIsKnown(world, alias, insight)
  }
  for (const { text, readers } of world.circles.afterwords)
    demand(!read.has(text) || readers.has(person), `${person.name}, who is out, can read ${text}`)
}

/** Those of a record's sections are empty in an account for a circle. */
const isOfCircles = (section: string) => section === 'home' || section.startsWith('conversation')

/** By what lies on their devices, and what lay there before they were out. */
async function aliasInsights(world: PeopleWorld, person: Person) {
  const found: { readonly alias: AliasStory; readonly insight: Insight }[] = []
  const device = world.devicesOf(person)[0]
  const now = [...(device?.process?.aliases.keys() ?? [])].flatMap(keptId => {
    const alias = world.circles.aliases.get(keptId)
    return alias === undefined || device === undefined ? [] : [{ alias, device, disk: device.disk }]
  })
  const before = world.circles.leavers.filter(({ alias }) => alias.person === person)
  for (const { alias, device: on, disk } of [...now, ...before] satisfies CircleLeaver[]) {
    const insight = await keptInsightOf(world, on, disk, alias.keptId)
    if (insight !== undefined) found.push({ alias, insight })
  }
  return found
}

/** Nothing that comes to an account for a circle names who its members are elsewhere. */
function noNameIsKnown(world: PeopleWorld, alias: AliasStory, insight: Insight): void {
  const told = textReadBy(world, insight, isOfCircles)
  const letters = world.relay.letters.flatMap(({ body }) => {
    const letter = openLetter(body, insight.keyring.principal, shareKemsOf(insight))
    return letter.ok ? [Buffer.from(letter.value.body)] : []
  })
  for (const { fullName } of world.people) {
    if (fullName === alias.person.fullName) continue
    const isTold = told.includes(fullName) || letters.some(body => body.includes(fullName))
    demand(!isTold, `${alias.person.name} can tell by a circle who ${fullName} is`)
  }
}

/** Whoever has a removed device reads nothing in a circle that was said once everybody knew of it. */
async function noAfterwordIsStolen(world: PeopleWorld, device: PersonDevice): Promise<void> {
  if (world.devicesOf(device.person).length === 0) return
  for (const { keptId } of world.circles.aliases.values()) {
    const insight = await keptInsightOf(world, device, device.disk, keptId)
    if (insight === undefined) continue
    const read = readableByThief(world, insight, isOfCircles)
    const stolen = world.circles.afterwords.find(({ text }) => read.has(text))
    demand(stolen === undefined, `${device.name}, which was removed, can read ${stolen?.text} in a circle`)
  }
}
