import type { EntrySummary } from '#schema/record/entry.ts'
import type { Clock } from '../ports.ts'
import type { Facets, TimelineOverview, TimelineQuery } from '../session.ts'
import { isNewResult } from './new-result.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import type { SearchIndex } from './search-index.ts'
import { facetsOf, filterRows, type Found, monthsOf } from './timeline.ts'

/** Which places a search found, in the rows as they stood then. */
interface Searched {
  readonly version: number
  readonly isFound: Found
}

/** Answers that are kept until the record moves: a screen asks for many stretches of one query. */
const KEPT = 8

export interface TimelineReader {
  overview(query: TimelineQuery): Promise<TimelineOverview>
  rows(query: TimelineQuery, from: number, to: number): Promise<readonly EntrySummary[]>
  facets(): Facets
}

type Timer = Pick<Clock, 'after' | 'now'>

export function makeTimelineReader(index: RecordIndex, clock: Timer): TimelineReader {
  const search = makeSearch(index, clock)
  const answers = new Map<string, readonly Row[]>()
  let version = -1

  async function answer(query: TimelineQuery): Promise<readonly Row[]> {
    let searched = await search.find(query)
    // An entry came while that was on its way: its places are others now.
    while (searched.version !== index.version) searched = await search.find(query)
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
      query.shownResults,
    ])
    const known = answers.get(key) ?? filterRows(index.visible(), query, searched.isFound)
    answers.delete(key)
    answers.set(key, known)
    const oldest = answers.keys().next().value
    if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
    return known
  }

  return {
    async overview(query) {
      const rows = await answer(query)
      const first = rows.slice(0, query.first ?? 0).map(({ summary }) => summary)
      return { total: rows.length, months: monthsOf(rows), version: index.version, first }
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
function makeSearch(index: RecordIndex, clock: Timer) {
  /** The rows are one list that changes in place: only the version tells whether it has. */
  let made: { readonly version: number; readonly texts: SearchIndex } | undefined
  let named: { readonly key: string; readonly alike: SearchIndex['alike'] } | undefined
  let isComing = false

  const load = () => Promise.all([import('./shown-names.ts'), import('./search-index.ts')])

  function current(make: (visible: readonly Row[]) => SearchIndex): SearchIndex {
    if (made?.version === index.version) return made.texts
    named = undefined
    made = { version: index.version, texts: make(index.visible()) }
    return made.texts
  }

  return {
    prepare(): void {
      if (isComing) return
      isComing = true
      clock.after(PREPARE_MS, () => {
        isComing = false
        void load().then(([, { makeSearchIndex }]) => current(makeSearchIndex))
      })
    },
    async find({ text = '', words = {}, shownResults }: TimelineQuery): Promise<Searched> {
      if (text.trim() === '') return { version: index.version, isFound: () => true }
      const [{ shownName }, { findPlaces, isNamedSo, makeSearchIndex, namedRows }] = await load()
      const texts = current(makeSearchIndex)
      const key = JSON.stringify(words)
      if (named?.key !== key) named = { key, alike: namedRows(texts, summary => shownName(summary, words)) }
      const found = new Uint8Array(texts.rows.length)
      for (const { alike } of [texts, named]) findPlaces(alike, text, found)
      const isFound = (place: number) => found[place] === 1
      if (shownResults === undefined) return { version: index.version, isFound }
      const shown = new Set(shownResults)
      const [now, nameOf] = [clock.now(), (summary: EntrySummary) => shownName(summary, words)]
      const waits = ({ summary }: Row) => isNewResult(summary, now) && !shown.has(summary.id)
      return {
        version: index.version,
        isFound(place) {
          const row = isFound(place) ? texts.rows[place] : undefined
          return row !== undefined && (!waits(row) || isNamedSo(row, text, nameOf))
        },
      }
    },
  }
}
