/** One record of a table, with the line it begins in, from 1, and where the next begins. */
export interface TableRecord {
  readonly cells: readonly string[]
  readonly line: number
  readonly end: number
}

export type Separator = ',' | ';' | '\t' | '|'
const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']

/** A quoted cell that is longer was never closed. */
const MAX_QUOTED_CHARS = 100_000

/**
 * The records of a table by RFC 4180, and of those who write it otherwise: any separator, lines ending in LF, CRLF or CR, quotes that
 * are never closed (the line is then taken as it stands, so one stray quote costs no more than itself). Total.
 */
export function* readRecords(text: string, separator: Separator, from = 0): Generator<TableRecord, void> {
  const lineEnd = lineEndOf(text)
  let line = 1
  for (let start = from; start < text.length; ) {
    const next = text.indexOf(lineEnd, start)
    const stop = next === -1 ? text.length : next
    const plain = text.slice(start, stop)
    const quoted = plain.includes('"') ? readQuoted(text, start, separator, lineEnd) : undefined
    const end = quoted?.end ?? stop + 1
    const cells = quoted?.cells ?? plain.replace(/\r$/, '').split(separator)
    yield { cells: cells.map(trimmed), line, end }
    line += quoted === undefined ? 1 : quoted.lines
    start = end
  }
}

const trimmed = (cell: string) => cell.trim()

/** Old Macintosh files end their lines in CR alone. */
function lineEndOf(text: string): '\n' | '\r' {
  const start = text.slice(0, 100_000)
  return !start.includes('\n') && start.includes('\r') ? '\r' : '\n'
}

interface Quoted {
  readonly cells: readonly string[]
  readonly end: number
  readonly lines: number
}

/** Undefined where a quote is opened and never closed. */
function readQuoted(text: string, start: number, separator: Separator, lineEnd: string): Quoted | undefined {
  const cells: string[] = []
  let lines = 1
  for (let at = start; ; ) {
    const cell = text[at] === '"' ? readCell(text, at) : { value: '', end: at }
    if (cell === undefined) return undefined
    // What stands behind a closed quote, and all of a cell without one, is taken as it is.
    let end = cell.end
    while (end < text.length && text[end] !== separator && text[end] !== lineEnd) end += 1
    const value = cell.value + text.slice(cell.end, end).replace(/\r$/, '')
    lines += countOf(cell.value, lineEnd)
    cells.push(value)
    if (text[end] !== separator) return { cells, end: end + 1, lines }
    at = end + 1
  }
}

function readCell(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  let value = ''
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from)
    if (quote === -1 || quote - start > MAX_QUOTED_CHARS) return undefined
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1 }
    value += '"'
    from = quote + 2
  }
}

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) count += 1
  return count
}

/** How much of a table is looked at to find out what separates its cells, and where it begins. */
const LOOKED_CHARS = 60_000
const LOOKED_RECORDS = 60

interface FirstRecords {
  readonly separator: Separator
  readonly records: readonly TableRecord[]
  /** Cells that most have, and how many records those are. */
  readonly width: number
  readonly count: number
}

/** A table's first records, cut with what makes the most of them equally wide; undefined where nothing does: it is no table. */
export function firstRecords(text: string): FirstRecords | undefined {
  const start = text.slice(0, LOOKED_CHARS)
  const said = /^sep=([,;\t|])\r?\n/i.exec(start)
  const tried = SEPARATORS.filter(separator => said === null || said[1] === separator).map(separator => {
    const records = said === null ? [] : [{ cells: [said[0]], line: 1, end: said[0].length }]
    for (const record of readRecords(start, separator, said?.[0].length ?? 0)) {
      records.push({ ...record, line: record.line + (said === null ? 0 : 1), cells: [...record.cells] })
      if (records.length === LOOKED_RECORDS) break
    }
    // The last one may have been cut off.
    if (text.length > LOOKED_CHARS && records.length < LOOKED_RECORDS) records.pop()
    return { separator, records, ...commonWidth(records) }
  })
  const [best] = tried.filter(({ width }) => width > 1).toSorted((a, b) => b.count - a.count || b.width - a.width)
  return best
}

/** How many cells most records have, and how many records those are. */
function commonWidth(records: readonly { readonly cells: readonly string[] }[]) {
  const counts = new Map<number, number>()
  for (const { cells } of records) {
    if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  }
  const [width = 1, count = 0] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  return { width, count }
}
