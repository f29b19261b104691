import type { ImportId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { SealedLog, ShardInfo } from '../log/sealed-log.ts'
import type { ByteStore, Clock, StoreWrite } from '../ports.ts'
import { entryIdIn, entryIdOf, holdsEntries, idPrefix } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import { indexKey, listIndex, openIndex, sealIndex } from './index-rows.ts'
import { rowOf } from './make-row.ts'
import { makeRecordIndex, type RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, entryIn } from './stored-entry.ts'
import { IMPORTS_LABEL, IMPORTS_SECTION, importsIn, type StoredImport } from './stored-imports.ts'

/** Lets the changes of one batch from elsewhere come together. */
const REFRESH_MS = 30
/** The index is written when nothing has happened for so long: it can be made anew, so nobody waits for it. */
const WRITE_MS = 3000

export interface KeeperDeps {
  readonly sections: readonly Section[]
  logOf(section: Section): SealedLog
  readonly shards: ShardReader
  readonly store: ByteStore
  readonly clock: Clock
  readonly localKey: Uint8Array
  /** The index moved. */
  onChange(): void
}

/** Keeps the index level with the documents, in memory and, a little later, sealed on disk. */
export interface IndexKeeper {
  readonly index: RecordIndex
  readonly imports: ReadonlyMap<ImportId, StoredImport>
  /** The rows of these entries, made anew from their shard. */
  refreshEntries(section: Section, label: string, entries: readonly Named[]): Promise<void>
  /** Rows that are known to be true, of a shard just written. */
  putRows(section: Section, label: string, rows: readonly Row[]): void
  /** Marks a shard to be read again, whole. */
  markStale(section: Section, label: string): void
  /** While `act` runs, the shard's index is not written to disk: memory and document may differ. */
  during<Value>(shards: readonly Shard[], act: () => Promise<Value>): Promise<Value>
  /** Resolves when the index is level with this shard. */
  ready(shard: Shard): Promise<void>
  /** Resolves when the index is level with every document. */
  level(): Promise<void>
  /** Writes what of the index has changed. */
  flush(): Promise<void>
  dispose(): void
}

export interface Named {
  readonly bucket: string
  readonly key: string
}

export interface Shard {
  readonly section: Section
  readonly label: string
}

/** Reads the sealed index; shards that moved since are read from their documents soon after. */
export async function openIndexKeeper(deps: KeeperDeps): Promise<IndexKeeper> {
  const index = makeRecordIndex()
  const imports = new Map<ImportId, StoredImport>()
  const stale = new Map<string, Shard>()
  const unwritten = new Map<string, Shard>()
  const busy = new Map<string, number>()
  let refreshing: Promise<void> | undefined
  let cancelRefresh: (() => void) | undefined
  let cancelWrite: (() => void) | undefined
  let isDisposed = false

  const keyOf = (shard: Shard) => indexKey(shard.section, shard.label)
  const fileNameOf = (importId: string) => imports.get(importId as ImportId)?.fileName ?? ''

  function learnImports(stored: readonly StoredImport[]): void {
    const names = stored.filter(each => (imports.get(each.importId)?.fileName ?? each.fileName) !== each.fileName)
    const isNamed = stored.some(each => !imports.has(each.importId) || names.includes(each))
    imports.clear()
    for (const each of stored) imports.set(each.importId, each)
    index.hide(new Set(stored.filter(each => each.undoneAt !== undefined).map(each => each.importId)))
    if (isNamed) index.renameImports(fileNameOf)
  }

  function changed(shard: Shard): void {
    unwritten.set(keyOf(shard), shard)
    deps.onChange()
    if (isDisposed) return
    cancelWrite?.()
    cancelWrite = deps.clock.after(WRITE_MS, () => void flush())
  }

  async function refreshShard(shard: Shard): Promise<void> {
    const { section, label } = shard
    const doc = await deps.shards.read(section, label)
    if (label === IMPORTS_LABEL) learnImports(importsIn(doc))
    else refreshRows(shard, doc)
    changed(shard)
  }

  /** Locking closes the logs under whatever is being read. */
  function ignoreOnceDisposed(cause: unknown): void {
    if (!isDisposed) throw cause
  }

  function refreshRows({ section, label }: Shard, doc: DocMap): void {
    const prefix = idPrefix(section, label)
    const gone = new Set(index.shardRows(prefix).keys())
    const put: Row[] = []
    for (const entry of entriesIn(label, doc)) {
      const id = entryIdIn(prefix, entry)
      const known = index.get(id)
      const row = known?.isUntouched && entry.isUntouched ? known : rowOf({ id, section, label }, entry, fileNameOf)
      if (row === undefined) continue
      gone.delete(id)
      if (row !== known) put.push(row)
    }
    index.update(prefix, put, [...gone])
  }

  async function refreshStale(): Promise<void> {
    cancelRefresh?.()
    cancelRefresh = undefined
    while (stale.size > 0 && !isDisposed) {
      // Imports first: rows name their file.
      const key = stale.has(IMPORTS_KEY) ? IMPORTS_KEY : (stale.keys().next().value ?? '')
      const shard = stale.get(key)
      stale.delete(key)
      if (shard !== undefined) await refreshShard(shard).catch(ignoreOnceDisposed)
      await new Promise<void>(resolve => deps.clock.after(0, resolve))
    }
  }

  async function level(): Promise<void> {
    while ((stale.size > 0 || refreshing !== undefined) && !isDisposed) {
      refreshing ??= refreshStale().finally(() => {
        refreshing = undefined
      })
      await refreshing
    }
  }

  function markStale(section: Section, label: string): void {
    if (label !== IMPORTS_LABEL && !holdsEntries(label)) return
    stale.set(indexKey(section, label), { section, label })
    if (isDisposed) return
    cancelRefresh ??= deps.clock.after(REFRESH_MS, () => {
      // Also when a refresh under way has done this one's work: else none would ever be armed again.
      cancelRefresh = undefined
      void level()
    })
  }

  function infoOf(shard: Shard): ShardInfo | undefined {
    return deps
      .logOf(shard.section)
      .shards()
      .find(each => each.label === shard.label)
  }

  function sealedRow(shard: Shard): StoreWrite {
    const key = keyOf(shard)
    const info = infoOf(shard)
    if (info === undefined) return { table: 'sealed', key, remove: true }
    const isImports = shard.label === IMPORTS_LABEL
    const prefix = isImports ? '' : idPrefix(shard.section, shard.label)
    const rows = isImports ? [] : [...index.shardRows(prefix).values()]
    return sealIndex(deps.localKey, key, prefix, {
      heads: info.heads,
      rows,
      imports: isImports ? [...imports.values()] : [],
    })
  }

  async function flush(): Promise<void> {
    cancelWrite?.()
    cancelWrite = undefined
    for (const [key, shard] of Array.from(unwritten)) {
      if (stale.has(key) || refreshing !== undefined || (busy.get(key) ?? 0) > 0) continue
      unwritten.delete(key)
      const written = await deps.store.commit([sealedRow(shard)])
      if (!written.ok) unwritten.set(key, shard)
    }
  }

  async function load(): Promise<void> {
    const sealed = await listIndex(deps.store)
    const shards = deps.sections
      .flatMap(section =>
        deps
          .logOf(section)
          .shards()
          .map(info => ({ section, label: info.label, heads: info.heads })),
      )
      .filter(shard => shard.label === IMPORTS_LABEL || holdsEntries(shard.label))
    const isImports = (shard: Shard) => shard.label === IMPORTS_LABEL
    for (const shard of [...shards.filter(isImports), ...shards.filter(each => !isImports(each))]) {
      loadShard(shard, sealed.get(keyOf(shard)))
      sealed.delete(keyOf(shard))
    }
    const forgotten = [...sealed.keys()].map(key => ({ table: 'sealed', key, remove: true }) as const)
    if (forgotten.length > 0) await deps.store.commit(forgotten)
  }

  function loadShard(shard: Shard & { readonly heads: readonly string[] }, sealed: Uint8Array | undefined): void {
    const { section, label } = shard
    const key = keyOf(shard)
    const opened = sealed === undefined ? undefined : openIndex(deps.localKey, key, sealed)
    const prefix = label === IMPORTS_LABEL ? '' : idPrefix(section, label)
    const known = opened?.unpack(prefix, fileNameOf)
    if (known !== undefined && label === IMPORTS_LABEL) learnImports(known.imports)
    if (known !== undefined && label !== IMPORTS_LABEL) index.update(prefix, known.rows, [])
    if (known === undefined || known.heads.join() !== shard.heads.join()) markStale(section, label)
  }

  await load()
  const stops = deps.sections.map(section =>
    deps.logOf(section).subscribe(event => {
      if (event.kind !== 'documents' || event.origin !== 'remote') return
      for (const label of event.labels) markStale(section, label)
    }),
  )

  return {
    index,
    imports,
    async refreshEntries(section, label, entries) {
      const doc = await deps.shards.read(section, label)
      const put: Row[] = []
      const remove = []
      for (const { bucket, key } of entries) {
        const id = entryIdOf({ section, label, bucket, key })
        const entry = entryIn(label, doc, bucket, key)
        const row = entry === undefined ? undefined : rowOf({ id, section, label }, entry, fileNameOf)
        if (row === undefined) remove.push(id)
        else put.push(row)
      }
      index.update(idPrefix(section, label), put, remove)
      changed({ section, label })
    },
    putRows(section, label, rows) {
      index.update(idPrefix(section, label), rows, [])
      changed({ section, label })
    },
    markStale,
    async during(shards, act) {
      const keys = shards.map(keyOf)
      for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + 1)
      try {
        return await act()
      } finally {
        for (const key of keys) busy.set(key, (busy.get(key) ?? 1) - 1)
      }
    },
    async ready(shard) {
      if (stale.has(keyOf(shard)) || refreshing !== undefined) await level()
    },
    level,
    flush,
    dispose() {
      isDisposed = true
      cancelRefresh?.()
      cancelWrite?.()
      for (const stop of stops) stop()
    },
  }
}

const IMPORTS_KEY = indexKey(IMPORTS_SECTION, IMPORTS_LABEL)
