import type { EntrySummary } from '#schema/record/entry.ts'
import type { LateEntry } from '../late-session.ts'
import type { LateFrame, SealedLog } from '../log/sealed-log.ts'
import { type AuthorNames, authorsIn } from '../record/authors.ts'
import { type CarriedAuthors, carriedAuthors, putCarriedAuthors } from '../record/carry-authors.ts'
import { carryOver, copyOf } from '../record/carry-over.ts'
import { entryAlone } from '../record/entry-copy.ts'
import { entryIdIn, holdsEntries, idPrefix, type Shard, shardOf } from '../record/entry-place.ts'
import { binnedAt, type DocMap } from '../record/flat-fields.ts'
import { rowOf } from '../record/make-row.ts'
import { nameOf } from '../record/private-shard.ts'
import { entriesIn, entryIn, type StoredEntry } from '../record/stored-entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { without } from './former-logs.ts'

/** Late frames of one person in one log that nobody has decided about, and those before them of which it was decided. */
export interface LateInLog {
  readonly log: SealedLog
  readonly section: LogSection
  readonly late: readonly LateFrame[]
  readonly known: readonly LateFrame[]
  /** By label, names of entries that lie elsewhere by now. */
  readonly leftOut: ReadonlyMap<string, ReadonlySet<string>>
}

/** What the late frames would add, change and put into the bin. */
export async function lateEntries(late: LateInLog, authors: AuthorNames): Promise<LateEntry[]> {
  const names = { fileNameOf: () => '', authors }
  const found: LateEntry[] = []
  for (const { label, shard } of shardsOf(late)) {
    const leftOut = late.leftOut.get(label)
    const summaryOf = (entry: StoredEntry): EntrySummary | undefined =>
      rowOf({ ...shard, id: entryIdIn(idPrefix(shard), entry) }, entry, names)?.summary
    const entries = await late.log.readWithLate<DocMap, LateEntry[]>(label, late, (before, now) =>
      entriesIn(shard.label, now).flatMap((entry): LateEntry[] => {
        if (leftOut?.has(nameOf(entry)) === true) return []
        const was = entryIn(shard.label, before, entry.bucket, entry.key)
        const act = actOn(before, now, entry, was)
        const summary = act && summaryOf(entry)
        if (act === undefined || summary === undefined) return []
        const said = act === 'changed' && was !== undefined ? summaryOf(was) : undefined
        return [{ act, summary, ...(said === undefined ? {} : { before: said }) }]
      }),
    )
    found.push(...entries)
  }
  return found
}

function actOn(
  before: DocMap,
  now: DocMap,
  entry: StoredEntry,
  was: StoredEntry | undefined,
): LateEntry['act'] | undefined {
  const isBinned = binnedAt(entry.spot) !== undefined
  const wasThere = was !== undefined && binnedAt(was.spot) === undefined
  if (!wasThere) return isBinned ? undefined : 'added'
  if (isBinned) return 'binned'
  const isSame = JSON.stringify(entryAlone(before, entry)) === JSON.stringify(entryAlone(now, entry))
  return isSame ? undefined : 'changed'
}

/** Puts what the late frames say into `target`, the log in which the section goes on, in memory and by value. Twice is as good as once. */
export async function takeLate(late: LateInLog, target: SealedLog): Promise<void> {
  for (const { label, shard } of shardsOf(late)) {
    const leftOut = late.leftOut.get(label)
    const taken = await late.log.readWithLate<DocMap, Taken>(label, late, (before, now) => ({
      before: plain(without(before, leftOut)),
      now: plain(without(now, leftOut)),
      written: carriedAuthors(shard.label, before, now, authorsIn(late.log), leftOut),
    }))
    await target.change<DocMap>(label, draft => {
      carryOver(taken.before, taken.now, draft)
      putCarriedAuthors(draft, taken.written)
    })
  }
}

interface Taken {
  readonly before: DocMap
  readonly now: DocMap
  readonly written: CarriedAuthors
}

/** Values that outlive their document. */
const plain = (doc: DocMap): DocMap => copyOf(doc) as DocMap

/** The shards of entries that late frames change. */
function shardsOf({ section, late }: LateInLog): { readonly label: string; readonly shard: Shard }[] {
  const labels = new Set(late.flatMap(frame => frame.labels))
  return [...labels].toSorted().flatMap(label => {
    const shard = shardOf(section, label)
    return shard !== undefined && holdsEntries(shard.label) ? [{ label, shard }] : []
  })
}
