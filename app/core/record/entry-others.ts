import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { RecordIndex } from './record-index.ts'

/** What an entry's page shows beside it: the other versions of its source, and what the person said is the same (decision 28). */
export function othersOf(index: RecordIndex, id: EntryId): Pick<EntryDetail, 'versions' | 'sameAs'> {
  const own = index.versionsOf(id)
  const place = own.findIndex(row => row.summary.id === id)
  const versions = own.flatMap((row, at) =>
    at === place ? [] : [{ summary: row.summary, at: instant(row.updated ?? row.at ?? 0), isNewer: at < place }],
  )
  const others = index.groupOf(id).filter(versionsThere => !versionsThere.some(row => row.summary.id === id))
  const sameAs = others.flatMap(([row]) => (row === undefined ? [] : [row.summary]))
  return { ...(versions.length > 0 ? { versions } : {}), ...(sameAs.length > 0 ? { sameAs } : {}) }
}
