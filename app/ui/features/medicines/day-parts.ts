import { readSchedule, type Schedule, type Step } from '#schema/medicines/schedule.ts'
import type { EntrySummary } from '#schema/record/entry.ts'

export const DAY_PARTS = ['morning', 'noon', 'evening', 'night', 'as-needed', 'other'] as const
export type DayPart = (typeof DAY_PARTS)[number]

/** A medicine as it stands in a part of the day. */
export interface PartLine {
  readonly entry: EntrySummary
  /** What is taken then; absent where no times are known. */
  readonly dose?: { readonly amount: number; readonly unit: string; readonly times: readonly string[] }
}

/** Up to these hours; what is later is of the night. */
const ENDS = [
  ['night', '04:00'],
  ['morning', '11:00'],
  ['noon', '15:00'],
  ['evening', '21:00'],
] as const

function partOf(time: string): DayPart {
  return ENDS.find(([, end]) => time < end)?.[0] ?? 'night'
}

/** What is taken now, by part of the day; a medicine stands in each part in which it is taken. `today`: `2026-03-04`. */
export function byDayPart(
  medicines: readonly EntrySummary[],
  today: string,
): ReadonlyMap<DayPart, readonly PartLine[]> {
  const found = new Map<DayPart, PartLine[]>(DAY_PARTS.map(part => [part, []]))
  for (const entry of medicines) {
    for (const [part, dose] of dosesOf(entry, today)) found.get(part)?.push({ entry, ...(dose && { dose }) })
  }
  return found
}

function dosesOf(entry: EntrySummary, today: string): readonly (readonly [DayPart, PartLine['dose']])[] {
  const schedule = readSchedule(entry.plan?.schedule ?? '')
  const step = schedule.ok ? stepOn(schedule.value, today) : undefined
  if (!schedule.ok || step === undefined) return [['other', undefined]]
  const { unit } = schedule.value
  const { rhythm, dose: amount } = step
  if (rhythm.type === 'as-needed') return [['as-needed', { amount, unit, times: [] }]]
  if (rhythm.type === 'hours' && 24 % rhythm.hours !== 0) return [['other', { amount, unit, times: [] }]]
  const times = rhythm.type === 'times' ? rhythm.times : timesEvery(rhythm.hours, rhythm.first)
  const parts = [...new Set(times.map(partOf))]
  return parts.map(part => [part, { amount, unit, times: times.filter(time => partOf(time) === part) }])
}

function timesEvery(hours: number, first: string): readonly string[] {
  const [hour, minute] = [Number(first.slice(0, 2)), first.slice(3)]
  const all = Array.from({ length: 24 / hours }, (_, turn) => (hour + turn * hours) % 24)
  return all.map(each => `${String(each).padStart(2, '0')}:${minute}`).toSorted()
}

/** The step of the day, else the next one; of a schedule that is over, none. */
function stepOn({ steps }: Schedule, today: string): Step | undefined {
  return steps.find(({ until = today }) => today <= until)
}
