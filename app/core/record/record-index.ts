import type { EntryId } from '#schema/record/entry.ts'
import { openShard, placeOf, privateShard, type Shard, shardName } from './entry-place.ts'
import { type RowNames, typedSource } from './index-rows.ts'
import { compareRows, type HiddenImports, isHiddenRow, type Row } from './row.ts'
import { pairName, type SameAnswer, type SameLink } from './same-links.ts'
import { groupOf, versionsWith } from './thing-groups.ts'

/** Past so many changes at once, sorting anew is cheaper than moving rows one by one. */
const FEW = 64
const NONE: ReadonlySet<EntryId> = new Set()

/** Every row in memory, and those that are to be seen in their order. */
export interface RecordIndex {
  /** Of the place that counts, when an entry has two. */
  get(id: EntryId): Row | undefined
  /** All rows of a shard, binned and hidden ones and those whose other place counts too. */
  shardRows(shard: Shard): ReadonlyMap<EntryId, Row>
  /** Replaces, adds and removes rows of one shard. */
  update(shard: Shard, put: readonly Row[], remove: readonly EntryId[]): void
  /** Which entries are private, of those that lie in this shard of the private log. */
  setPrivate(shard: Shard, ids: ReadonlySet<EntryId>): void
  isPrivate(id: EntryId): boolean
  /** Of a shard: the ids of what is private of it, also where nothing is left of it. */
  privatesOf(shard: Shard): ReadonlySet<EntryId>
  /** The file names of imports became known. */
  renameImports(fileNameOf: (importId: string) => string): void
  /** People are called otherwise. */
  renameWriters(names: RowNames): void
  /** Which imports were taken back. */
  hide(imports: HiddenImports): void
  /** What was said in this shard of what is the same. */
  setLinks(shard: Shard, links: readonly SameLink[]): void
  /** What the person said of two entries, where both lie now. */
  answerOf(one: Row, other: Row): SameAnswer | undefined
  /** Newest first; without binned rows and hidden ones, and one for all that is the same thing (decision 28). */
  visible(): readonly Row[]
  /** The same with every row that one of them stands for, but no copies of one resource. */
  withAllBehind(): readonly Row[]
  /** Of what was binned together as versions of one thing, the newest. */
  binned(): readonly Row[]
  /** The versions of the thing that an entry is one of, as they are to be seen or were binned together, newest first. */
  versionsOf(id: EntryId): readonly Row[]
  /** All that is one thing, thing by thing as the sources have them; first the one that stands for all. */
  groupOf(id: EntryId): readonly (readonly Row[])[]
  /** What the source's key `thing` is to be seen as. */
  thingRows(thing: string): readonly Row[]
  /** The row that shows this content of a source, if any does or waits in the bin. */
  withIdentity(identity: string): Row | undefined
  /** All rows of this content of a source. */
  copiesOf(identity: string): readonly Row[]
  all(): Iterable<Row>
  readonly size: number
  /** Raised by one with every change. */
  readonly version: number
}

export function makeRecordIndex(): RecordIndex {
  const shards = new Map<string, Map<EntryId, Row>>()
  const privates = new Map<string, ReadonlySet<EntryId>>()
  const twins: Lists<string> = new Map()
  const byId = new Map<EntryId, Row>()
  const things: Lists<string> = new Map()
  const said = { open: new Map<string, readonly SameLink[]>(), private: new Map<string, readonly SameLink[]>() }
  let answers = { open: new Map<string, SameAnswer>(), private: new Map<string, SameAnswer>() }
  let partners: Lists<EntryId> = new Map()
  let hidden: HiddenImports = new Set()
  let ordered: Row[] = []
  let isSorted = true
  let version = 0

  const rowsOf = (ids: EntryId | readonly EntryId[] | undefined) => allIn(ids).flatMap(id => byId.get(id) ?? [])

  /** Of copies, the one that was touched stands for all; else the first by id: the same choice on every device. */
  function shownTwin(identity: string): Row | undefined {
    const rows = rowsOf(twins.get(identity)).filter(row => !isHiddenRow(row, hidden))
    return rows.reduce<Row | undefined>((best, row) => {
      if (best === undefined) return row
      if (best.isUntouched !== row.isUntouched) return best.isUntouched ? row : best
      return row.summary.id < best.summary.id ? row : best
    }, undefined)
  }

  /** Neither in the bin nor of a file taken back, and no copy of one that is to be seen. */
  function isThere(row: Row): boolean {
    if (row.binnedAt !== undefined || isHiddenRow(row, hidden)) return false
    const copies = row.identity === undefined ? undefined : twins.get(row.identity)
    return !Array.isArray(copies) || shownTwin(row.identity ?? '') === row
  }

  const copiesOf = (row: Row) =>
    allIn((row.identity === undefined ? undefined : twins.get(row.identity)) ?? row.summary.id)

  function answerOf(one: Row, other: Row): SameAnswer | undefined {
    const [a, b] = [one.summary, other.summary]
    if (a.kind !== b.kind || a.section !== b.section || a.isPrivate !== b.isPrivate) return undefined
    const known = a.isPrivate === true ? answers.private : answers.open
    const all = copiesOf(one).flatMap(id => copiesOf(other).flatMap(each => known.get(pairName(id, each)) ?? []))
    return all.includes('different') ? 'different' : all[0]
  }

  const groups = {
    versions: (thing: string) => rowsOf(things.get(thing)).filter(isThere),
    partners(row: Row) {
      const named = rowsOf(copiesOf(row).flatMap(id => allIn(partners.get(id))))
      const shown = named.flatMap(each => (each.identity === undefined ? each : (shownTwin(each.identity) ?? [])))
      return shown.filter(each => isThere(each) && answerOf(row, each) === 'same')
    },
  }

  /** Nothing else can be the same thing. */
  function isAlone(row: Row): boolean {
    if (row.thing !== undefined && Array.isArray(things.get(row.thing))) return false
    return partners.size === 0 || copiesOf(row).every(id => !partners.has(id))
  }

  const isVisible = (row: Row) => isThere(row) && (isAlone(row) || groupOf(row, groups)[0]?.[0] === row)

  /** The row as lists have it: it says what it stands for. */
  function standing(row: Row): Row {
    if (isAlone(row)) return row
    const clusters = groupOf(row, groups)
    const behind = clusters.flat().filter(each => each !== row)
    if (behind.length === 0) return row
    const summary = clusters.length > 1 ? { ...row.summary, mergedFrom: clusters.length } : row.summary
    return { ...row, summary, behind }
  }

  function shardOf(shard: Shard): Map<EntryId, Row> {
    const name = shardName(shard)
    const rows = shards.get(name) ?? new Map<EntryId, Row>()
    shards.set(name, rows)
    return rows
  }

  const privatesOf = (shard: Shard) => privates.get(shardName(privateShard(shard))) ?? NONE

  function positionOf(row: Row): number {
    let [low, high] = [0, ordered.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = ordered[middle]
      if (other !== undefined && compareRows(other, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  function takeOut(row: Row): void {
    const position = positionOf(row)
    if (ordered[position] === row) ordered.splice(position, 1)
  }

  function putIn(row: Row): void {
    const position = positionOf(row)
    if (ordered[position] !== row && isVisible(row)) ordered.splice(position, 0, row)
  }

  /** Out of everything but its shard. */
  function takeAway(row: Row): void {
    const { id } = row.summary
    if (!isAlone(row)) isSorted = false
    if (isSorted) takeOut(row)
    byId.delete(id)
    if (row.thing !== undefined) drop(things, row.thing, id)
    if (row.identity === undefined) return
    if (Array.isArray(twins.get(row.identity))) isSorted = false
    drop(twins, row.identity, id)
  }

  function show(row: Row): void {
    const { id } = row.summary
    byId.set(id, row)
    if (row.identity !== undefined && push(twins, row.identity, id)) isSorted = false
    if (row.thing !== undefined) push(things, row.thing, id)
    if (!isAlone(row)) isSorted = false
    if (isSorted) putIn(row)
  }

  function forget(rows: Map<EntryId, Row>, id: EntryId): void {
    const row = rows.get(id)
    rows.delete(id)
    if (row !== undefined && byId.get(id) === row) takeAway(row)
  }

  /** Of an entry's two places the other one counts from now on, or nothing is left where it counts. */
  function choose(id: EntryId): void {
    const place = placeOf(id)
    const shown = byId.get(id)
    if (shown !== undefined) takeAway(shown)
    if (place === undefined) return
    const isPrivate = privatesOf(place).has(id)
    const row = shards.get(shardName(isPrivate ? privateShard(place) : openShard(place)))?.get(id)
    if (row !== undefined) show(row)
  }

  function binnedWith(row: Row): readonly Row[] {
    const isWith = (each: Row) => each.binnedAt === row.binnedAt && !isHiddenRow(each, hidden)
    return versionsWith(row, { ...groups, versions: thing => rowsOf(things.get(thing)).filter(isWith) })
  }

  function sort(): void {
    if (isSorted) return
    ordered = [...byId.values()].filter(isVisible).map(standing).sort(compareRows)
    isSorted = true
  }

  function learnLinks(): void {
    const all = (links: ReadonlyMap<string, readonly SameLink[]>) => [...links.values()].flat()
    const byPair = (links: readonly SameLink[]) => new Map(links.map(({ ids, answer }) => [pairName(...ids), answer]))
    answers = { open: byPair(all(said.open)), private: byPair(all(said.private)) }
    partners = new Map()
    for (const { ids, answer } of [...all(said.open), ...all(said.private)]) {
      if (answer === 'different') continue
      push(partners, ids[0], ids[1])
      push(partners, ids[1], ids[0])
    }
    isSorted = false
    version++
  }

  return {
    get: id => byId.get(id),
    shardRows: shard => shards.get(shardName(shard)) ?? new Map(),
    update(shard, put, remove) {
      if (put.length + remove.length === 0) return
      if (put.length + remove.length > FEW) isSorted = false
      const rows = shardOf(shard)
      const hidden = privatesOf(shard)
      for (const id of remove) forget(rows, id)
      for (const row of put) {
        const { id } = row.summary
        forget(rows, id)
        rows.set(id, row)
        if (hidden.has(id) === (shard.isPrivate === true)) show(row)
      }
      version++
    },
    setPrivate(shard, ids) {
      const before = privatesOf(shard)
      privates.set(shardName(privateShard(shard)), ids)
      const moved = [...ids].filter(id => !before.has(id)).concat([...before].filter(id => !ids.has(id)))
      if (moved.length === 0) return
      if (moved.length > FEW) isSorted = false
      for (const id of moved) choose(id)
      version++
    },
    isPrivate(id) {
      const place = placeOf(id)
      return place !== undefined && privatesOf(place).has(id)
    },
    privatesOf,
    renameImports(fileNameOf) {
      for (const shard of shards.values()) {
        for (const [id, row] of shard) {
          const { source } = row.summary
          if (source.type !== 'import' || fileNameOf(source.importId) === source.fileName) continue
          const named = { ...source, fileName: fileNameOf(source.importId) }
          const next = { ...row, summary: { ...row.summary, source: named } }
          if (byId.get(id) === row) byId.set(id, next)
          shard.set(id, next)
        }
      }
      isSorted = false
      version++
    },
    renameWriters(names) {
      for (const shard of shards.values()) {
        for (const [id, row] of shard) {
          if (row.writer === undefined) continue
          const next = { ...row, summary: { ...row.summary, source: typedSource(row.writer, names) } }
          shard.set(id, next)
          byId.set(id, next)
        }
      }
      isSorted = false
      version++
    },
    hide(imports) {
      hidden = imports
      isSorted = false
      version++
    },
    setLinks(shard, links) {
      const place = shard.isPrivate === true ? said.private : said.open
      if (links.length === 0 && !place.has(shardName(shard))) return
      place.set(shardName(shard), links)
      learnLinks()
    },
    answerOf,
    visible() {
      sort()
      return ordered
    },
    withAllBehind() {
      sort()
      return ordered.flatMap(row => [row, ...(row.behind ?? [])])
    },
    binned() {
      const all = [...byId.values()].filter(row => row.binnedAt !== undefined && !isHiddenRow(row, hidden))
      return all.filter(row => binnedWith(row)[0] === row)
    },
    versionsOf(id) {
      const row = byId.get(id)
      if (row === undefined) return []
      return row.binnedAt === undefined ? versionsWith(row, groups) : binnedWith(row)
    },
    groupOf(id) {
      const row = byId.get(id)
      return row === undefined ? [] : isThere(row) ? groupOf(row, groups) : [[row]]
    },
    thingRows: thing => groups.versions(thing),
    withIdentity: shownTwin,
    copiesOf: identity => rowsOf(twins.get(identity)),
    all: () => byId.values(),
    get size() {
      return byId.size
    },
    get version() {
      return version
    },
  }
}

/** One alone stands without a list: of tens of thousands, hardly any has another. */
type Lists<Key> = Map<Key, EntryId | EntryId[]>

const allIn = (ids: EntryId | readonly EntryId[] | undefined): readonly EntryId[] =>
  ids === undefined ? [] : typeof ids === 'string' ? [ids] : ids

/** Answers whether others were there. */
function push<Key>(lists: Lists<Key>, key: Key, id: EntryId): boolean {
  const there = lists.get(key)
  if (Array.isArray(there)) there.push(id)
  else lists.set(key, there === undefined ? id : [there, id])
  return there !== undefined
}

function drop<Key>(lists: Lists<Key>, key: Key, id: EntryId): void {
  const [first, ...more] = allIn(lists.get(key)).filter(each => each !== id)
  if (first === undefined) lists.delete(key)
  else lists.set(key, more.length === 0 ? first : [first, ...more])
}
