import type { EntrySummary } from '#schema/record/entry.ts'
import type { Facets, TimelineOverview, TimelineQuery } from '../session.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import { facetsOf, filterRows, monthsOf } from './timeline.ts'

/** Answers that are kept until the record moves: a screen asks for many stretches of one query. */
const KEPT = 8

export interface TimelineReader {
  overview(query: TimelineQuery): TimelineOverview
  rows(query: TimelineQuery, from: number, to: number): readonly EntrySummary[]
  facets(): Facets
}

export function makeTimelineReader(index: RecordIndex): TimelineReader {
  const texts = new WeakMap<Row, string>()
  const answers = new Map<string, readonly Row[]>()
  let version = -1

  function answer(query: TimelineQuery): readonly Row[] {
    if (version !== index.version) answers.clear()
    version = index.version
    const key = JSON.stringify([
      query.kinds,
      query.sections,
      query.sources,
      query.from,
      query.to,
      query.isPrivate,
      query.text,
    ])
    const known = answers.get(key) ?? filterRows(index.visible(), query, texts)
    answers.delete(key)
    answers.set(key, known)
    const oldest = answers.keys().next().value
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
    return known
  }

  return {
    overview(query) {
      const rows = answer(query)
      return { total: rows.length, months: monthsOf(rows), version: index.version }
    },
    rows: (query, from, to) =>
      answer(query)
        .slice(from, to)
        .map(row => row.summary),
    facets: () => facetsOf(index.visible()),
  }
}
