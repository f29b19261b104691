import type { Slot } from '#app/core/home/free-slots.ts'
import { parseTaken } from '../../record/fhir-date.ts'
import { parseTypedNumber } from '../../record/typed-number.ts'

const MAX_MINUTES = 1440

/** A time that is being typed. */
export interface SlotDraft {
  readonly key: number
  readonly date: string
  readonly time: string
}

export const isEmptySlot = ({ date, time }: SlotDraft) => date === '' && time === ''

export const isWholeSlot = (slot: SlotDraft) => parseTaken(slot) !== undefined

/** Undefined where it is no length; nothing where nothing was typed. */
export function minutesOf(text: string): { readonly minutes?: number } | undefined {
  if (text.trim() === '') return {}
  const minutes = parseTypedNumber(text)
  return minutes !== undefined && Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES
    ? { minutes }
    : undefined
}

/** The times that were typed; undefined while one of them is half there, or its length is none. */
export function slotsOf(drafts: readonly SlotDraft[], minutesText: string) {
  const [length, whole] = [minutesOf(minutesText), drafts.filter(one => !isEmptySlot(one))]
  const times = whole.flatMap(one => parseTaken(one) ?? [])
  if (length === undefined || times.length < whole.length) return undefined
  return times.map(startsAt => ({ startsAt, ...length }))
}

/** The nearest first, none twice. */
export function inOrder(slots: readonly Slot[]): readonly Slot[] {
  const byTime = new Map(slots.map(slot => [Date.parse(slot.startsAt), slot]))
  return [...byTime].toSorted(([a], [b]) => a - b).map(([, slot]) => slot)
}
