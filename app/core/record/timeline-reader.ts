import type { EntrySummary } from '#schema/record/entry.ts'
import type { Facets, TimelineOverview, TimelineQuery } from '../session.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import { facetsOf, filterRows, monthsOf, type SearchTexts } from './timeline.ts'

/** Answers that are kept until the record moves: a screen asks for many stretches of one query. */
const KEPT = 8

export interface TimelineReader {
  overview(query: TimelineQuery): Promise<TimelineOverview>
  rows(query: TimelineQuery, from: number, to: number): Promise<readonly EntrySummary[]>
  facets(): Facets
}

export function makeTimelineReader(index: RecordIndex): TimelineReader {
  const textsOf = makeTexts()
  const answers = new Map<string, readonly Row[]>()
  let version = -1

  async function answer(query: TimelineQuery): Promise<readonly Row[]> {
    const texts = await textsOf(query)
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
      query.words,
    ])
    const known = answers.get(key) ?? filterRows(index.visible(), query, texts)
    answers.delete(key)
    answers.set(key, known)
    const oldest = answers.keys().next().value
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
    return known
  }

  return {
    async overview(query) {
      const rows = await answer(query)
      return { total: rows.length, months: monthsOf(rows), version: index.version }
    },
    async rows(query, from, to) {
      const rows = await answer(query)
      return rows.slice(from, to).map(row => row.summary)
    },
    facets: () => facetsOf(index.visible()),
  }
}

const NOT_SEARCHED: SearchTexts = { known: new WeakMap(), nameOf: () => '', isWanted: () => true }

/** The texts of rows as the screen words them, kept until it words them otherwise. Names of codes, and other words for the same, are loaded with the first search. */
function makeTexts(): (query: TimelineQuery) => Promise<SearchTexts> {
  let made: Pick<SearchTexts, 'known' | 'nameOf'> = NOT_SEARCHED
  let madeFor: string | undefined
  return async ({ text = '', words = {} }) => {
    if (text.trim() === '') return NOT_SEARCHED
    const [{ shownName }, { wantedBy }] = await Promise.all([import('./shown-names.ts'), import('./plain-search.ts')])
    const key = JSON.stringify(words)
    if (key !== madeFor) made = { known: new WeakMap(), nameOf: summary => shownName(summary, words) }
    madeFor = key
    return { ...made, isWanted: wantedBy(text) }
  }
}
