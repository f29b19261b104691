import type { Guardians } from '#app/core/kept-session.ts'
import type { PeopleWorld } from './people-world.ts'
import type { PersonDevice, Process } from './person-device.ts'
import type { Deed } from './record-deeds.ts'
import type { ActingDeed } from './seats.ts'
import { openRequest, takeStep } from './request-deeds.ts'
import { beginThread, readThread, writeMessage } from './talk-deeds.ts'

const AT_WORK: readonly ActingDeed[] = [
  writeMessage,
  writeMessage,
  takeStep,
  takeStep,
  takeStep,
  openRequest,
  readThread,
  beginThread,
]

/** Whoever has a place in a practice does what its people do all day, in its name. */
export const work: Deed = async (world, device) => {
  const seat = someSeat(world, device)
  if (seat?.process !== undefined) await world.random.pick(AT_WORK)(world, seat, seat.process)
}

function someSeat(world: PeopleWorld, device: PersonDevice) {
  const seats = world.seats.filter(seat => seat.device === device && seat.process !== undefined)
  return seats.length === 0 ? undefined : world.random.pick(seats)
}

export const letStaffIn: Deed = async (world, device, { people }) => {
  const seat = someSeat(world, device)
  const known = people.contacts.filter(({ state }) => state === 'known')
  const contact = known.length === 0 ? undefined : world.random.pick(known)
  const guest = contact && world.people.find(({ fullName }) => fullName === contact.name)
  if (seat?.process === undefined || guest === undefined) return
  const { passphrase } = device.person
  const added = await seat.process.session.addGuardian({ contactId: contact!.contactId, passphrase })
  world.count(`let staff in ${added.ok ? 'ok' : added.failure.kind}`)
  world.note(`${device.name} asks ${guest.name} into the practice ${added.ok}`)
}

export const joinPractice: Deed = async (world, device, { session, offers }) => {
  const offer = offers[0]
  if (offer === undefined) return
  // Noted before: a process that dies meanwhile may have joined.
  world.practices.get(offer.keptId)?.out.delete(device.person)
  const answered = await session.answerGuardian(offer.keptId, 'accept', device.person.passphrase)
  world.count(`join a practice ${answered.ok ? 'ok' : answered.failure.kind}`)
  world.note(`${device.name} joins ${offer.name} ${answered.ok}`)
}

export const removeStaff: Deed = async (world, device) => {
  const seat = someSeat(world, device)
  if (seat?.process === undefined || seat.isRemoved) return
  const { guardians } = await guardiansAt(world, seat.process)
  const others = guardians.filter(({ isThisOne, state }) => !isThisOne && state === 'active')
  const leaver = others.length === 0 ? undefined : world.random.pick(others)
  const person = leaver && world.people.find(({ fullName }) => fullName === leaver.name)
  if (leaver === undefined || person === undefined) return
  // Noted before: a process that dies meanwhile may have removed them. They keep what their devices had.
  world.practices.get(seat.keptId)?.out.add(person)
  for (const theirs of world.devicesOf(person))
    world.leavers.push({ keptId: seat.keptId, device: theirs, disk: theirs.disk.clone() })
  const removed = await seat.process.session.removeDevice(leaver.deviceId)
  world.count(`remove staff ${removed.ok ? 'ok' : removed.failure.kind}`)
  world.note(`${device.name} removes ${person.name} from the practice ${removed.ok}`)
  if (removed.ok) return
  world.practices.get(seat.keptId)?.out.delete(person)
}

/** What the page of staff shows; nobody, where the room is closed before it answers. */
async function guardiansAt(world: PeopleWorld, { session }: Process): Promise<Guardians> {
  const told = Promise.withResolvers<Guardians>()
  const stop = await session.watchGuardians(told.resolve)
  world.time.after(1000, () => told.resolve({ guardians: [] }))
  const shown = await told.promise
  stop()
  return shown
}
