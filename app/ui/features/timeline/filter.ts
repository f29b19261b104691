import type { TimelineQuery } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { shownWords } from '../../record/shown-words.ts'
import { type Filter, NO_FILTER } from '../../views.ts'

export function isFiltered(filter: Filter): boolean {
  return Object.keys(NO_FILTER).some(name => filter[name as keyof Filter].length > 0)
}

const DAY_MS = 86_400_000

/**
 * What the worker is asked. Entries without an hour stand at midnight UTC, those with one at their true instant, so a
 * day reaches from the earlier to the later of both midnights: one row too many is better than a reading left out.
 */
export function queryOf(filter: Filter, midnightOf = localMidnight): TimelineQuery {
  const text = filter.text.trim()
  const from = [Date.parse(filter.from), midnightOf(filter.from, 0)]
  const to = [Date.parse(filter.to) + DAY_MS, midnightOf(filter.to, 1)]
  return {
    ...(filter.kinds.length > 0 && { kinds: filter.kinds }),
    ...(filter.sections.length > 0 && { sections: filter.sections }),
    ...(filter.sources.length > 0 && { sources: filter.sources }),
    ...(filter.from !== '' && { from: instant(Math.min(...from)) }),
    ...(filter.to !== '' && { to: instant(Math.max(...to) - 1) }),
    ...(text !== '' && { text, words: shownWords() }),
  }
}

function localMidnight(day: string, plusDays: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).getTime()
}
