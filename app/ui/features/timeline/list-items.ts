import type { TimelineOverview } from '#app/core/session.ts'

export type Month = TimelineOverview['months'][number]

/** Where a place in the list (headings and rows in one count) lies. */
export interface Place {
  readonly monthIndex: number
  /** -1 is the month's heading, 0 its first row. */
  readonly rowInMonth: number
}

/** Every month is one heading and its rows: heading of month m stands at `months[m].start + m`. */
export const headingPlace = (months: readonly Month[], monthIndex: number) =>
  (months[monthIndex]?.start ?? 0) + monthIndex

/** Binary search: the list has tens of thousands of places and this is asked for each one drawn. */
export function placeOf(months: readonly Month[], index: number): Place {
  let low = 0
  let high = months.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (headingPlace(months, middle) <= index) low = middle
    else high = middle - 1
  }
  return { monthIndex: low, rowInMonth: index - headingPlace(months, low) - 1 }
}

/** The row at a place, counted without headings; a heading counts as the row after it. */
export function rowAt(months: readonly Month[], place: number): number {
  const { monthIndex, rowInMonth } = placeOf(months, place)
  return (months[monthIndex]?.start ?? 0) + Math.max(rowInMonth, 0)
}

/** Where to begin so that a row is seen: at its month's heading if it is the first there. */
export function placeOfRow(months: readonly Month[], row: number): number {
  const monthIndex = Math.max(
    0,
    months.findLastIndex(({ start }) => start <= row),
  )
  const rowInMonth = row - (months[monthIndex]?.start ?? 0)
  return headingPlace(months, monthIndex) + (rowInMonth === 0 ? 0 : rowInMonth + 1)
}

/** Places of one month that are drawn. */
export interface MonthPlaces {
  readonly hasHeading: boolean
  /** Places of its rows in the whole list. */
  readonly rows: readonly number[]
}

/** The drawn places, month by month. They need not be neighbours: the focused row stays drawn wherever it is. */
export function byMonth(months: readonly Month[], places: readonly number[]): ReadonlyMap<number, MonthPlaces> {
  const groups = new Map<number, { hasHeading: boolean; rows: number[] }>()
  for (const place of places) {
    const { monthIndex, rowInMonth } = placeOf(months, place)
    const group = groups.get(monthIndex) ?? { hasHeading: false, rows: [] }
    if (rowInMonth < 0) group.hasHeading = true
    else group.rows.push(place)
    groups.set(monthIndex, group)
  }
  return groups
}
