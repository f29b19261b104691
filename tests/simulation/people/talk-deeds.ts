import type { BeginThread, NewMessage, ThreadRow } from '#app/core/message-session.ts'
import { nameFor } from '#app/core/messages/conversations.ts'
import { ConversationId } from '#schema/ids.ts'
import { Broken } from '../world.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, Process } from './person-device.ts'
import type { ActingDeed, Party } from './seats.ts'
import type { SaidStory } from './talk.ts'

const ABOUT: readonly BeginThread['about'][] = ['family', 'my-care', 'their-care']

export const beginThread: ActingDeed = async (world, device, process) => {
  const { random, talk } = world
  const known = process.people.contacts.filter(({ state }) => state === 'known')
  const chosen = random.shuffled(known).slice(0, random.chance(0.3) ? 2 : 1)
  const others = chosen.flatMap(({ name }) => world.person(name) ?? [])
  if (others.length === 0 || others.length < chosen.length) return
  const [story, message] = newMessage(world, device, new Set([device.person, ...others]))
  const id = ConversationId.of(nameFor('conversation', message.key, ConversationId.size))
  talk.noteBegun(id, device.person, others)
  const request = {
    ...message,
    contactIds: chosen.map(({ contactId }) => contactId),
    subject: world.nextText(),
    about: random.pick(ABOUT),
  }
  const begun = await process.session.beginThread(request)
  world.count(`begin a thread ${begun.ok ? 'ok' : begun.failure.kind}`)
  world.note(`${device.name} begins a thread with ${others.map(({ name }) => name).join()}: ${story.text} ${begun.ok}`)
  if (begun.ok) story.place = begun.value
}

/** Noted before: a process that dies while it sends may have sent. */
function newMessage(world: PeopleWorld, by: Party, mayRead: ReadonlySet<Person>): [SaidStory, NewMessage] {
  const story: SaidStory = { text: world.nextText(), by, mayRead }
  world.talk.said.push(story)
  return [story, { key: world.talk.nextKey(), text: story.text }]
}

function someThread(world: PeopleWorld, { threads: { threads } }: Process): ThreadRow | undefined {
  const open = threads.filter(({ isOver }) => !isOver || world.random.chance(0.1))
  return open.length === 0 ? undefined : world.random.pick(open)
}

export const writeMessage: ActingDeed = async (world, device, process) => {
  const row = someThread(world, process)
  if (row !== undefined) await writeIn(world, device, process, row)
}

/** Answers whether it was said. */
export async function writeIn(
  world: PeopleWorld,
  device: Party,
  { session }: Process,
  row: ThreadRow,
  mayRead = world.talk.peopleIn(row.conversationId),
): Promise<SaidStory | undefined> {
  const [story, message] = newMessage(world, device, mayRead)
  const sent = await session.sendMessage(row, message)
  world.count(`write ${sent.ok ? 'ok' : sent.failure.kind}`)
  world.note(`${device.name} writes ${story.text} ${sent.ok}`)
  if (!sent.ok) return undefined
  if (row.isOver) throw new Broken(`${device.name} could write in a conversation that is over`)
  story.place = row
  // Whoever heard no answer sends once more.
  if (world.random.chance(0.1)) await session.sendMessage(row, message)
  return story
}

export const readThread: ActingDeed = async (world, _device, process) => {
  const { threads } = process.threads
  const row = threads.find(({ unreadCount }) => unreadCount > 0) ?? threads[0]
  if (row === undefined) return
  const read = await process.session.markThreadRead(row)
  world.count(`read a thread ${read.ok ? 'ok' : read.failure.kind}`)
}

export const muteThread: ActingDeed = async (world, _device, process) => {
  const row = someThread(world, process)
  if (row === undefined) return
  const muted = await process.session.muteThread(row, !row.isMuted)
  world.count(`mute ${muted.ok ? 'ok' : muted.failure.kind}`)
}

/** Whoever opened it ends it for all, anybody else leaves it. */
export const endConversation: ActingDeed = async (world, device, process) => {
  const row = someThread(world, process)
  if (row === undefined) return
  const ended = await process.session.endConversation(row.conversationId)
  world.count(`${row.isOpener ? 'end' : 'leave'} a conversation ${ended.ok ? 'ok' : ended.failure.kind}`)
  world.note(`${device.name} ${row.isOpener ? 'ends' : 'leaves'} ${row.conversationId} ${ended.ok}`)
}
