import type { EntrySummary } from '#schema/record/entry.ts'
import type { LateEntry } from '../late-session.ts'
import type { LateFrame, SealedLog } from '../log/sealed-log.ts'
import { type AuthorNames, authorsIn } from '../record/authors.ts'
import { type CarriedAuthors, carriedAuthors, putCarriedAuthors } from '../record/carry-authors.ts'
import { carryOver, copyOf } from '../record/carry-over.ts'
import { entryAlone } from '../record/entry-copy.ts'
import {
  entryIdIn,
  holdsEntries,
  idPrefix,
  openShard,
  placeInLog,
  privateShard,
  type Shard,
  shardOf,
} from '../record/entry-place.ts'
import { binnedAt, type DocMap } from '../record/flat-fields.ts'
import { rowOf } from '../record/make-row.ts'
import { namedBy, nameOf } from '../record/private-shard.ts'
import { entriesIn, entryIn, type StoredEntry } from '../record/stored-entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { without } from './former-logs.ts'

/** Late frames of one person in one log that nobody has decided about, and those before them of which it was decided. */
export interface LateInLog {
  readonly log: SealedLog
  readonly section: LogSection
  readonly late: readonly LateFrame[]
  readonly known: readonly LateFrame[]
  /** By label, names of entries that lie elsewhere by now: in the private log, or in the section's where they were made open again. */
  readonly leftOut: ReadonlyMap<string, ReadonlySet<string>>
}

/** What the late frames would add, change and put into the bin. */
export async function lateEntries(late: LateInLog, authors: AuthorNames): Promise<LateEntry[]> {
  const names = { fileNameOf: () => '', authors }
  const found: LateEntry[] = []
  for (const { label, shard } of shardsOf(late)) {
    const leftOut = late.leftOut.get(label)
    const summaryOf = (entry: StoredEntry): EntrySummary | undefined => {
      const place = leftOut?.has(nameOf(entry)) === true ? otherPlace(shard) : shard
      return rowOf({ ...place, id: entryIdIn(idPrefix(shard), entry) }, entry, names)?.summary
    }
    const entries = await late.log.readWithLate<DocMap, LateEntry[]>(label, late, (before, now) =>
      entriesIn(shard.label, now).flatMap((entry): LateEntry[] => {
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

/**
 * Puts what the late frames say into the log in which the section goes on, and what they say of entries that lie elsewhere by now there: in
 * memory and by value. Twice is as good as once. Answers which logs are to be flushed.
 */
export async function takeLate(
  late: LateInLog,
  current: (section: LogSection) => SealedLog | undefined,
): Promise<ReadonlySet<SealedLog>> {
  const target = current(late.section) ?? late.log
  const changed = new Set<SealedLog>()
  for (const { label, shard } of shardsOf(late)) {
    const taken = await late.log.readWithLate<DocMap, Taken[]>(label, late, (before, now) =>
      takenOf(late, label, before, now),
    )
    const other = placeInLog(otherPlace(shard))
    for (const each of taken) {
      const log = each.isElsewhere ? current(other.log) : target
      if (log === undefined) continue
      changed.add(log)
      await log.change<DocMap>(each.isElsewhere ? other.label : label, draft => {
        carryOver(each.before, each.now, draft)
        putCarriedAuthors(draft, each.written)
      })
    }
  }
  return changed
}

/** The same shard where its entries lie that are left out of this one. */
const otherPlace = (shard: Shard): Shard => (shard.isPrivate === true ? openShard(shard) : privateShard(shard))

function takenOf(late: LateInLog, label: string, before: DocMap, now: DocMap): Taken[] {
  const leftOut = late.leftOut.get(label)
  const shardLabel = shardOf(late.section, label)?.label ?? label
  const written = (names: ReadonlySet<string> | undefined) =>
    carriedAuthors(shardLabel, before, now, authorsIn(late.log), names)
  const here: Taken = {
    isElsewhere: false,
    before: plain(without(before, leftOut)),
    now: plain(without(now, leftOut)),
    written: written(leftOut),
  }
  const elsewhere = [...(leftOut ?? [])].flatMap((name): Taken[] => {
    const [was, is] = [entryAlone(before, namedBy(name)), entryAlone(now, namedBy(name))]
    if (is === undefined || JSON.stringify(was) === JSON.stringify(is)) return []
    const others = entriesIn(shardLabel, now)
      .map(nameOf)
      .filter(each => each !== name)
    return [{ isElsewhere: true, before: was ?? {}, now: is, written: written(new Set(others)) }]
  })
  return [here, ...elsewhere]
}

interface Taken {
  readonly isElsewhere: boolean
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
