/** Days as written, `2026-03-04`, both included; an open end reaches as far as there is anything. */
export interface Period {
  readonly from?: string
  readonly to?: string
}

export const PERIODS = ['week', 'month', 'quarter', 'year', 'all', 'own'] as const
export type PeriodName = (typeof PERIODS)[number]

const DAYS: Readonly<Partial<Record<PeriodName, number>>> = { week: 7, month: 30, quarter: 91, year: 365 }

const DAY_MS = 86_400_000

/** Days of the calendar have no clock: they are counted in UTC, where none is longer than another. */
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** The day so many days after `day`; undefined when no calendar has `day`. */
export function dayAfter(day: string, count: number): string | undefined {
  const number = dayNumber(day) + count
  return Number.isNaN(number) || Math.abs(number) > 1e7
    ? undefined
    : new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** How many days a period with both ends has; undefined for an open one or one that ends before it begins. */
export function daysIn({ from, to }: Period): number | undefined {
  if (from === undefined || to === undefined) return undefined
  const count = dayNumber(to) - dayNumber(from) + 1
  return count >= 1 ? count : undefined
}

/** The period of this name that ends with `today`; `own` is what was chosen. */
export function periodOf(name: PeriodName, today: string, own: Period): Period {
  if (name === 'own') return own
  const days = DAYS[name]
  const from = days === undefined ? undefined : dayAfter(today, 1 - days)
  return from === undefined ? {} : { from, to: today }
}

/** As many days, just before; undefined for an open one. */
export function periodBefore(period: Period): Period | undefined {
  const days = daysIn(period)
  if (days === undefined || period.from === undefined) return undefined
  const [from, to] = [dayAfter(period.from, -days), dayAfter(period.from, -1)]
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** The least period that both lie in. */
export function spanning(one: Period, other: Period): Period {
  const from = one.from === undefined || other.from === undefined ? undefined : [one.from, other.from].toSorted()[0]
  const to = one.to === undefined || other.to === undefined ? undefined : [one.to, other.to].toSorted()[1]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Whether some day lies in both. */
export function shareDays(one: Period, other: Period): boolean {
  const reaches = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined || from <= to
  return [one, other].every(from => [one, other].every(to => reaches(from.from, to.to)))
}

/** Whether what was taken on `day`, by the clock on the wall there, lies in it. */
export function isIn({ from, to }: Period, day: string): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}
