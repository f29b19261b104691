import type { SyncProblem } from '#app/core/session.ts'
import type { GivenShare, ReceivedShare } from '#app/core/share-session.ts'
import { ownerKey } from '#app/core/sharing/shared-record.ts'
import { LogId } from '#schema/ids.ts'
import { demand } from '../world.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, PersonDevice } from './person-device.ts'
import { circlesSeen, circlesShown, whyCirclesRestless } from './circle-calm.ts'
import { lead, PATIENCE_MS } from './people-storm.ts'
import { ownDesk, rowsOf, sharedDesks } from './record-deeds.ts'
import { LONGEST_SHARE_MS } from './sharing-deeds.ts'
import { talkShown, whyTalkUntrue } from './talk.ts'
import { requestsShown, whyRequestsUntrue } from './talk-requests.ts'

/** Rounds come every minute, and back-offs reach one. */
const REST_MS = 30 * 60_000

/** Good weather, an honest relay, everybody awake: until nothing moves any more. */
export async function calm(world: PeopleWorld): Promise<void> {
  world.isStormy = false
  world.note('calm')
  for (const relay of world.relays) await world.time.track(relay.becomeHonest())
  if (world.relays.length > 1)
    for (const letter of world.relay.letters) await world.time.track(world.relay.replay(letter))
  for (const device of world.devices) {
    Object.assign(device.weather, { isCut: false, loss: 0, rubbish: 0 })
    if (device.weather.relay !== world.relay) lead(device, world.relay)
    device.process?.store.spare()
  }
  await world.pass(PATIENCE_MS)
  for (const device of world.devices) world.restart(device)
  await world.pass(1000)
  for (const device of world.devices) {
    device.process?.store.spare()
    device.process?.host.setOnline(true)
  }
  // Whoever waits for an answer asks six times a minute.
  for (const { process } of world.devices) {
    for (const { invitationId } of process?.people.invitations ?? []) {
      world.run(process!.session.withdrawInvitation(invitationId))
    }
    for (const { session, people } of process?.aliases.values() ?? []) {
      for (const { invitationId } of people.invitations) world.run(session.withdrawInvitation(invitationId))
    }
  }
  // Whatever was to end by its day has ended by then.
  await world.pass(LONGEST_SHARE_MS)
  await rest(world)
}

/** Until nothing moves any more. */
export async function rest(world: PeopleWorld): Promise<void> {
  const untilMs = world.time.nowMs + REST_MS
  while ((await whyRestless(world)) !== undefined && world.time.nowMs < untilMs) await world.pass(30_000)
  const why = await whyRestless(world)
  demand(why === undefined, `it never came to rest: ${why}`)
}

/** What is still to happen, or what people see that is not so. */
export async function whyRestless(world: PeopleWorld): Promise<string | undefined> {
  for (const person of world.people) {
    for (const device of world.devicesOf(person)) {
      const why = whyDeviceRestless(device)
      if (why !== undefined) return `${device.name} ${why}`
    }
  }
  for (const { person } of world.practices.values()) {
    const why = whySeatRestless(world, person) ?? (await whySeatsDiffer(world, person))
    if (why !== undefined) return why
  }
  for (const person of world.people) {
    const why =
      (await whyDevicesDiffer(world, person)) ?? whyShareUntrue(world, person) ?? (await whyShownUntrue(world, person))
    if (why !== undefined) return why
  }
  for (const person of world.parties) {
    const why = (await whyTalkUntrue(world, person)) ?? (await whyRequestsUntrue(world, person))
    if (why !== undefined) return why
  }
  return whyCirclesRestless(world)
}

function whySeatRestless(world: PeopleWorld, practice: Person): string | undefined {
  for (const { name, process } of world.actingFor(practice)) {
    const kind = process?.status?.kind
    if (kind !== 'backed-up') return `${name} is ${kind ?? 'not open'}`
  }
  return undefined
}

/** One inbox for all of the staff. */
async function whySeatsDiffer(world: PeopleWorld, practice: Person): Promise<string | undefined> {
  const shown = new Map<string, string>()
  for (const seat of world.actingFor(practice)) {
    const talk = await talkShown(seat, seat.process!)
    const requests = await requestsShown(world, seat, seat.process!, () => false)
    shown.set([...talk, ...requests].toSorted().join('\n'), seat.name)
  }
  return shown.size > 1 ? `3: ${practice.name} differs:\n${[...shown.keys()].join('\n--------\n')}` : undefined
}

/** Said, and nothing is left to do: what others may not write, what came late, a clock that is wrong. */
const GOOD_NEWS: ReadonlySet<SyncProblem['kind']> = new Set(['quarantined', 'late', 'clock-differs'])

function whyDeviceRestless(device: PersonDevice): string | undefined {
  const { process } = device
  if (process === undefined) return 'is not running'
  const { status, shares } = process
  const isWaiting = status?.kind === 'waiting' && waitsWherePaused(device, shares.received)
  const isBusy = status === undefined || (status.kind !== 'backed-up' && !isWaiting)
  const bad = status?.problems.find(({ kind }) => !GOOD_NEWS.has(kind))
  if (isBusy || bad !== undefined) return `is not backed up: ${JSON.stringify(status)}`
  const between = shares.given.find(({ state }) => state === 'preparing' || state === 'ending')
  return between && `says that ${between.shareId} is ${between.state}`
}

/** All that is unsent was written into records whose owners have paused the share, and say so: it goes out when they go on. */
function waitsWherePaused({ disk }: PersonDevice, received: readonly ReceivedShare[]): boolean {
  const paused = new Set(received.filter(({ isPaused }) => isPaused).map(({ shareId }) => shareId))
  return [...disk.rows('outbox').keys()].every(key => {
    if (key.startsWith('kept/')) return true
    const owner = disk.rows('sealed').get(ownerKey(LogId.parse(key.slice(0, key.indexOf('/')))!))
    return owner !== undefined && paused.has(new TextDecoder().decode(owner))
  })
}

async function whyDevicesDiffer(world: PeopleWorld, person: PersonDevice['person']): Promise<string | undefined> {
  const shown = new Map<string, string>()
  for (const device of world.devicesOf(person)) shown.set(await shownBy(world, device), device.name)
  return shown.size > 1 ? `3: devices of ${person.name} differ:\n${[...shown.keys()].join('\n--------\n')}` : undefined
}

/** All that everybody's screens say, less what a first reading of an old letter may change. */
export async function stateOf(world: PeopleWorld, unread: Unread = ALL_READ): Promise<string> {
  const all: string[] = []
  const seen = await circlesSeen(world)
  for (const person of world.people) {
    for (const device of world.devicesOf(person)) {
      const shown = [await shownBy(world, device, unread), ...circlesShown(seen, device)]
      all.push(`${device.name}:\n${shown.join('\n\n')}`)
    }
  }
  return all.join('\n')
}

/** Of which received shares, and of which contacts, letters may lie that nobody has read yet. */
export interface Unread {
  share(device: PersonDevice, share: ReceivedShare): boolean
  contact(device: PersonDevice, name: string): boolean
}

const ALL_READ: Unread = { share: () => false, contact: () => false }

async function shownBy(world: PeopleWorld, device: PersonDevice, unread: Unread = ALL_READ): Promise<string> {
  const { shares, people } = device.process!
  const rows = await rowsOf(ownDesk(device, device.process!))
  const given = shares.given.map(
    one => `${one.shareId} ${one.state} ${one.sections.toSorted().join()} ${one.until ?? ''}`,
  )
  const received = shares.received
    .filter(one => !unread.share(device, one))
    .map(one => `${one.shareId} ${one.state} ${one.sections.toSorted().join()} ${one.until ?? ''}`)
  const entries = rows.map(({ id, title }) => `${id} ${title}`)
  const contacts = people.contacts.map(({ name, state }) => {
    const isMet = state === 'known' || state === 'waiting'
    return `${name} ${isMet && unread.contact(device, name) ? 'met' : state}`
  })
  const talk = await talkShown(device, device.process!, thread =>
    thread.people.some(name => unread.contact(device, name)),
  )
  const requests = await requestsShown(world, device, device.process!, ({ people: others }) =>
    others.some(name => unread.contact(device, name)),
  )
  return [given, received, entries, contacts, talk, requests].map(lines => lines.toSorted().join('\n')).join('\n\n')
}

/** Both sides say the same of every share. */
function whyShareUntrue(world: PeopleWorld, giver: PersonDevice['person']): string | undefined {
  const from = world.devicesOf(giver)[0]
  for (const given of from?.process?.shares.given ?? []) {
    const story = world.shares.get(given.shareId)
    const to = story && world.devicesOf(story.recipient)[0]
    if (story === undefined || to?.process === undefined) continue
    const received = to.process.shares.received.find(({ shareId }) => shareId === given.shareId)
    // Whom the recipient does not know any more gets no answer; that they have not answered is so. Nor does who only a removed device of
    // theirs knew, which accepted: of that nobody who stays has heard.
    const isUnheard = to.process.people.contacts.every(({ name }) => name !== giver.fullName)
    const isLost = story.acceptedOn.size > 0 && [...story.acceptedOn].every(device => device.isRemoved)
    if (received === undefined && isUnheard && (given.state !== 'accepted' || isLost)) continue
    if (!isTrue(given, received)) {
      const there = received === undefined ? 'nothing' : `${received.state} ${received.sections.join()}`
      return `${giver.name} says that ${given.shareId} is ${given.state} ${given.endedBy ?? ''} ${given.sections.join()}, ${story.recipient.name} says ${there}`
    }
  }
  return undefined
}

function isTrue(given: GivenShare, received: ReceivedShare | undefined): boolean {
  if (given.state === 'ended') return received === undefined || received.state === 'ended'
  if (received === undefined) return false
  // What is over for its recipient is not paused: its giver is still to hear of it, or to look at the clock.
  const isSame = given.state === received.state || (given.state === 'paused' && received.state !== 'ended')
  return (
    isSame && (given.state === 'paused' || given.sections.toSorted().join() === received.sections.toSorted().join())
  )
}

/** Whoever may see a section sees what its owner does. */
async function whyShownUntrue(world: PeopleWorld, person: PersonDevice['person']): Promise<string | undefined> {
  for (const device of world.devicesOf(person)) {
    for (const desk of sharedDesks(world, device.process!)) {
      const owner = world.devicesOf(desk.owner)[0]
      const given = owner?.process?.shares.given.find(({ shareId }) => shareId === desk.shareId)
      if (owner?.process === undefined || given?.state !== 'accepted') continue
      const theirs = (await rowsOf(ownDesk(owner, owner.process))).filter(row => given.sections.includes(row.section))
      const here = await rowsOf(desk)
      const [wanted, shown] = [theirs, here].map(rows =>
        rows
          .map(({ id, title }) => `${id} ${title}`)
          .toSorted()
          .join('\n'),
      )
      if (wanted !== shown)
        return `3: ${device.name} sees another record of ${desk.owner.name} (${desk.shareId}):\n${shown}\n--------\n${wanted}`
    }
  }
  return undefined
}
