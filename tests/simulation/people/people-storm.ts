import {
  askToComeIn,
  beginCircle,
  changeProfile,
  changeRules,
  chooseModerators,
  giveUpCircle,
  hideInCircle,
  inviteToCircle,
  leaveCircle,
  letIntoCircle,
  reactInCircle,
  removeMember,
  reportInCircle,
  sayInCircle,
  takeDownInCircle,
} from './circle-deeds.ts'
import { die, failStore, removeDevice, restart, turnClock } from './device-deeds.ts'
import { accept, checkMail, compare, invite, keepKnownKeys, removeContact, withdraw } from './meeting-deeds.ts'
import type { PeopleWorld } from './people-world.ts'
import type { PersonDevice, Process, Topic } from './person-device.ts'
import { addEntry, binEntry, type Deed, editEntry, lookAt } from './record-deeds.ts'
import { joinPractice, letStaffIn, removeStaff, work } from './practice-deeds.ts'
import { openRequest, takeAtOnce, takeStep } from './request-deeds.ts'
import { beginThread, endConversation, muteThread, readThread, writeMessage } from './talk-deeds.ts'
import { answerOffer, changeAtOnce, changeShare, leave, share, stop } from './sharing-deeds.ts'

const STORM_MS = 4 * 60_000
export const PATIENCE_MS = 40_000

/** Everyday life, weighted. */
const DEEDS: readonly (readonly [Deed, number])[] = [
  [addEntry, 22],
  [editEntry, 10],
  [binEntry, 5],
  [lookAt, 8],
  [invite, 3],
  [accept, 5],
  [withdraw, 1],
  [compare, 3],
  [keepKnownKeys, 1],
  [checkMail, 12],
  [removeContact, 0.5],
  [share, 10],
  [changeShare, 6],
  [changeAtOnce, 2],
  [stop, 3],
  [answerOffer, 24],
  [leave, 1],
  [die, 3],
  [restart, 2],
  [failStore, 1],
  [turnClock, 3],
  [removeDevice, 0.6],
]
const TALK: readonly (readonly [Deed, number])[] = [
  [beginThread, 8],
  [writeMessage, 60],
  [readThread, 15],
  [muteThread, 3],
  [endConversation, 2],
  [removeDevice, 2],
]
const ASK: readonly (readonly [Deed, number])[] = [
  [beginThread, 3],
  [writeMessage, 8],
  [readThread, 3],
  [endConversation, 2],
  [openRequest, 18],
  [takeStep, 50],
  [takeAtOnce, 10],
  [removeDevice, 2],
]
const PRACTICE: readonly (readonly [Deed, number])[] = [
  [work, 60],
  [beginThread, 6],
  [writeMessage, 15],
  [readThread, 5],
  [openRequest, 12],
  [takeStep, 18],
  [letStaffIn, 6],
  [joinPractice, 14],
  [removeStaff, 5],
]
const CIRCLES: readonly (readonly [Deed, number])[] = [
  [sayInCircle, 60],
  [reactInCircle, 12],
  [reportInCircle, 4],
  [hideInCircle, 3],
  [takeDownInCircle, 6],
  [changeProfile, 3],
  [changeRules, 4],
  [chooseModerators, 5],
  [beginCircle, 2],
  [inviteToCircle, 10],
  [askToComeIn, 14],
  [letIntoCircle, 16],
  [removeMember, 4],
  [leaveCircle, 3],
  [giveUpCircle, 1],
  [removeDevice, 1],
]
const DEEDS_OF: Readonly<Record<Topic, typeof DEEDS>> = {
  records: DEEDS,
  messages: [...DEEDS, ...TALK],
  requests: [...DEEDS, ...ASK],
  practice: [...DEEDS, ...PRACTICE],
  circles: [...DEEDS, ...CIRCLES],
}

function pickDeed({ random, topic }: PeopleWorld): Deed {
  const deeds = DEEDS_OF[topic]
  let at = random.next() * deeds.reduce((total, [, weight]) => total + weight, 0)
  for (const [deed, weight] of deeds) {
    at -= weight
    if (at < 0) return deed
  }
  return addEntry
}

/** Everybody does things while everything goes wrong. */
export async function storm(world: PeopleWorld): Promise<void> {
  for (const device of world.devices) keepBusy(world, device)
  changeWeather(world)
  await world.pass(STORM_MS)
}

function keepBusy(world: PeopleWorld, device: PersonDevice): void {
  if (!world.isStormy) return
  const again = () => world.time.after(500 + world.random.below(8000), () => keepBusy(world, device))
  const { process } = device
  if (process === undefined) return void again()
  world.run(Promise.race([attempt(world, device, process, pickDeed(world)), patience(world)]).then(again))
}

async function attempt(world: PeopleWorld, device: PersonDevice, process: Process, deed: Deed): Promise<void> {
  try {
    await deed(world, device, process)
  } catch (error) {
    // Whatever a process does after its death is nobody's concern.
    if (device.process === process) world.fail(error)
  }
}

/** A deed whose process died never ends: the next one begins all the same. */
function patience(world: PeopleWorld): Promise<void> {
  return new Promise(resolve => {
    world.time.after(PATIENCE_MS, resolve)
  })
}

function changeWeather(world: PeopleWorld): void {
  if (!world.isStormy) return
  const { random } = world
  const device = random.pick(world.devices)
  const { weather } = device
  weather.isCut = random.chance(0.3)
  weather.loss = random.pick([0, 0, 0.02, 0.08])
  weather.rubbish = random.pick([0, 0, 0, 0.03])
  if (weather.isCut || random.chance(0.2)) device.process?.link.dropStreams()
  if (random.chance(0.4)) device.process?.host.setOnline(!weather.isCut)
  if (world.perils.has('relay')) world.run(beWicked(world))
  if (world.perils.has('rollback') && random.chance(0.06)) world.run(loseDays(world))
  world.time.after(4000 + random.below(16_000), () => changeWeather(world))
}

async function beWicked(world: PeopleWorld): Promise<void> {
  const { random } = world
  for (const relay of world.relays) {
    relay.wickedness.withholds = random.pick([0, 0, 0.3, 1])
    relay.wickedness.repeats = random.pick([0, 0.1])
    relay.wickedness.servesEnded = random.chance(0.4)
  }
  const { letters } = world.relay
  if (letters.length > 0 && random.chance(0.5)) {
    const letter = random.pick(letters)
    const into = random.chance(0.3) ? random.pick(letters) : undefined
    await world.time.track(world.relay.replay(letter, into))
    world.count(into === undefined ? 'letter replayed' : 'letter in another mailbox')
  }
  if (letters.length > 0 && random.chance(0.2)) {
    const rubbish = random.bytes(1 + random.below(3000))
    await world.time.track(world.relay.replay({ ...random.pick(letters), body: rubbish }))
    world.count('rubbish in a mailbox')
  }
}

/** The relay's disk is put back to an earlier day, or it tells some another story from now on. */
async function loseDays(world: PeopleWorld): Promise<void> {
  const { random, relay } = world
  if (world.relays.length > 1) return
  world.hasLostDays = true
  if (random.chance(0.6)) {
    const lost = 1 + random.below(30)
    await world.time.track(relay.rollBack(lost))
    world.count('relay rolled back')
    world.note(`the relay was rolled back by ${lost}`)
    for (const device of world.devices) device.process?.link.dropStreams()
    return
  }
  const other = await world.time.track(relay.fork())
  world.relays.push(other)
  world.count('relay forked')
  world.note('the relay forked')
  for (const device of world.devices) if (random.chance(0.5)) lead(device, other)
}

export function lead(device: PersonDevice, relay: PersonDevice['weather']['relay']): void {
  device.weather.relay = relay
  device.process?.link.dropStreams()
}
