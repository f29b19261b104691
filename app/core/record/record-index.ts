import type { EntryId } from '#schema/record/entry.ts'
import { openShard, placeOf, privateShard, type Shard, shardName } from './entry-place.ts'
import { type RowNames, typedSource } from './index-rows.ts'
import { compareRows, type HiddenImports, isHiddenRow, type Row } from './row.ts'

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
  /** Newest first; without binned rows, hidden ones and copies of one resource. */
  visible(): readonly Row[]
  binned(): readonly Row[]
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
  const twins = new Map<string, EntryId[]>()
  const byId = new Map<EntryId, Row>()
  let hidden: HiddenImports = new Set()
  let ordered: Row[] = []
  let isSorted = true
  let version = 0

  /** Of copies, the one that was touched stands for all; else the first by id: the same choice on every device. */
  function shownTwin(identity: string): Row | undefined {
    const rows = (twins.get(identity) ?? []).flatMap(id => byId.get(id) ?? []).filter(row => !isHiddenRow(row, hidden))
    return rows.reduce<Row | undefined>((best, row) => {
      if (best === undefined) return row
      if (best.isUntouched !== row.isUntouched) return best.isUntouched ? row : best
      return row.summary.id < best.summary.id ? row : best
    }, undefined)
  }

  function isVisible(row: Row): boolean {
    if (row.binnedAt !== undefined || isHiddenRow(row, hidden)) return false
    return row.identity === undefined || shownTwin(row.identity) === row
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
    if (isSorted) takeOut(row)
    byId.delete(id)
    const group = row.identity === undefined ? undefined : twins.get(row.identity)
    if (row.identity === undefined || group === undefined) return
    if (group.length > 1) isSorted = false
    if (group.length === 1) twins.delete(row.identity)
    else group.splice(group.indexOf(id), 1)
  }

  function show(row: Row): void {
    const { id } = row.summary
    byId.set(id, row)
    if (row.identity !== undefined) {
      const group = twins.get(row.identity)
      if (group === undefined) twins.set(row.identity, [id])
      else group.push(id)
      if (group !== undefined) isSorted = false
    }
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

  function sort(): void {
    if (isSorted) return
    ordered = [...byId.values()].filter(isVisible).sort(compareRows)
    isSorted = true
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
    visible() {
      sort()
      return ordered
    },
    binned: () => [...byId.values()].filter(row => row.binnedAt !== undefined && !isHiddenRow(row, hidden)),
    withIdentity: shownTwin,
    copiesOf: identity => (twins.get(identity) ?? []).flatMap(id => byId.get(id) ?? []),
    all: () => byId.values(),
    get size() {
      return byId.size
    },
    get version() {
      return version
    },
  }
}
