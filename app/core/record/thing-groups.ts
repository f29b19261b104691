import type { EntryId } from '#schema/record/entry.ts'
import { fold, type Likeness, type Row } from './row.ts'

/** What a group is made of: looked up anew each time, as rows come and go. */
export interface GroupSource {
  /** Rows to be seen of this thing, private and open ones, without copies. */
  versions(thing: string): readonly Row[]
  /** Entries that the person said to be the same as this one or a copy of it, of those to be seen. */
  partners(row: Row): readonly Row[]
}

const isPrivate = (row: Row) => row.summary.isPrivate === true

const compareIds = (a: Row, b: Row) => (a.summary.id < b.summary.id ? -1 : 1)

const compareArrivals = (a: Row, b: Row) => (b.at ?? 0) - (a.at ?? 0) || compareIds(a, b)

/** By the source's own dates where all have one, else by when they came in. The same order on every device. */
export function newestFirst(versions: readonly Row[]): readonly Row[] {
  const isDated = versions.every(row => row.updated !== undefined)
  return versions.toSorted((a, b) =>
    isDated ? (b.updated ?? 0) - (a.updated ?? 0) || compareArrivals(a, b) : compareArrivals(a, b),
  )
}

/** By what the source called it. */
export const likenessOf = (row: Row): Likeness => row.was ?? row.summary

/** One name for two things is a source's mistake: what has neither title nor code in common is not one. */
export function isAlike(one: Likeness, other: Likeness): boolean {
  if (one.kind !== other.kind) return false
  if (fold(one.title) === fold(other.title)) return true
  return one.codes.some(
    ({ system, code }) => code !== undefined && other.codes.some(each => each.code === code && each.system === system),
  )
}

/** The versions of the thing that `row` is one of, newest first; it alone where nothing else is. */
export function versionsWith(row: Row, source: GroupSource): readonly Row[] {
  const all = row.thing === undefined ? [] : source.versions(row.thing)
  if (all.length < 2) return [row]
  const clusters: Row[][] = []
  for (const each of newestFirst(all)) {
    const cluster = clusters.find(
      ([head]) =>
        head !== undefined && isPrivate(head) === isPrivate(each) && isAlike(likenessOf(head), likenessOf(each)),
    )
    if (cluster === undefined) clusters.push([each])
    else cluster.push(each)
  }
  return clusters.find(cluster => cluster.includes(row)) ?? [row]
}

/** Of versions: the newest that somebody corrected, else the newest. */
function standFor(versions: readonly Row[]): Row | undefined {
  return versions.find(row => !row.isUntouched) ?? versions[0]
}

/** All that is one thing with `row`: thing by thing as the sources have them, first the one that stands for all. */
export function groupOf(row: Row, source: GroupSource): readonly (readonly Row[])[] {
  const clusters: (readonly Row[])[] = []
  const seen = new Set<EntryId>()
  const waiting = [row]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.summary.id)) continue
    const versions = versionsWith(next, source)
    clusters.push(versions)
    for (const each of versions) {
      seen.add(each.summary.id)
      waiting.push(...source.partners(each))
    }
  }
  const first = (versions: readonly Row[]) => standFor(versions) ?? row
  const compare = (a: Row, b: Row) => (a.isUntouched === b.isUntouched ? compareArrivals(a, b) : a.isUntouched ? 1 : -1)
  return clusters
    .map(versions => [first(versions), ...versions.filter(each => each !== first(versions))])
    .sort(([a], [b]) => compare(a ?? row, b ?? row))
}
