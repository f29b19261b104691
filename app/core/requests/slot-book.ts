import type { Instant } from '#schema/instant.ts'
import type { OfferedTime } from '#schema/messages/item.ts'
import { fail, type Result } from '#schema/result.ts'
import {
  areFreeSlots,
  type FreeSlotsDocument,
  readFreeSlots,
  type Slot,
  slotTime,
  writeFreeSlots,
} from '../home/free-slots.ts'
import { FREE_SLOTS_SHARD } from '../home/home-log.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { aboutOf } from '../messages/shown-threads.ts'
import type { FreeSlot, TakenTime } from '../request-session.ts'
import type { SaveFailure } from '../session.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import type { KnownRequest } from './known-request.ts'
import { timesIn } from './standing.ts'

type Saved = Promise<Result<void, SaveFailure>>

/**
 * The times that whoever treats others has to offer, and which of them somebody has.
 * @param all Every request that this person takes part in.
 */
export async function freeSlots(
  vault: OpenVault | undefined,
  all: readonly KnownRequest[],
  now: Instant,
): Promise<readonly FreeSlot[]> {
  if (vault === undefined) return []
  const taken = takenTimes(all)
  const doc = await vault.account.logs.home.log.read<FreeSlotsDocument>(FREE_SLOTS_SHARD)
  return readFreeSlots(doc, now).map(slot => ({ ...slot, taken: among(taken, slot) }))
}

/** What somebody with whom this person talks about their own care says that they have to give. */
export async function shownTimes(
  conversations: readonly KnownConversation[],
  contactId: string,
  now: Instant,
): Promise<readonly OfferedTime[]> {
  const shown: OfferedTime[] = []
  for (const known of conversations) {
    const them = known.others.find(({ contact }) => contact === contactId)
    const { about, freeTimes } = await known.conversation.content()
    if (them === undefined || known.noReply !== undefined || aboutOf(known, about) !== 'my-care') continue
    for (const [by, slots] of freeTimes) if (them.isThey(by)) shown.push(...slots)
  }
  const coming = shown.filter(slot => (slotTime(slot) ?? 0) > now)
  const once = new Map(coming.map(slot => [slot.startsAt, slot]))
  return [...once.values()].toSorted((a, b) => slotTime(a)! - slotTime(b)!)
}

export async function addSlots(vault: OpenVault | undefined, slots: readonly Slot[], now: Instant): Saved {
  if (!areFreeSlots(slots)) return fail({ kind: 'invalid', field: 'startsAt' })
  return change(vault, doc => writeFreeSlots(doc, slots, now))
}

export async function removeSlot(vault: OpenVault | undefined, startsAt: string): Saved {
  return change(vault, doc => {
    delete doc[startsAt]
  })
}

async function change(vault: OpenVault | undefined, act: (doc: FreeSlotsDocument) => void): Saved {
  if (vault === undefined) return fail({ kind: 'locked' })
  const { log } = vault.account.logs.home
  await log.change<FreeSlotsDocument>(FREE_SLOTS_SHARD, act)
  const saved = await log.flush()
  return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
}

interface Taken extends TakenTime {
  readonly slot: Slot
}

/** Of those whom this person treats: the times that they chose, and those that stand. */
function takenTimes(all: readonly KnownRequest[]): readonly Taken[] {
  return all.flatMap(request => {
    const { id, known, role, view } = request
    const time = role === 'provider' && !view.isFinal ? timesIn(request).time : undefined
    if (time === undefined) return []
    const people = known.others.map(({ name }) => name)
    return [{ conversationId: known.id, requestId: id, people, isAgreed: time.isAgreed, slot: time }]
  })
}

/** Who else has the time that was chosen in a request, or a part of it; whoever's stands comes first. */
export function clashesOf(request: KnownRequest, all: readonly KnownRequest[]): readonly TakenTime[] {
  const time = request.role === 'provider' && !request.view.isFinal ? timesIn(request).time : undefined
  if (time === undefined) return []
  const others = all.filter(({ id }) => id !== request.id)
  return among(takenTimes(others), time).toSorted((a, b) => Number(b.isAgreed) - Number(a.isAgreed))
}

const among = (taken: readonly Taken[], slot: Slot): readonly TakenTime[] =>
  taken.flatMap(({ slot: other, ...who }) => (areAtOnce(slot, other) ? [who] : []))

const MINUTE_MS = 60_000

/** One that nobody said the length of takes its first minute. */
function areAtOnce(one: Slot, other: Slot): boolean {
  const [a, b] = [slotTime(one), slotTime(other)]
  if (a === undefined || b === undefined) return false
  const end = (at: number, { minutes = 1 }: Slot) => at + minutes * MINUTE_MS
  return a < end(b, other) && b < end(a, one)
}
