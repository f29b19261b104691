import { type Instant, instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import type { GivenShare } from '#app/core/share-session.ts'
import { noteShown } from './known-past.ts'
import type { PeopleWorld } from './people-world.ts'
import type { PersonDevice, Process } from './person-device.ts'
import { type Deed, ownDesk, rowsOf, SHARED_SECTIONS } from './record-deeds.ts'

/** Nothing is shared until a later time than this from now, unless for good. */
export const LONGEST_SHARE_MS = 4 * 60_000
const CONTROLLABLE = new Set<GivenShare['state']>(['preparing', 'offered', 'accepted', 'paused'])

/** Ana is the one whose record this is about; others share too, but less. */
const sharesMuch = (device: PersonDevice) => device.person.name === 'Ana'

export const share: Deed = async (world, device, process) => {
  if (!sharesMuch(device) && world.random.chance(0.7)) return
  const known = process.people.contacts.filter(contact => contact.state === 'known')
  const contact = known.length > 0 ? world.random.pick(known) : undefined
  const recipient = contact && world.person(contact.name)
  if (contact === undefined || recipient === undefined) return
  const { random } = world
  const sections = random.shuffled(SHARED_SECTIONS).slice(0, 1 + random.below(SHARED_SECTIONS.length))
  const role = random.pick(['read', 'write', 'write', 'write'] as const)
  const withHistory = random.chance(0.4)
  const until = random.chance(0.35) ? { until: later(world) } : {}
  const giving = await givingOf(world, device, process, sections)
  const { passphrase } = device.person
  const story = {
    giver: device.person,
    recipient,
    role,
    withHistory,
    givings: [giving],
    wasNarrowed: false,
    hadDay: 'until' in until,
    acceptedOn: new Set<PersonDevice>(),
  }
  world.attempts.add(story)
  const asked = { contactId: contact.contactId, sections, role, withHistory, passphrase, ...until }
  const shared = await process.session.share(asked)
  world.attempts.delete(story)
  world.count(`share ${shared.ok ? 'ok' : shared.failure.kind}`)
  if (!shared.ok) return
  const id = shared.value.shareId
  world.note(
    `${device.name} shares ${sections.join()} with ${recipient.name}: ${role}${withHistory ? ', with history' : ''} ${id}`,
  )
  world.shares.set(id, { ...story, id })
}

function later(world: PeopleWorld): Instant {
  return instant(world.time.now() + 40_000 + world.random.below(LONGEST_SHARE_MS - 40_000))
}

function someGiven(world: PeopleWorld, { shares }: Process): GivenShare | undefined {
  const open = shares.given.filter(({ state, shareId }) => CONTROLLABLE.has(state) && world.shares.has(shareId))
  return open.length === 0 ? undefined : world.random.pick(open)
}

/** More or less sections, more or less time, paused or not any more. */
export const changeShare: Deed = async (world, device, process) => {
  const given = someGiven(world, process)
  if (given !== undefined) await changeOne(world, device, process, given)
}

async function changeOne(world: PeopleWorld, device: PersonDevice, process: Process, given: GivenShare) {
  const { random } = world
  const { session } = process
  const story = world.shares.get(given.shareId)!
  const { passphrase } = device.person
  const what = random.pick([
    'narrow',
    'widen',
    'extend',
    'shorten',
    'for good',
    given.state === 'paused' ? 'go on' : 'pause',
  ])
  const others = SHARED_SECTIONS.filter(section => !given.sections.includes(section))
  const sections =
    what === 'widen' ? [...given.sections, ...others.slice(0, 1)] : random.shuffled(given.sections).slice(1)
  const isSections = what === 'widen' || what === 'narrow'
  if (isSections && (sections.length === 0 || sections.length === given.sections.length)) return
  if (what === 'narrow') story.wasNarrowed = true
  if (what === 'extend' || what === 'shorten') story.hadDay = true
  // Noted before: a process that dies meanwhile may have changed it.
  const giving = isSections ? await givingOf(world, device, process, sections) : undefined
  if (giving !== undefined) story.givings.push(giving)
  const changed = await session.changeShare(given.shareId, {
    passphrase,
    ...(isSections ? { sections } : {}),
    ...(what === 'extend' || what === 'shorten' ? { until: later(world) } : {}),
    ...(what === 'for good' ? { until: null } : {}),
    ...(what === 'pause' || what === 'go on' ? { isPaused: what === 'pause' } : {}),
  })
  world.count(`${what} ${changed.ok ? 'ok' : changed.failure.kind}`)
  world.note(`${device.name}: ${what} ${given.shareId} ${changed.ok}`)
  if (!changed.ok && giving !== undefined) story.givings.splice(story.givings.indexOf(giving), 1)
}

async function givingOf(world: PeopleWorld, device: PersonDevice, process: Process, sections: readonly Section[]) {
  const gone = new Set(noteShown(world, device, await rowsOf(ownDesk(device, process))))
  return { by: device, order: world.nextOrder(), sections: new Set(sections), gone }
}

/** Two devices of one person change the same share before either has heard of the other. */
export const changeAtOnce: Deed = async (world, device, process) => {
  const given = someGiven(world, process)
  const twin = world.devicesOf(device.person).find(other => other !== device)
  if (given === undefined || twin?.process === undefined) return
  const there = twin.process
  if (!there.shares.given.some(({ shareId }) => shareId === given.shareId)) return
  world.count('change at once')
  await Promise.all([changeOne(world, device, process, given), changeOne(world, twin, there, given)])
}

export const stop: Deed = async (world, device, process) => {
  const given = someGiven(world, process)
  if (given === undefined) return
  const stopped = await process.session.stopShare(given.shareId)
  world.count(`stop ${stopped.ok ? 'ok' : stopped.failure.kind}`)
  world.note(`${device.name} stops ${given.shareId} ${stopped.ok}`)
}

export const answerOffer: Deed = async (world, device, process) => {
  const offers = process.shares.received.filter(({ state }) => state === 'offered')
  if (offers.length === 0) return
  const { shareId } = world.random.pick(offers)
  const answer = world.random.chance(0.85) ? 'accept' : 'decline'
  // Noted before: a process that dies while it accepts may have accepted.
  if (answer === 'accept') world.shares.get(shareId)?.acceptedOn.add(device)
  const answered = await process.session.answerShare(shareId, answer)
  world.count(`${answer} ${answered.ok ? 'ok' : answered.failure.kind}`)
  world.note(`${device.name} ${answer}s ${shareId} ${answered.ok}`)
}

export const leave: Deed = async (world, device, process) => {
  const accepted = process.shares.received.filter(({ state }) => state === 'accepted')
  if (accepted.length === 0) return
  const { shareId } = world.random.pick(accepted)
  const left = await process.session.answerShare(shareId, 'decline')
  world.count(`leave ${left.ok ? 'ok' : left.failure.kind}`)
  world.note(`${device.name} leaves ${shareId} ${left.ok}`)
}
