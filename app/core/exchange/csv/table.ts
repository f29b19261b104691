import { toHex, utf8 } from '#schema/bytes.ts'
import { hash } from '#crypto/hash.ts'
import { fold } from '../../record/row.ts'
import { columnOf, isKnownHeading, isMeasure } from './heading.ts'
import { isEmptyCell, plainCell, readNumber } from './read-cell.ts'
import { firstRecords, type Separator, type TableRecord } from './read-records.ts'
import { ordersOf, readTime } from './read-time.ts'

/** Where a table lies in a text and how its cells are cut. */
export interface Table {
  readonly separator: Separator
  /** As wide as the table; empty names where it has no heading. */
  readonly header: readonly string[]
  /** Where its first row begins, and in which line. */
  readonly from: number
  readonly firstLine: number
}

/** Nobody's meter has more. */
const MAX_COLUMNS = 200

/**
 * The table in a text; undefined where there is none: nothing separates cells alike, or no row holds a number or a date. Lines that
 * meters write before the heading are passed over.
 */
export function tableIn(text: string): Table | undefined {
  const first = firstRecords(text)
  if (first === undefined || first.width > MAX_COLUMNS) return undefined
  const { separator, records, width } = first
  const index = headerIndex(records, width)
  const header = records[index]
  if (header === undefined) {
    // A letter has a bar or two in some line.
    const lines = records.filter(({ cells }) => !cells.every(isEmptyCell))
    if (first.count * 2 < lines.length) return undefined
    const row = records.find(({ cells }) => cells.length === width && looksLikeData(cells))
    if (row === undefined) return undefined
    const from = row.end === records[0]?.end ? 0 : (records[records.indexOf(row) - 1]?.end ?? 0)
    return { separator, header: Array.from({ length: width }, () => ''), from, firstLine: row.line }
  }
  const isTable = records.slice(index + 1).some(({ cells }) => cells.length > 1 && looksLikeData(cells))
  const isAlone = records.length === index + 1 && isHeading(header.cells)
  if (!isTable && !isAlone) return undefined
  const next = records[index + 1]
  return { separator, header: header.cells, from: header.end, firstLine: next?.line ?? header.line + 1 }
}

/** The record that names when and what; else the first as wide as most, if its cells are words and the next is data. */
function headerIndex(records: readonly TableRecord[], width: number): number {
  const named = records.findIndex(({ cells }) => isHeading(cells))
  if (named !== -1) return named
  return records.findIndex(({ cells }, index) => {
    const next = records[index + 1]
    return cells.length === width && !looksLikeData(cells) && next !== undefined && looksLikeData(next.cells)
  })
}

function isHeading(cells: readonly string[]): boolean {
  if (cells.filter(isKnownHeading).length < 2) return false
  const uses = cells.flatMap(cell => columnOf(cell)?.use ?? [])
  const hasTime = uses.some(use => use === 'when' || use === 'date')
  return hasTime && uses.some(use => isMeasure(use) || use === 'value' || use === 'pressure' || use === 'what')
}

function looksLikeData(cells: readonly string[]): boolean {
  return cells.map(plainCell).some(cell => isDate(cell) || isNumber(cell))
}

const isNumber = (cell: string) => readNumber(cell, '.') !== undefined || readNumber(cell, ',') !== undefined
const isDate = (cell: string) => /\d/.test(cell) && (readTime(cell, undefined).ok || ordersOf(cell) !== undefined)

/**
 * The same for tables with the same heading, whatever is in them: 24 hex digits. Of a table without one, its width.
 */
export function fingerprintOf({ header, separator }: Table): string {
  const names = header.map(name => fold(plainCell(name)).replace(/\s+/g, ' '))
  const isNamed = names.some(name => !isEmptyCell(name))
  const text = isNamed ? names.join('\n') : `${separator}${names.length}`
  return toHex(hash(utf8(`wellkeep table\n${text}`)).subarray(0, 12))
}
