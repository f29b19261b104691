import type { ShownWords, TimelineQuery } from '#app/core/session.ts'
import { ABSENCES } from '#schema/codes/absence.ts'
import { instant } from '#schema/instant.ts'
import { ENTRY_KINDS } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
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

/** What rows without a title are called here, so that they are found by it. */
function shownWords(): ShownWords {
  return {
    kinds: Object.fromEntries(ENTRY_KINDS.map(kind => [kind, t(`kind.${kind}`)])),
    absences: Object.fromEntries(ABSENCES.map(absence => [absence, t(`absence.${absence}`)])),
  }
}
