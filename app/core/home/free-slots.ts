import type { Instant } from '#schema/instant.ts'
import { parseWhen } from '#schema/record/when.ts'

/** A time that somebody has to offer. */
export interface Slot {
  /** FHIR dateTime with time and zone. */
  readonly startsAt: string
  /** Whole ones. */
  readonly minutes?: number
}

/** By when it begins, how many minutes it lasts, 0 where nobody said; so that what two devices publish unites. */
export type FreeSlotsDocument = Record<string, number>

const MAX_FREE_SLOTS = 1000
const MAX_MINUTES = 1440

export function slotTime({ startsAt }: Slot): number | undefined {
  const when = startsAt.includes('T') ? parseWhen(startsAt) : undefined
  return when?.ok === true ? when.value.sortAt : undefined
}

/** Those that are still to come, the nearest first. */
export function readFreeSlots(doc: Readonly<Record<string, unknown>>, now: Instant): readonly Slot[] {
  const slots = Object.entries(doc).flatMap(([startsAt, minutes]): Slot[] => {
    if (!isLength(minutes) || !isComing({ startsAt }, now)) return []
    return [minutes === 0 ? { startsAt } : { startsAt, minutes }]
  })
  return slots.toSorted((a, b) => slotTime(a)! - slotTime(b)!).slice(0, MAX_FREE_SLOTS)
}

const isLength = (minutes: unknown): minutes is number =>
  Number.isInteger(minutes) && Number(minutes) >= 0 && Number(minutes) <= MAX_MINUTES

const isComing = (slot: Slot, now: Instant) => (slotTime(slot) ?? 0) > now

export const areFreeSlots = (slots: readonly Slot[]): boolean =>
  slots.length <= MAX_FREE_SLOTS &&
  slots.every(slot => slotTime(slot) !== undefined && isLength(slot.minutes ?? 0) && slot.minutes !== 0)

/** What is past goes: nobody offers it any more. */
export function writeFreeSlots(doc: FreeSlotsDocument, slots: readonly Slot[], now: Instant): void {
  for (const startsAt of Object.keys(doc)) if (!isComing({ startsAt }, now)) delete doc[startsAt]
  for (const { startsAt, minutes = 0 } of slots) doc[startsAt] = minutes
}
