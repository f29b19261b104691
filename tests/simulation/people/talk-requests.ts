import type { RequestDetail, RequestPlace, RequestRow, ShownStep } from '#app/core/request-session.ts'
import type { Session } from '#app/core/session.ts'
import { demand } from '../world.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Person, Process } from './person-device.ts'
import type { Party } from './seats.ts'
import { ownDesk, rowsOf } from './record-deeds.ts'
import { isUnheard, othersIn } from './talk.ts'

/** A step that a device answered it had taken. */
export interface TakenStep extends RequestPlace {
  readonly by: Party
  /** As `toldOf` tells it: where a fork was mended, or its writer has another G, it stands under another name. */
  readonly told: string
}

export const toldOf = ({ kind, at, data }: ShownStep) => `${kind} ${at} ${JSON.stringify(data)}`

export async function requestOn(session: Session, place: RequestPlace): Promise<RequestDetail | undefined> {
  const told = Promise.withResolvers<RequestDetail | undefined>()
  const stop = await session.watchRequest(place, told.resolve)
  const shown = await told.promise
  stop()
  return shown
}

/** What was left, or ended by who opened the conversation, stands as far as each device had it. */
function isLeft(world: PeopleWorld, person: Person, { noReply, conversationId }: RequestDetail): boolean {
  const isOver = noReply === 'ended-by-them' || noReply === 'ended-by-you'
  return isOver && world.talk.openerOf(conversationId) !== person
}

async function detailsOn({ session, requests }: Process): Promise<readonly RequestDetail[]> {
  const shown: RequestDetail[] = []
  for (const row of requests) {
    const detail = await requestOn(session, row)
    if (detail === undefined) throw new Error(`A request is in the list and cannot be opened: ${row.requestId}`)
    shown.push(detail)
  }
  return shown
}

/** What a request says to both sides alike: its state by the same history. */
function said({ requestId, state, history, isSeen, contested, waitingCount }: RequestDetail): string {
  const steps = history.map(
    ({ id, kind, role, standing, data }) => `  ${id} ${role} ${kind} ${standing} ${JSON.stringify(data)}`,
  )
  return [`${requestId} ${state} ${isSeen} ${contested.join()} ${waitingCount}`, ...steps].join('\n')
}

/** All that the screens of a device say of requests that go on. */
export async function requestsShown(
  world: PeopleWorld,
  device: Party,
  process: Process,
  isLeftOut: (row: RequestRow) => boolean,
): Promise<readonly string[]> {
  const details = (await detailsOn(process)).filter(one => !isLeft(world, device.person, one) && !isLeftOut(one))
  return details.map(one => {
    const turn = `${one.role} ${one.waitsFor ?? ''} ${one.entryId ?? ''} ${one.people.toSorted().join()} ${one.noReply ?? ''}`
    return `${said(one)}\n  ${turn} ${one.next.toSorted().join()}`
  })
}

/** Both sides say the same of every request that goes on. */
export async function whyRequestsUntrue(world: PeopleWorld, person: Person): Promise<string | undefined> {
  const device = world.actingFor(person)[0]
  if (device?.process === undefined) return undefined
  for (const here of await detailsOn(device.process)) {
    if (here.noReply !== undefined) continue
    for (const other of othersIn(world, person, here)) {
      const there = world.actingFor(other)[0]
      if (there?.process === undefined) continue
      const theirs = await requestOn(there.process.session, here)
      if (theirs === undefined && isUnheard(there.process, person)) continue
      if (theirs === undefined || said(theirs) !== said(here)) {
        return `${device.name} shows a request otherwise than ${there.name}:\n${said(here)}\n--------\n${theirs && said(theirs)}`
      }
    }
  }
  return undefined
}

/** Every step that a device said it had taken is in the history, and what it was to add to the record is there. */
export async function nothingTakenIsGone(world: PeopleWorld, person: Person): Promise<void> {
  for (const device of world.actingFor(person)) {
    const { process } = device
    if (process === undefined) continue
    const details = await detailsOn(process)
    for (const { by, requestId, told } of world.talk.steps) {
      if (by.person !== person || by.isRemoved) continue
      const detail = details.find(one => one.requestId === requestId)
      const isOwed = by === device || (detail !== undefined && !isLeft(world, person, detail))
      const isHere = detail?.history.some(step => toldOf(step) === told) === true
      demand(isHere || !isOwed, `2: the step ${told} of ${requestId}, taken by ${by.name}, is gone on ${device.name}`)
    }
    await recordHasWhatCame(device, process, details)
  }
}

async function recordHasWhatCame(device: Party, process: Process, details: readonly RequestDetail[]) {
  const rows = new Set((await rowsOf(ownDesk(device, process))).map(({ id }) => id))
  for (const { requestId, role, kind, state, entryId } of details) {
    if (role !== 'patient' || kind !== 'addition' || !['accepted', 'entered'].includes(state)) continue
    const isHere = entryId !== undefined && rows.has(entryId)
    demand(isHere, `2: what was accepted by ${requestId} is not in the record on ${device.name}`)
  }
  const fetched = details.filter(
    ({ role, kind, state }) => role === 'patient' && kind === 'refill' && state === 'taken',
  )
  await process.session.facets()
  const stock = await process.session.timelineRows({ kinds: ['stock'] }, 0, 10_000)
  const names = new Set(stock.map(({ id }) => id.split('.').at(-1)))
  demand(names.size === fetched.length, `2: ${device.name} has ${names.size} of ${fetched.length} refills in stock`)
}
