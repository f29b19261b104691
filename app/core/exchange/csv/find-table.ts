import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import type { TableLook, TableMapping } from '../../table-session.ts'
import { fhirText } from '../cda/fhir-json.ts'
import type { Finding, Pause } from '../find-resources.ts'
import { doubtsOf, hasDateOrder, hasOpenZone, peopleIn, proposeMapping } from './propose-mapping.ts'
import { isEmptyCell } from './read-cell.ts'
import { RowReader } from './row-resources.ts'
import { fingerprintOf, type Table } from './table.ts'
import { type Evidence, evidenceOf, MAX_ROWS } from './table-evidence.ts'
import { tableRows } from './table-rows.ts'

/** What a table is read with. */
export interface TableContext {
  /** IANA name of where this machine is. Asked when it is needed: a browser takes long to tell. */
  zone(): string
  /** What the person answered to `needs-columns`. */
  readonly answer?: TableMapping
  /** What they said of an earlier table with this heading. */
  remembered(fingerprint: string): TableMapping | undefined
}

const SHOWN_ROWS = 5
/** Of a cell, for the message that says why it is of no use. */
const SHOWN_CHARS = 60
const shown = (cell: string) => cell.slice(0, SHOWN_CHARS)

/**
 * Finds the measurements in a table. `needs-columns` where its headings, units or dates could mean more than one thing and the person
 * did not say yet which; nothing is guessed.
 */
export async function findInTable(
  text: string,
  table: Table,
  finding: Finding,
  how: { readonly context: TableContext; readonly isGuessedText: boolean; readonly pause: Pause },
): Promise<Result<void, ImportFailure>> {
  finding.format = 'table'
  const evidence = await evidenceOf(text, table, how.pause)
  if (evidence === 'cancelled') return fail({ kind: 'cancelled' })
  if (evidence === 'too-many') return fail({ kind: 'too-many-rows', max: MAX_ROWS })
  const look = lookAt(text, table, evidence, how)
  finding.table = look
  if (look.doubts.length > 0) return fail({ kind: 'needs-columns', table: look })
  const done = await readRows(text, table, finding, { mapping: look.mapping, pause: how.pause })
  return done ? ok(undefined) : fail({ kind: 'cancelled' })
}

function lookAt(
  text: string,
  table: Table,
  evidence: Evidence,
  { context, isGuessedText }: { readonly context: TableContext; readonly isGuessedText: boolean },
): TableLook {
  const fingerprint = fingerprintOf(table)
  const said = context.answer ?? context.remembered(fingerprint)
  const fits = said?.columns.length === table.header.length ? said : undefined
  const { mapping, doubts } =
    fits === undefined
      ? proposeMapping(table, evidence, context.zone())
      : { mapping: fits, doubts: doubtsOf(fits, evidence) }
  return {
    fingerprint,
    header: table.header,
    rows: firstRows(text, table),
    mapping,
    doubts,
    people: peopleIn(mapping.columns, evidence),
    hasDateOrder: hasDateOrder(mapping.columns, evidence),
    hasOpenZone: hasOpenZone(mapping.columns, evidence),
    isRemembered: fits !== undefined && context.answer === undefined,
    isGuessedText,
  }
}

function firstRows(text: string, table: Table): readonly (readonly string[])[] {
  const { header } = table
  const rows: string[][] = []
  for (const { cells, isHeading } of tableRows(text, table)) {
    if (isHeading) break
    if (cells.some(cell => !isEmptyCell(cell))) rows.push(header.map((_, index) => shown(cells[index] ?? '')))
    if (rows.length === SHOWN_ROWS) break
  }
  return rows
}

async function readRows(
  text: string,
  table: Table,
  finding: Finding,
  { mapping, pause }: { readonly mapping: TableMapping; readonly pause: Pause },
): Promise<boolean> {
  const reader = new RowReader(table.header, mapping)
  let count = 0
  for (const { cells, line, end, isHeading } of tableRows(text, table)) {
    count += 1
    if (count % 16 === 0 && !(await pause((text.length + end) / 2))) return false
    if (cells.every(isEmptyCell)) continue
    const place = String(table.firstLine + line - 1)
    if (isHeading) {
      finding.unusable.push({ reason: 'row-another-table', example: `${place}: ${shown(cells.join(' · '))}` })
      break
    }
    const { resources, unusable } = reader.read(cells)
    for (const { reason, cell } of unusable) finding.unusable.push({ reason, example: `${place}: ${shown(cell)}` })
    for (const { id, resource, remarks } of resources) {
      const written = fhirText(resource)
      // Engines keep a text that was put together in its pieces until it is searched: here those are five times its size.
      if (written === undefined || !written.startsWith('{')) continue
      // Nothing refers to a row: its resource is not noted, which would keep each a second time.
      finding.found.push({ text: written, fullUrl: `urn:uuid:${id}`, place, remarks })
    }
  }
  return true
}
