import { dueDoses } from '#schema/medicines/due.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { wallAt } from '#schema/zone.ts'
import { doseEventOf, type ScheduledMedicine } from './medicine-day.ts'

/**
 * How a day went. `none`: nothing was due and nothing taken. `unknown`: before the first dose that was written down. `open`: of today or
 * later, and not all answered yet.
 */
export type DayMark = 'none' | 'unknown' | 'open' | 'taken' | 'part' | 'left-out' | 'missing'

export interface DayOfMedicine {
  /** `2026-03-04`. */
  readonly day: string
  readonly mark: DayMark
  readonly due: number
  /** Taken, those that no schedule asked for included. */
  readonly taken: number
  readonly leftOut: number
}

/** Each day of a month (`2026-03`), by what was due and what was written down. */
export function monthOfMedicine(
  medicine: ScheduledMedicine,
  month: string,
  now: Instant,
  zone: string,
): readonly DayOfMedicine[] {
  const days = daysOf(month)
  const due = dueDoses(medicine.schedule, days[0] ?? '', days.at(-1) ?? '', zone)
  const written = medicine.doses.flatMap(dose => {
    const event = doseEventOf(dose)
    const day = event?.due?.slice(0, 10) ?? dayOf(dose, zone)
    return event === undefined || day === undefined ? [] : [{ day, state: event.state }]
  })
  const first = written.map(({ day }) => day).toSorted()[0]
  const today = wallAt(now, zone).slice(0, 10)
  return days.map(day => {
    const count = due.filter(({ wall }) => wall.startsWith(day)).length
    const ofDay = written.filter(each => each.day === day)
    const taken = ofDay.filter(({ state }) => state === 'taken').length
    const leftOut = ofDay.length - taken
    return { day, due: count, taken, leftOut, mark: markOf({ due: count, taken, leftOut }, { day, today, first }) }
  })
}

const dayOf = ({ when }: EntrySummary, zone: string) =>
  when === undefined ? undefined : wallAt(when.sortAt, zone).slice(0, 10)

function daysOf(month: string): readonly string[] {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}

function markOf(
  { due, taken, leftOut }: Pick<DayOfMedicine, 'due' | 'taken' | 'leftOut'>,
  { day, today, first }: { readonly day: string; readonly today: string; readonly first: string | undefined },
): DayMark {
  if (due === 0) return taken > 0 ? 'taken' : 'none'
  if (taken >= due) return 'taken'
  if (taken + leftOut >= due) return taken > 0 ? 'part' : 'left-out'
  if (day >= today) return 'open'
  if (first === undefined || day < first) return 'unknown'
  return taken > 0 ? 'part' : 'missing'
}
