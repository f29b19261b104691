import type { EntrySummary } from '#schema/record/entry.ts'

/** Rows fetched at once, and how many such pages are kept: about what a minute of fast scrolling passes. */
export const PAGE_ROWS = 40
const MAX_PAGES = 75

interface Page {
  readonly rows: readonly EntrySummary[]
  readonly version: number
}

export interface RowPages {
  /** What is known of row `index`; maybe of an older version while the new one is on its way. */
  row(index: number): EntrySummary | undefined
  /** The rows of the first page, which came with something else. */
  begin(rows: readonly EntrySummary[], version: number): void
  /** Rows `from` to before `to` are on screen: fetches those that are missing or older than `version`. */
  want(from: number, to: number, version: number): void
}

/**
 * A window on a long list: keeps the pages near the screen and forgets the far ones. `changed` is called after each
 * fetch. A page that fails to come is asked for again the next time it is wanted.
 */
export function createRowPages(
  load: (from: number, to: number) => Promise<readonly EntrySummary[]>,
  changed: () => void,
): RowPages {
  const pages = new Map<number, Page>()
  const loading = new Map<number, number>()

  async function fetchPage(index: number, version: number): Promise<void> {
    loading.set(index, version)
    try {
      const rows = await load(index * PAGE_ROWS, (index + 1) * PAGE_ROWS)
      if (loading.get(index) !== version) return
      pages.delete(index)
      pages.set(index, { rows, version })
      const oldest = pages.keys().next()
      if (pages.size > MAX_PAGES && !oldest.done) pages.delete(oldest.value)
      changed()
    } finally {
      if (loading.get(index) === version) loading.delete(index)
    }
  }

  return {
    row: index => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    begin(rows, version) {
      loading.delete(0)
      pages.set(0, { rows, version })
    },
    want(from, to, version) {
      for (let index = Math.floor(from / PAGE_ROWS); index * PAGE_ROWS < to; index++) {
        const page = pages.get(index)
        if (page !== undefined) {
          // Wanted again is young again: what is on screen is never the one forgotten.
          pages.delete(index)
          pages.set(index, page)
        }
        if (page?.version === version || loading.get(index) === version) continue
        void fetchPage(index, version).catch(() => undefined)
      }
    },
  }
}
