import type { Session } from '#app/core/session.ts'
import type { SharedCall } from '#app/core/share-session.ts'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { noteShown } from './known-past.ts'
import { type EntryStory, everGave, type PeopleWorld } from './people-world.ts'
import type { Person, PersonDevice, Process } from './person-device.ts'

/** What a person does, or what is done to their device. The process may die at any await. */
export type Deed = (world: PeopleWorld, device: PersonDevice, process: Process) => Promise<void>

/** That people write in here, and share; `story` is never shared. */
export const SHARED_SECTIONS = ['problems', 'allergies', 'medicines'] as const satisfies readonly Section[]
type WrittenSection = (typeof SHARED_SECTIONS)[number] | 'story'
const WRITTEN: readonly WrittenSection[] = [...SHARED_SECTIONS, 'problems', 'allergies', 'story']

function fieldsOf(section: Section, text: string): EntryFields {
  if (section === 'allergies') return { kind: 'allergy', substance: text }
  if (section === 'medicines') return { kind: 'medicine', name: text, status: 'taking' }
  if (section === 'story') return { kind: 'note', title: text, text, writtenAt: '2026-11-01T08:00:00Z' }
  return { kind: 'condition', name: text, clinicalStatus: 'active' }
}

/** A record that can be asked: a person's own, or one that is shared with them. */
export interface Desk {
  readonly owner: Person
  readonly shareId?: string
  readonly sections: readonly Section[]
  readonly mayWrite: boolean
  ask<Name extends SharedCall>(
    method: Name,
    ...args: Parameters<Session[Name]>
  ): Promise<Awaited<ReturnType<Session[Name]>> | undefined>
}

export function ownDesk(device: Pick<PersonDevice, 'person'>, { session }: Process): Desk {
  return {
    owner: device.person,
    sections: WRITTEN,
    mayWrite: true,
    ask: async (method, ...args) => (session[method] as (...given: unknown[]) => never)(...args),
  }
}

/** Every accepted share. */
export function sharedDesks(world: PeopleWorld, { session, shares }: Process): Desk[] {
  return shares.received.flatMap(({ shareId, state, role, sections }) => {
    const owner = world.shares.get(shareId)?.giver
    if (owner === undefined || state !== 'accepted' || sections.length === 0) return []
    const mayWrite = role !== 'read'
    return [{ owner, shareId, sections, mayWrite, ask: (method, ...args) => session.askShared(shareId, method, args) }]
  })
}

export async function rowsOf(desk: Desk): Promise<readonly EntrySummary[]> {
  return (await desk.ask('timelineRows', {}, 0, 10_000)) ?? []
}

function someDesk(world: PeopleWorld, device: PersonDevice, process: Process): Desk {
  const shared = sharedDesks(world, process)
  return shared.length > 0 && world.random.chance(0.5) ? world.random.pick(shared) : ownDesk(device, process)
}

const storyKey = (owner: Person, id: EntryId) => `${owner.name}/${id}`

export const addEntry: Deed = async (world, device, process) => {
  const desk = someDesk(world, device, process)
  const section = world.random.pick(desk.sections)
  const text = world.nextText()
  // Together: of a share that begins while it is saved, the writer has seen no end.
  const [openTo, order] = [recipientsOf(world, device, process, section), world.nextOrder()]
  const added = await desk.ask('addEntry', fieldsOf(section, text))
  if (!desk.mayWrite) {
    if (added?.ok) world.fail(new Error(`10: ${device.name} could write what it may only see`))
    world.forbidden.push(text)
    return world.count('add refused')
  }
  if (!added?.ok) return world.count(`add failed: ${added?.failure.kind ?? 'gone'}`)
  world.count(desk.shareId === undefined ? 'add' : 'add to another’s')
  const story: EntryStory = {
    id: added.value,
    owner: desk.owner,
    section,
    addedBy: device,
    ...(desk.shareId === undefined ? {} : { shareId: desk.shareId }),
    texts: [{ text, order, by: device, openTo }],
    isBinned: false,
    binnedOn: new Set(),
  }
  noteSaved(world, device, desk, text)
  world.entries.set(storyKey(desk.owner, added.value), story)
}

function noteSaved(world: PeopleWorld, device: PersonDevice, { shareId }: Desk, text: string): void {
  if (shareId === undefined) world.seenBy(device).add(text)
}

/**
 * To whom this device has not seen the end of what was given. Who stays decides who reads what a removed device types before it hears of
 * its removal, and need never hear what that one ended: there it is also to whom one of those that stay has not seen the end.
 */
function recipientsOf(world: PeopleWorld, device: PersonDevice, process: Process, section: Section): Set<Person> {
  const here = openOn(world, device, process, section)
  if (!device.isRemoved) return here
  const staying = world.devicesOf(device.person)
  return new Set([...here, ...staying.flatMap(stays => [...openOn(world, stays, stays.process, section)])])
}

/** What a device shows that is not running nobody knows, so all that was ever given counts. */
function openOn(world: PeopleWorld, device: PersonDevice, process: Process | undefined, section: Section): Set<Person> {
  const shares = { given: process?.shares.given ?? [] }
  const ended = new Set(shares.given.filter(({ state }) => state === 'ended').map(({ shareId }) => shareId))
  const open = [...world.shares.values()].filter(share => share.giver === device.person && everGave(share, section))
  const known = open.filter(({ id }) => !ended.has(id)).map(({ recipient }) => recipient)
  // What a process began before it died counts too, unless this device shows an end that the world was told no beginning of.
  const over = shares.given.filter(({ state, shareId }) => state === 'ended' && !world.shares.has(shareId))
  const overFor = new Set(over.map(({ contactName }) => world.person(contactName)))
  const attempted = [...world.attempts].filter(
    share => share.giver === device.person && everGave(share, section) && !overFor.has(share.recipient),
  )
  return new Set([...known, ...attempted.map(({ recipient }) => recipient)])
}

async function someEntry(world: PeopleWorld, desk: Desk): Promise<EntryStory | undefined> {
  const rows = (await rowsOf(desk)).filter(row => row.title.startsWith(world.canary))
  return rows.length === 0 ? undefined : world.entries.get(storyKey(desk.owner, world.random.pick(rows).id))
}

export const editEntry: Deed = async (world, device, process) => {
  const desk = someDesk(world, device, process)
  const entry = await someEntry(world, desk)
  if (entry === undefined) return
  const text = world.nextText()
  const openTo = recipientsOf(world, device, process, entry.section)
  // Noted before: a process that dies while it saves may have saved.
  if (desk.mayWrite) entry.texts.push({ text, order: world.nextOrder(), by: device, openTo })
  else world.forbidden.push(text)
  const edited = await desk.ask('editEntry', entry.id, fieldsOf(entry.section, text))
  if (edited?.ok) noteSaved(world, device, desk, text)
  world.count(
    `edit${desk.shareId === undefined ? '' : ' of another’s'} ${edited?.ok ? 'ok' : (edited?.failure.kind ?? 'gone')}`,
  )
}

export const binEntry: Deed = async (world, device, process) => {
  const desk = someDesk(world, device, process)
  const entry = await someEntry(world, desk)
  if (entry === undefined) return
  if (desk.mayWrite) entry.isBinned = true
  const binned = await desk.ask('binEntry', entry.id)
  if (binned?.ok && desk.shareId === undefined) entry.binnedOn.add(device)
  world.count(
    `bin${desk.shareId === undefined ? '' : ' of another’s'} ${binned?.ok ? 'ok' : (binned?.failure.kind ?? 'gone')}`,
  )
}

/** Looks at a record; whoever shares it may hear of that. */
export const lookAt: Deed = async (world, device, process) => {
  const desk = someDesk(world, device, process)
  const rows = await rowsOf(desk)
  if (desk.shareId === undefined) noteShown(world, device, rows)
  else world.count(rows.length > 0 ? 'look at another’s' : 'look at another’s: empty')
}
