import { type EntryKind, type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'
import type { Facets, TimelineOverview, TimelineQuery } from '../session.ts'
import type { Row } from './row.ts'

function sourceOf({ summary: { source }, writer }: Row): string {
  if (source.type === 'import') return source.importId
  // Somebody who looks after the record may have had several devices in it.
  if (writer?.device !== undefined && source.by !== undefined) return 'id' in source.by ? source.by.id : source.by.type
  return writer?.principal ?? 'self'
}

/** Of all that the row stands for, each once. */
function sourcesOf(row: Row): readonly string[] {
  return row.behind === undefined ? [sourceOf(row)] : [...new Set([row, ...row.behind].map(sourceOf))]
}

function labelOf({ summary: { source } }: Row): string {
  if (source.type === 'import') return source.fileName
  return source.by === undefined || source.by.type === 'you' ? '' : source.by.name
}

/** A date filter leaves undated entries out. */
function isWithin(row: Row, query: TimelineQuery): boolean {
  if (query.from === undefined && query.to === undefined) return true
  const at = row.summary.when?.sortAt
  if (at === undefined) return false
  return at >= (query.from ?? at) && at <= (query.to ?? at)
}

/** Whether a list that asks for no kind has it. */
export const isLoud = ({ summary }: Row): boolean => !QUIET_KINDS.has(summary.kind)

/** Of the rows the places that a text search found. */
export type Found = (place: number) => boolean

/** The rows that a query asks for, in the order given. */
export function filterRows(rows: readonly Row[], query: TimelineQuery, isFound: Found): readonly Row[] {
  const { kinds, sections, sources } = query
  return rows.filter(
    (row, place) =>
      isFound(place) &&
      (kinds === undefined ? isLoud(row) : kinds.includes(row.summary.kind)) &&
      (sections === undefined || sections.includes(row.summary.section)) &&
      (sources === undefined || sourcesOf(row).some(source => sources.includes(source))) &&
      (query.isPrivate === undefined || query.isPrivate === (row.summary.isPrivate === true)) &&
      isWithin(row, query),
  )
}

/** Runs of one month in rows that are in order. */
export function monthsOf(rows: readonly Row[]): TimelineOverview['months'] {
  const months: { month: string; start: number; count: number }[] = []
  for (const [start, row] of rows.entries()) {
    const last = months.at(-1)
    if (last !== undefined && last.month === row.month) last.count++
    else months.push({ month: row.month, start, count: 1 })
  }
  return months
}

function countBy<Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return counts
}

function countBySources(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) for (const source of sourcesOf(row)) counts.set(source, (counts.get(source) ?? 0) + 1)
  return counts
}

/** Most frequent first; sections in their own order. */
export function facetsOf(visible: readonly Row[]): Facets {
  const rows = visible.filter(isLoud)
  const all = rows.flatMap(row => [row, ...(row.behind ?? [])])
  const first = new Map(all.toReversed().map(row => [sourceOf(row), row]))
  const kinds = [...countBy<EntryKind>(visible, row => row.summary.kind)].map(([kind, count]) => ({ kind, count }))
  const sources = [...countBySources(rows)].map(([source, count]) => {
    const row = first.get(source)
    const by = row?.summary.source.type === 'self' ? row.summary.source.by : undefined
    return { source, label: row === undefined ? '' : labelOf(row), count, ...(by === undefined ? {} : { by }) }
  })
  const privates = countBy(
    rows.filter(row => row.summary.isPrivate),
    row => row.summary.section,
  )
  const years = new Set(rows.flatMap(row => (row.month === '' ? [] : Number(row.month.slice(0, 4)))))
  return {
    kinds: kinds.sort((a, b) => b.count - a.count),
    sections: sectionCounts(rows).map(each => ({ ...each, privateCount: privates.get(each.section) ?? 0 })),
    sources: sources.sort((a, b) => b.count - a.count),
    years: [...years].sort((a, b) => b - a),
  }
}

/** Where people look for it: a document that was added at an entry lies in that one's section. */
export const shownIn = ({ kind, section }: EntrySummary): Section => (kind === 'document' ? 'documents' : section)

/** By the section that they lie in, or by another word of theirs. */
export function sectionCounts(
  rows: readonly Row[],
  sectionOf: (summary: EntrySummary) => Section = summary => summary.section,
): readonly { readonly section: Section; readonly count: number }[] {
  const counts = countBy(rows, row => sectionOf(row.summary))
  return SECTIONS.flatMap(section => {
    const count = counts.get(section)
    return count === undefined ? [] : [{ section, count }]
  })
}
