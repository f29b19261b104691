import type { TimelineQuery } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { ENTRY_KINDS, type EntryKind } from '#schema/record/entry.ts'
import { SECTIONS, type Section } from '#schema/record/sections.ts'

/** What the timeline is narrowed to. Lives in the address, so that back, reload and links from home keep it; the text does not (see searches.ts). */
export interface Filter {
  readonly kinds: readonly EntryKind[]
  readonly sections: readonly Section[]
  /** `self` or an import. */
  readonly sources: readonly string[]
  /** Days as native date inputs hold them; empty when open. */
  readonly from: string
  readonly to: string
  readonly text: string
}

export const NO_FILTER: Filter = { kinds: [], sections: [], sources: [], from: '', to: '', text: '' }

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const DAY = /^\d{4}-\d\d-\d\d$/

/** From an address, which anyone may have written: what is not known is left out. */
export function parseFilter(params: Params, text = ''): Filter {
  const one = (name: string) => {
    const value = params[name]
    return typeof value === 'string' ? value : (value?.[0] ?? '')
  }
  const list = (name: string) =>
    one(name)
      .split(',')
      .filter(item => item !== '')
  const day = (name: string) => (DAY.test(one(name)) && !Number.isNaN(Date.parse(one(name))) ? one(name) : '')
  return {
    kinds: ENTRY_KINDS.filter(kind => list('kind').includes(kind)),
    sections: SECTIONS.filter(section => list('section').includes(section)),
    sources: list('source').filter(source => /^[0-9a-z]{1,80}$/.test(source)),
    from: day('from'),
    to: day('to'),
    text: text.slice(0, 200),
  }
}

/** For the address; undefined takes a parameter away. */
export function filterParams(filter: Filter): Record<string, string | undefined> {
  const text = (value: string) => (value === '' ? undefined : value)
  return {
    kind: text(filter.kinds.join(',')),
    section: text(filter.sections.join(',')),
    source: text(filter.sources.join(',')),
    from: text(filter.from),
    to: text(filter.to),
  }
}

export function isFiltered(filter: Filter): boolean {
  return filter.text !== '' || Object.values(filterParams(filter)).some(value => value !== undefined)
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
    ...(text !== '' && { text }),
  }
}

function localMidnight(day: string, plusDays: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plusDays).getTime()
}
