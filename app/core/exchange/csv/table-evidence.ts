import type { DateOrder } from '../../table-session.ts'
import type { Pause } from '../find-resources.ts'
import { isEmptyCell, plainCell, readNumber } from './read-cell.ts'
import { ordersOf, readClock, readTime } from './read-time.ts'
import type { Table } from './table.ts'
import { tableRows } from './table-rows.ts'

/** What stands in a column, counted over all rows. */
export interface ColumnEvidence {
  filled: number
  numbers: number
  /** `128/82`. */
  pairs: number
  dates: number
  clocks: number
  /** Dates that have a time with them, and times without a zone. */
  timed: number
  openZones: number
  /** Decimal commas and points that can be nothing else; commas that may also stand between thousands. */
  commas: number
  points: number
  unclear: number
  /** Orders that all numeric dates allow; undefined where there are none. */
  orders: ReadonlySet<DateOrder> | undefined
  /** Up to `MAX_VALUES` different texts. */
  readonly values: Set<string>
}

const MAX_VALUES = 30

/** More rows are refused: each becomes an entry of its own. */
export const MAX_ROWS = 50_000

export type Evidence = readonly ColumnEvidence[]

const none = (): ColumnEvidence => ({
  filled: 0,
  numbers: 0,
  pairs: 0,
  dates: 0,
  clocks: 0,
  timed: 0,
  openZones: 0,
  commas: 0,
  points: 0,
  unclear: 0,
  orders: undefined,
  values: new Set(),
})

/** Looks at every row once. `too-many` past `MAX_ROWS`. */
export async function evidenceOf(
  text: string,
  table: Table,
  pause: Pause,
): Promise<Evidence | 'too-many' | 'cancelled'> {
  const columns = table.header.map(none)
  let rows = 0
  for (const { cells, end, isHeading } of tableRows(text, table)) {
    if (isHeading) break
    rows += 1
    if (rows > MAX_ROWS) return 'too-many'
    for (const [index, evidence] of columns.entries()) {
      const cell = cells[index]
      if (cell !== undefined && !isEmptyCell(cell)) note(evidence, cell)
    }
    if (rows % 64 === 0 && !(await pause(end / 2))) return 'cancelled'
  }
  return columns
}

function note(evidence: ColumnEvidence, cell: string): void {
  evidence.filled += 1
  if (evidence.values.size < MAX_VALUES) evidence.values.add(cell)
  if (!/\p{Nd}/u.test(cell)) return
  const plain = plainCell(cell)
  if (/^[<>≤≥=\s]*[+-]?[\d.,٫'’ ]*\d(?:\s*[^\d\s/:.,-][^\d]{0,12})?$/.test(plain)) noteNumber(evidence, plain)
  else if (/^\d{2,3}\s?\/\s?\d{2,3}$/.test(plain)) evidence.pairs += 1
  noteTime(evidence, plain)
}

function noteNumber(evidence: ColumnEvidence, cell: string): void {
  if (readNumber(cell, '.') === undefined && readNumber(cell, ',') === undefined) return
  evidence.numbers += 1
  if (/\d,\d{3}(?!\d)/.test(cell) && !/\.\d/.test(cell)) evidence.unclear += 1
  else if (/[,٫]\d+\s*\D*$/.test(cell)) evidence.commas += 1
  else if (/\.\d+\s*\D*$/.test(cell)) evidence.points += 1
}

function noteTime(evidence: ColumnEvidence, cell: string): void {
  if (cell.length > 60) return
  if (readClock(cell) !== undefined) {
    evidence.clocks += 1
    if (readClock(cell)?.zone === undefined) evidence.openZones += 1
    return
  }
  const orders = ordersOf(cell)
  const read = readTime(cell, orders?.[0])
  if (orders === undefined && !read.ok) return
  evidence.dates += 1
  if (read.ok && read.value.time !== undefined) {
    evidence.timed += 1
    if (read.value.zone === undefined) evidence.openZones += 1
  }
  if (orders === undefined) return
  const before = evidence.orders
  evidence.orders = new Set(before === undefined ? orders : orders.filter(order => before.has(order)))
}
