import { fold } from '../../record/row.ts'
import { columnOf } from './heading.ts'
import { readRecords, type TableRecord } from './read-records.ts'
import { readClock, readTime } from './read-time.ts'
import type { Table } from './table.ts'

/** A record of a table. `isHeading`: another table's heading, in the same file; it is the last that is given. */
interface TableRow extends TableRecord {
  readonly isHeading: boolean
}

/**
 * The rows of a table, up to where another begins in the same file: some apps save weights, glucose and temperatures one below the
 * other, each under its title, and a glucose of 80 must not become a weight of 80 kg.
 */
export function* tableRows(text: string, { separator, header, from }: Table): Generator<TableRow, void> {
  const time = header.findIndex(isTime)
  const isUnderDays = columnOf(header[time] ?? '')?.use === 'time' && !header.some(isDay)
  let day: string | undefined
  let title: TableRow | undefined
  for (const read of readRecords(text, separator, from)) {
    const alone = isUnderDays ? dayAlone(read.cells, time) : undefined
    if (alone !== undefined) {
      day = alone
      continue
    }
    const record = day === undefined ? read : { ...read, cells: onDay(read.cells, time, day) }
    const isHeading = time !== -1 && isOtherHeading(record.cells, header, time)
    const row = { ...record, isHeading }
    if (title !== undefined && !isHeading) yield title
    title = record.cells.length === 1 && record.cells[0] !== '' ? row : undefined
    if (title === undefined) yield row
    if (isHeading) return
  }
  if (title !== undefined) yield title
}

/** Garmin Connect writes each day once, in a row of its own, and below it the times of that day. */
function dayAlone(cells: readonly string[], time: number): string | undefined {
  const cell = cells[time] ?? ''
  if (cell === '' || cells.some((each, index) => index !== time && each !== '')) return undefined
  return readClock(cell) === undefined && readTime(cell, 'day-first').ok ? cell : undefined
}

const onDay = (cells: readonly string[], time: number, day: string) =>
  cells.map((cell, index) => (index === time && readClock(cell) !== undefined ? `${day} ${cell}` : cell))

function isDay(heading: string): boolean {
  const use = columnOf(heading)?.use
  return use === 'when' || use === 'date'
}

function isTime(heading: string): boolean {
  const use = columnOf(heading)?.use
  return use === 'when' || use === 'date' || use === 'time'
}

/** Where a row has its date stands a word that means "date", and it is not the same heading once more. */
function isOtherHeading(cells: readonly string[], header: readonly string[], time: number): boolean {
  const cell = cells[time] ?? ''
  if (cell === '' || /\d/.test(cell) || !isTime(cell)) return false
  return cells.length !== header.length || cells.some((each, index) => fold(each) !== fold(header[index] ?? ''))
}
