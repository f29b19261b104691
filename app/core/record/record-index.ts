import type { EntryId } from '#schema/record/entry.ts'
import { compareRows, type HiddenImports, isHiddenRow, type Row } from './row.ts'

/** Past so many changes at once, sorting anew is cheaper than moving rows one by one. */
const FEW = 64

/** Every row in memory, and those that are to be seen in their order. */
export interface RecordIndex {
  get(id: EntryId): Row | undefined
  /** All rows whose id begins with `prefix` (a shard's), binned and hidden ones too. */
  shardRows(prefix: string): ReadonlyMap<EntryId, Row>
  /** Replaces, adds and removes rows of one shard. */
  update(prefix: string, put: readonly Row[], remove: readonly EntryId[]): void
  /** The file names of imports became known. */
  renameImports(fileNameOf: (importId: string) => string): void
  /** Which imports were taken back. */
  hide(imports: HiddenImports): void
  /** Newest first; without binned rows, hidden ones and copies of one resource. */
  visible(): readonly Row[]
  binned(): readonly Row[]
  /** The row that shows this content of a source, if any does or waits in the bin. */
  withIdentity(identity: string): Row | undefined
  all(): Iterable<Row>
  readonly size: number
  /** Raised by one with every change. */
  readonly version: number
}

export function makeRecordIndex(): RecordIndex {
  const shards = new Map<string, Map<EntryId, Row>>()
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

  function shardOf(prefix: string): Map<EntryId, Row> {
    const shard = shards.get(prefix) ?? new Map<EntryId, Row>()
    shards.set(prefix, shard)
    return shard
  }

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

  function forget(shard: Map<EntryId, Row>, id: EntryId): void {
    const row = byId.get(id)
    if (row === undefined) return
    if (isSorted) takeOut(row)
    shard.delete(id)
    byId.delete(id)
    const group = row.identity === undefined ? undefined : twins.get(row.identity)
    if (row.identity === undefined || group === undefined) return
    if (group.length === 1) twins.delete(row.identity)
    else group.splice(group.indexOf(id), 1)
  }

  function learn(shard: Map<EntryId, Row>, row: Row): void {
    forget(shard, row.summary.id)
    shard.set(row.summary.id, row)
    byId.set(row.summary.id, row)
    if (row.identity !== undefined) {
      const group = twins.get(row.identity)
      if (group === undefined) twins.set(row.identity, [row.summary.id])
      else group.push(row.summary.id)
      if (group !== undefined) isSorted = false
    }
    if (isSorted) putIn(row)
  }

  function sort(): void {
    if (isSorted) return
    ordered = [...byId.values()].filter(isVisible).sort(compareRows)
    isSorted = true
  }

  return {
    get: id => byId.get(id),
    shardRows: prefix => shards.get(prefix) ?? new Map(),
    update(prefix, put, remove) {
      if (put.length + remove.length === 0) return
      if (put.length + remove.length > FEW) isSorted = false
      const shard = shardOf(prefix)
      for (const id of remove) {
        if ((twins.get(byId.get(id)?.identity ?? '')?.length ?? 0) > 1) isSorted = false
        forget(shard, id)
      }
      for (const row of put) learn(shard, row)
      version++
    },
    renameImports(fileNameOf) {
      for (const shard of shards.values()) {
        for (const [id, row] of shard) {
          const { source } = row.summary
          if (source.type !== 'import' || fileNameOf(source.importId) === source.fileName) continue
          const named = { ...source, fileName: fileNameOf(source.importId) }
          const next = { ...row, summary: { ...row.summary, source: named } }
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
    all: () => byId.values(),
    get size() {
      return byId.size
    },
    get version() {
      return version
    },
  }
}
