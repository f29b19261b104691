import type { RequestDetail, RequestRow } from '#app/core/request-session.ts'
import { nameFor } from '#app/core/messages/conversations.ts'
import { ConversationId } from '#schema/ids.ts'
import { answersText } from '#schema/questionnaires/answer.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, Process } from './person-device.ts'
import { ownDesk, rowsOf } from './record-deeds.ts'
import type { ActingDeed, Party } from './seats.ts'
import { requestOn, toldOf } from './talk-requests.ts'

const KINDS = Object.keys(REQUESTS) as RequestKind[]
/** What these say comes into the patient's record, and may be shared from there. */
const INTO_RECORD: ReadonlySet<string> = new Set(['propose', 'take'])
const HOUR_MS = 3_600_000

/** Something for each field that any step of any kind reads; of what it does not read nothing is kept. */
function saying(world: PeopleWorld, text: string, entryId: string): Record<string, unknown> {
  const at = (hours: number) => new Date(world.time.now() + hours * HOUR_MS).toISOString().replace(/\.\d+Z$/, 'Z')
  const words = ['wish', 'wishes', 'words', 'instead', 'reason', 'where', 'why', 'note', 'title', 'text', 'question']
  const others = ['wrong', 'shouldSay', 'answer', 'form']
  return {
    ...Object.fromEntries([...words, ...others].map(field => [field, text])),
    entryId,
    medicineId: entryId,
    medicineName: `${world.canary}medicine`,
    route: 'sent',
    amount: 1,
    unit: 'box',
    happenedAt: at(0),
    slots: [{ startsAt: at(24) }, { startsAt: at(48) }],
    slot: 0,
    startsAt: at(72),
    lines: [text],
    entry: { kind: 'note', title: text, text, writtenAt: at(0) },
    answers: answersText([{ linkId: '/69725-0', text, value: { type: 'integer', value: 1 } }]),
    answeredAt: at(0),
  }
}

export const openRequest: ActingDeed = async (world, device, process) => {
  const { random, talk } = world
  const known = process.people.contacts.filter(({ state }) => state === 'known')
  const contact = known.length === 0 ? undefined : random.pick(known)
  const other = contact && world.person(contact.name)
  const rows = await rowsOf(ownDesk(device, process))
  const kind = random.pick(KINDS)
  const { opens } = REQUESTS[kind].machine
  if (contact === undefined || other === undefined) return
  if (rows.length === 0 && opens.by === 'patient') return
  const text = newText(world, device, opens.kind, new Set([device.person, other]))
  const key = talk.nextKey()
  talk.noteBegun(ConversationId.of(nameFor('conversation', key, ConversationId.size)), device.person, [other])
  const { entryId, ...data } = saying(world, text, rows.length === 0 ? '' : random.pick(rows).id)
  const isAboutEntry = kind === 'question' || kind === 'correction'
  const said = { ...data, ...(isAboutEntry ? { entryId } : {}) }
  const opened = await process.session.openRequest({ kind, contactId: contact.contactId, key, data: said })
  world.count(`open ${kind} ${opened.ok ? 'ok' : opened.failure.kind}`)
  world.note(`${device.name} asks ${other.name}: ${kind} ${text} ${opened.ok ? opened.value.requestId : ''}`)
  if (opened.ok) await noteTaken(world, device, process, opened.value, opens.kind)
}

/** Noted before: a process that dies while it sends may have sent. */
function newText(world: PeopleWorld, by: Party, kind: string, mayRead: ReadonlySet<Person>): string {
  const text = world.nextText()
  world.talk.said.push({ text, by, mayRead: INTO_RECORD.has(kind) ? new Set(world.parties) : mayRead })
  return text
}

export const takeStep: ActingDeed = async (world, device, process) => {
  const row = someRequest(world, process)
  if (row !== undefined) await takeOne(world, device, process, row)
}

function someRequest(world: PeopleWorld, { requests }: Process): RequestRow | undefined {
  const open = requests.filter(({ isFinal }) => !isFinal || world.random.chance(0.1))
  return open.length === 0 ? undefined : world.random.pick(open)
}

async function takeOne(world: PeopleWorld, device: Party, process: Process, row: RequestRow): Promise<void> {
  const { random } = world
  const shown = await requestOn(process.session, row)
  if (shown === undefined) return
  const kind = random.chance(0.9) && shown.next.length > 0 ? random.pick(shown.next) : anyStep(world, row)
  const text = newText(world, device, kind, world.talk.peopleIn(row.conversationId))
  const { entryId: _, ...data } = saying(world, text, medicineOf(shown))
  const taken = await process.session.takeStep(row, { kind, data })
  const why = taken.ok ? 'ok' : taken.failure.kind
  world.count(`step ${taken.ok && !shown.next.includes(kind) ? 'late ' : ''}${why}`)
  world.note(`${device.name}: ${kind} of ${row.requestId} ${why}`)
  if (taken.ok) await noteTaken(world, device, process, row, kind)
}

/** Whatever there is in the machine, also what is too late or for the other side to do. */
function anyStep(world: PeopleWorld, { kind }: RequestRow): string {
  const { states } = REQUESTS[kind].machine
  return world.random.pick(Object.values(states).flatMap(({ steps }) => Object.keys(steps)))
}

function medicineOf({ history }: RequestDetail): string {
  const named = history.map(({ data }) => data['medicineId']).find(id => typeof id === 'string')
  return typeof named === 'string' ? named : ''
}

async function noteTaken(
  world: PeopleWorld,
  by: Party,
  { session }: Process,
  place: Pick<RequestRow, 'conversationId' | 'requestId'>,
  kind: string,
): Promise<void> {
  const shown = await requestOn(session, place)
  const step = shown?.history.findLast(one => one.kind === kind && one.by.type === 'you')
  if (step !== undefined) world.talk.steps.push({ ...place, by, told: toldOf(step) })
}

/** Whoever is on the other side, or one's other device, acts at the same moment. */
export const takeAtOnce: ActingDeed = async (world, device, process) => {
  const row = someRequest(world, process)
  if (row === undefined) return
  const others = [...world.devices, ...world.seats].filter(other => other !== device && !other.isRemoved)
  const there = others.flatMap(other => {
    const same = other.process?.requests.find(({ requestId }) => requestId === row.requestId)
    return same === undefined || other.process === undefined ? [] : [{ other, process: other.process, same }]
  })
  if (there.length === 0) return
  const { other, process: theirs, same } = world.random.pick(there)
  world.count('steps at once')
  await Promise.all([takeOne(world, device, process, row), takeOne(world, other, theirs, same)])
}
