import { type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import { type Column, cellOf } from '../report/columns.ts'
import type { EntryFacts } from '../report/entry-facts.ts'
import type { OutWords } from '../report/out-words.ts'

export const TABLES = [
  'blood-pressure',
  'weight',
  'results',
  'medicines',
  'allergies',
  'problems',
  'immunizations',
  'all',
] as const
export type TableName = (typeof TABLES)[number]

interface Table {
  readonly columns: readonly Column[]
  readonly holds: (summary: EntrySummary) => boolean
}

const inSections =
  (...sections: readonly EntrySummary['section'][]) =>
  ({ kind, section }: EntrySummary) =>
    kind !== 'statement' && !QUIET_KINDS.has(kind) && sections.includes(section)

const TABLE: Readonly<Record<TableName, Table>> = {
  'blood-pressure': {
    columns: ['when', 'systolic', 'diastolic', 'unit', 'pulse', 'arm', 'posture', 'note', 'source'],
    holds: ({ kind }) => kind === 'blood-pressure',
  },
  weight: { columns: ['when', 'value', 'unit', 'note', 'source'], holds: ({ kind }) => kind === 'weight' },
  results: {
    columns: ['what', 'value', 'unit', 'range', 'flag', 'when', 'note', 'source', 'codes'],
    holds: inSections('results'),
  },
  medicines: {
    columns: ['what', 'directions', 'reason', 'status', 'when', 'until', 'note', 'source', 'codes'],
    holds: inSections('medicines'),
  },
  allergies: {
    columns: ['what', 'reaction', 'severity', 'status', 'when', 'note', 'source', 'codes'],
    holds: inSections('allergies'),
  },
  problems: {
    columns: ['what', 'status', 'severity', 'when', 'until', 'note', 'source', 'codes'],
    holds: inSections('problems', 'past-problems'),
  },
  immunizations: {
    columns: ['what', 'when', 'value', 'status', 'note', 'source', 'codes'],
    holds: inSections('immunizations'),
  },
  all: {
    columns: [
      'section',
      'kind',
      'what',
      'value',
      'unit',
      'range',
      'flag',
      'reaction',
      'severity',
      'directions',
      'reason',
      'when',
      'until',
      'status',
      'note',
      'source',
      'codes',
    ],
    holds: () => true,
  },
}

export function isInTable(table: TableName, summary: EntrySummary): boolean {
  return TABLE[table].holds(summary)
}

/**
 * A table as CSV (RFC 4180), newest first as given: a header in the words of the page, comma, CRLF, UTF-8. It begins with a byte order
 * mark: without one, Excel reads UTF-8 as the system's old code page, and every accent is lost; programs that read CSV know the mark.
 * A cell that a spreadsheet would take for a formula has an apostrophe before it, as it would be typed.
 */
export function* writeCsv(table: TableName, entries: Iterable<EntryFacts>, words: OutWords): Generator<string> {
  const { columns } = TABLE[table]
  yield `\uFEFF${lineOf(columns.map(column => words.columns[column]))}`
  for (const facts of entries) yield lineOf(columns.map(column => cellOf(column, facts, words)))
}

const lineOf = (cells: readonly string[]) => `${cells.map(cellText).join(',')}\r\n`

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i

/** https://owasp.org/www-community/attacks/CSV_Injection: what begins so is run by some program, also in its wide form. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

function cellText(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
