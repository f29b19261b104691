import type { ThreadDetail, ThreadPlace } from '#app/core/message-session.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, Process } from './person-device.ts'
import type { Party } from './seats.ts'
import type { TakenStep } from './talk-requests.ts'

/** Something that somebody wrote to others, as the world saw it. */
export interface SaidStory {
  readonly text: string
  readonly by: Party
  /** Nobody else ever. */
  readonly mayRead: ReadonlySet<Person>
  /** Once the device answered that it is saved. */
  place?: ThreadPlace
}

/** What was said in this world, and who takes part in what. */
export class Talk {
  readonly said: SaidStory[] = []
  readonly steps: TakenStep[] = []
  /** Said when everybody knew who takes part. */
  readonly afterwords: SaidStory[] = []
  readonly #conversations = new Map<string, { readonly opener: Person; readonly people: Set<Person> }>()
  #keys = 0

  nextKey(): string {
    return `key ${this.#keys++}`
  }

  /** Noted before it is begun: a process that dies meanwhile may have begun it. */
  noteBegun(conversationId: string, opener: Person, others: readonly Person[]): void {
    const known = this.#conversations.get(conversationId)
    if (known === undefined) this.#conversations.set(conversationId, { opener, people: new Set([opener, ...others]) })
  }

  openerOf(conversationId: string): Person | undefined {
    return this.#conversations.get(conversationId)?.opener
  }

  peopleIn(conversationId: string): ReadonlySet<Person> {
    return this.#conversations.get(conversationId)?.people ?? new Set()
  }
}

export interface ShownThread extends ThreadDetail {
  /** Who said what, in the order in which it stands there. */
  readonly lines: readonly string[]
}

/** All threads that a device shows, by their ids, with all that was said. */
export async function threadsOn({ person }: Party, process: Process): Promise<Map<string, ShownThread>> {
  const shown = new Map<string, ShownThread>()
  for (const row of process.threads.threads) {
    const told = Promise.withResolvers<ThreadDetail | undefined>()
    const stop = await process.session.watchThread(row, 10_000, told.resolve)
    const thread = await told.promise
    stop()
    if (thread === undefined) throw new Error(`A thread is in the list and cannot be opened: ${row.threadId}`)
    const lines = thread.messages.map(({ by, text }) => `${by.type === 'you' ? person.fullName : by.name}: ${text}`)
    shown.set(row.threadId, { ...thread, lines })
  }
  return shown
}

/** What somebody else opened and is over stands as far as each device had it: no relay serves it to them any more (decision 49). */
export const isLeft = ({ isOver, isOpener }: ThreadDetail) => isOver && !isOpener

/** All that the screens of a device say of what people wrote to each other, and goes on. */
export async function talkShown(
  device: Party,
  process: Process,
  isLeftOut: (thread: ThreadDetail) => boolean = () => false,
): Promise<readonly string[]> {
  const threads = [...(await threadsOn(device, process)).values()].filter(
    thread => !isLeft(thread) && !isLeftOut(thread),
  )
  return threads.map(thread => {
    const { threadId, subject, about, people, isMuted, noReply = '' } = thread
    const states = thread.messages.map(({ id, state = '', isNew }) => `${id} ${state}${isNew ? ' new' : ''}`)
    const messages = thread.lines.map((line, index) => `  ${states[index]} ${line}`)
    return [`${threadId} ${subject} ${about} ${people.toSorted().join()} ${isMuted} ${noReply}`, ...messages].join('\n')
  })
}

/** Both sides say the same of every thread that goes on. */
export async function whyTalkUntrue(world: PeopleWorld, person: Person): Promise<string | undefined> {
  const device = world.actingFor(person)[0]
  if (device?.process === undefined) return undefined
  for (const [threadId, here] of await threadsOn(device, device.process)) {
    if (here.isOver) continue
    for (const other of othersIn(world, person, here)) {
      const there = world.actingFor(other)[0]
      if (there?.process === undefined) continue
      const theirs = (await threadsOn(there, there.process)).get(threadId)
      if (theirs === undefined && isUnheard(there.process, person)) continue
      if (theirs?.isOver !== false || theirs.lines.join('\n') !== here.lines.join('\n')) {
        return `${device.name} shows the thread ${threadId} otherwise than ${there.name}:\n${told(here)}\n--------\n${told(theirs)}`
      }
    }
  }
  return undefined
}

/** Of several others one may have left: of them only who opened it knows for sure. */
export function othersIn(
  { talk }: PeopleWorld,
  person: Person,
  { conversationId }: Pick<ThreadPlace, 'conversationId'>,
): readonly Person[] {
  const opener = talk.openerOf(conversationId)
  if (opener === undefined) return []
  if (opener !== person) return [opener]
  const others = [...talk.peopleIn(conversationId)].filter(one => one !== person)
  return others.length === 1 ? others : []
}

/** Who does not know somebody any more hears nothing from them. */
export function isUnheard({ people }: Process, sender: Person): boolean {
  return people.contacts.every(({ name }) => name !== sender.fullName)
}

function told(thread: ShownThread | undefined): string {
  return thread === undefined ? 'nothing' : [thread.noReply ?? '', ...thread.lines].join('\n')
}
