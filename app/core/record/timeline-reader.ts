import type { EntrySummary } from '#schema/record/entry.ts'
import type { Facets, TimelineOverview, TimelineQuery } from '../session.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import type { SearchIndex } from './search-index.ts'
import { facetsOf, filterRows, type Found, monthsOf } from './timeline.ts'

/** Answers that are kept until the record moves: a screen asks for many stretches of one query. */
const KEPT = 8

export interface TimelineReader {
  overview(query: TimelineQuery): Promise<TimelineOverview>
  rows(query: TimelineQuery, from: number, to: number): Promise<readonly EntrySummary[]>
  facets(): Facets
}

export function makeTimelineReader(index: RecordIndex): TimelineReader {
  const search = makeSearch(index)
  const answers = new Map<string, readonly Row[]>()
  let version = -1

  async function answer(query: TimelineQuery): Promise<readonly Row[]> {
    const isFound = await search.find(query)
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
    const known = answers.get(key) ?? filterRows(index.visible(), query, isFound)
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
    facets() {
      search.prepare()
      return facetsOf(index.visible())
    },
  }
}

/** Who asks what there is to narrow by has a search box before them: what it needs is made once that was answered. */
const PREPARE_MS = 200

/** Names of codes, and other words for the same, are loaded with the first search. */
function makeSearch(index: RecordIndex) {
  let made: SearchIndex | undefined
  let named: { readonly key: string; readonly alike: SearchIndex['alike'] } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = () => Promise.all([import('./shown-names.ts'), import('./search-index.ts')])

  async function current(): Promise<SearchIndex> {
    const [, { makeSearchIndex }] = await load()
    const visible = index.visible()
    if (made?.visible === visible) return made
    named = undefined
    return (made = makeSearchIndex(visible))
  }

  return {
    prepare(): void {
      timer ??= setTimeout(() => {
        timer = undefined
        void current()
      }, PREPARE_MS)
    },
    async find({ text = '', words = {} }: TimelineQuery): Promise<Found> {
      if (text.trim() === '') return () => true
      const [{ shownName }, { findPlaces, namedRows }] = await load()
      const texts = await current()
      const key = JSON.stringify(words)
      if (named?.key !== key) named = { key, alike: namedRows(texts, summary => shownName(summary, words)) }
      const [plain, others] = [findPlaces(texts.alike, text), findPlaces(named.alike, text)]
      return place => plain.has(place) || others.has(place)
    },
  }
}
