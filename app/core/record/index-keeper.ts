import type { EntryId, ImportId } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import type { FeedHead, SealedLog, ShardInfo } from '../log/sealed-log.ts'
import type { ByteStore, Clock, StoreWrite } from '../ports.ts'
import {
  entryIdIn,
  entryIdOf,
  holdsEntries,
  idPrefix,
  isImport,
  type Named,
  placeInLog,
  placeOf,
  type Shard,
  shardOf,
} from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import { indexKey, listIndex, openIndex, type RowNames, sealIndex } from './index-rows.ts'
import { type AuthorNames, authorsIn, type LogAuthors, rowWriter } from './authors.ts'
import { rowOf } from './make-row.ts'
import { privateIn } from './private-shard.ts'
import { makeRecordIndex, type RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import { linksIn, SAME_LABEL, type SameLink } from './same-links.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, entryIn, type StoredEntry } from './stored-entry.ts'
import { IMPORTS_LABEL, IMPORTS_SECTION, importsIn, type StoredImport } from './stored-imports.ts'

/** Lets the changes of one batch from elsewhere come together. */
const REFRESH_MS = 30
/** The index is written when nothing has happened for so long: it can be made anew, so nobody waits for it. */
const WRITE_MS = 3000

export interface KeeperDeps {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly store: ByteStore
  readonly clock: Clock
  readonly localKey: Uint8Array
  readonly authors: AuthorNames
  /** The index moved. */
  onChange(): void
}

/** Keeps the index level with the documents, in memory and, a little later, sealed on disk. */
export interface IndexKeeper {
  readonly index: RecordIndex
  readonly imports: ReadonlyMap<ImportId, StoredImport>
  /** The rows of these entries, made anew from their shard. */
  refreshEntries(shard: Shard, entries: readonly Named[]): Promise<void>
  /** All rows of a shard just made, known to be true. */
  putRows(shard: Shard, rows: readonly Row[]): void
  /** What is said of what is the same (decision 28), read anew from this shard. */
  refreshLinks(shard: Shard): Promise<void>
  /** Marks a shard to be read again, whole. */
  markStale(shard: Shard): void
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

/** Reads the sealed index; shards that moved since are read from their documents soon after. */
export async function openIndexKeeper(deps: KeeperDeps): Promise<IndexKeeper> {
  const index = makeRecordIndex()
  const imports = new Map<ImportId, StoredImport>()
  const links = new Map<string, readonly SameLink[]>()
  const stale = new Map<string, Shard>()
  const unwritten = new Map<string, Shard>()
  const busy = new Map<string, number>()
  let refreshing: Promise<void> | undefined
  let cancelRefresh: (() => void) | undefined
  let cancelWrite: (() => void) | undefined
  let isDisposed = false
  let acting = deps.authors.actingDevices().size
  /** Of rows that were made when fewer were known who act in the record, or before their writer was. */
  const unnamed = new Set<string>()
  /** Read between a change of this device's, the first in its log, and its frame: what names its writer comes with the frame. */
  const unsealed = new Map<string, Shard>()

  const fileNameOf = (importId: string) => imports.get(importId as ImportId)?.fileName ?? ''
  const logOf = (shard: Shard) => deps.logOf(placeInLog(shard).log)
  const names: RowNames = { fileNameOf, authors: deps.authors }

  function learnImports(stored: readonly StoredImport[]): void {
    const names = stored.filter(each => (imports.get(each.importId)?.fileName ?? each.fileName) !== each.fileName)
    const isNamed = stored.some(each => !imports.has(each.importId) || names.includes(each))
    imports.clear()
    for (const each of stored) imports.set(each.importId, each)
    index.hide(new Set(stored.filter(each => each.undoneAt !== undefined).map(each => each.importId)))
    if (isNamed) index.renameImports(fileNameOf)
  }

  function changed(shard: Shard): void {
    unwritten.set(indexKey(shard), shard)
    deps.onChange()
    if (isDisposed) return
    cancelWrite?.()
    cancelWrite = deps.clock.after(WRITE_MS, () => void flush())
  }

  async function refreshShard(shard: Shard): Promise<void> {
    const doc = await deps.shards.read(shard)
    if (shard.label === IMPORTS_LABEL) learnImports(importsIn(doc))
    else if (shard.label === SAME_LABEL) learnLinks(shard, linksIn(doc, authorsIn(logOf(shard))))
    else refreshRows(shard, doc)
    changed(shard)
  }

  function learnLinks(shard: Shard, found: readonly SameLink[]): void {
    const isHere = ({ ids: [id] }: SameLink) => placeOf(id)?.section === shard.section
    links.set(indexKey(shard), found.filter(isHere))
    index.setLinks(shard, found.filter(isHere))
  }

  /** Locking closes the logs under whatever is being read. */
  function ignoreOnceDisposed(cause: unknown): void {
    if (!isDisposed) throw cause
  }

  function refreshRows(shard: Shard, doc: DocMap): void {
    const prefix = idPrefix(shard)
    const rows = index.shardRows(shard)
    const authors = authorsIn(logOf(shard))
    const gone = new Set(rows.keys())
    const isUnnamed = unnamed.delete(indexKey(shard))
    if (isUnknownWriter(logOf(shard))) unsealed.set(indexKey(shard), shard)
    const put: Row[] = []
    for (const entry of entriesIn(shard.label, doc)) {
      const id = entryIdIn(prefix, entry)
      const known = rows.get(id)
      const row = known?.isUntouched && entry.isUntouched && !isUnnamed ? known : rowIn(shard, doc, id, entry, authors)
      if (row === undefined) continue
      gone.delete(id)
      if (row !== known) put.push(row)
    }
    index.update(shard, put, [...gone])
    learnPrivate(shard, doc)
  }

  function learnPrivate(shard: Shard, doc: DocMap): void {
    if (shard.isPrivate === true) setPrivates(shard, [...privateIn(doc)])
  }

  function setPrivates(shard: Shard, names: readonly string[]): void {
    const prefix = idPrefix(shard)
    index.setPrivate(shard, new Set(names.map(name => `${prefix}${name}` as EntryId)))
  }

  function rowIn(shard: Shard, doc: DocMap, id: EntryId, entry: StoredEntry, authors: LogAuthors): Row | undefined {
    const writer = isImport(shard.label) ? undefined : rowWriter(doc, entry, authors, deps.authors.actingDevices())
    return rowOf({ ...shard, id, ...(writer === undefined ? {} : { writer }) }, entry, names)
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

  function markStale(shard: Shard): void {
    if (!isIndexed(shard)) return
    stale.set(indexKey(shard), shard)
    if (isDisposed) return
    cancelRefresh ??= deps.clock.after(REFRESH_MS, () => {
      // Also when a refresh under way has done this one's work: else none would ever be armed again.
      cancelRefresh = undefined
      void level()
    })
  }

  function infoOf(shard: Shard): ShardInfo | undefined {
    const { log, label } = placeInLog(shard)
    return deps
      .logOf(log)
      .shards()
      .find(each => each.label === label)
  }

  function sealedRow(shard: Shard): StoreWrite {
    const key = indexKey(shard)
    const info = infoOf(shard)
    if (info === undefined) return { table: 'sealed', key, remove: true }
    const isImports = shard.label === IMPORTS_LABEL
    const prefix = holdsEntries(shard.label) ? idPrefix(shard) : ''
    const rows = holdsEntries(shard.label) ? [...index.shardRows(shard).values()] : []
    const privates = [...(shard.isPrivate === true ? index.privatesOf(shard) : [])]
    return sealIndex(deps.localKey, key, prefix, {
      heads: info.heads,
      rows,
      imports: isImports ? [...imports.values()] : [],
      links: links.get(key) ?? [],
      privates: privates.map(id => id.slice(prefix.length)),
      acting,
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
      .flatMap(log =>
        deps
          .logOf(log)
          .shards()
          .flatMap(({ label, heads }) => {
            const shard = shardOf(log, label)
            return shard === undefined ? [] : { ...shard, heads }
          }),
      )
      .filter(isIndexed)
    const isImports = (shard: Shard) => shard.label === IMPORTS_LABEL
    for (const shard of [...shards.filter(isImports), ...shards.filter(each => !isImports(each))]) {
      loadShard(shard, sealed.get(indexKey(shard)))
      sealed.delete(indexKey(shard))
    }
    const forgotten = [...sealed.keys()].map(key => ({ table: 'sealed', key, remove: true }) as const)
    if (forgotten.length > 0) await deps.store.commit(forgotten)
  }

  function loadShard(
    { heads, ...shard }: Shard & { readonly heads: readonly string[] },
    sealed: Uint8Array | undefined,
  ): void {
    const key = indexKey(shard)
    const opened = sealed === undefined ? undefined : openIndex(deps.localKey, key, sealed)
    const isOfEntries = holdsEntries(shard.label)
    const isPrivate = shard.isPrivate === true ? { isPrivate: true as const } : {}
    const known = opened?.unpack({ prefix: isOfEntries ? idPrefix(shard) : '', ...isPrivate }, names)
    if (known !== undefined && shard.label === IMPORTS_LABEL) learnImports(known.imports)
    if (known !== undefined && shard.label === SAME_LABEL) learnLinks(shard, known.links)
    if (known !== undefined && isOfEntries) index.update(shard, known.rows, [])
    if (known !== undefined && isOfEntries && shard.isPrivate === true) setPrivates(shard, known.privates)
    if (known === undefined || known.heads.join() !== heads.join()) markStale(shard)
    else if (known.acting !== acting) nameAnew(shard)
  }

  function nameAnew(shard: Shard): void {
    if (!holdsEntries(shard.label) || isImport(shard.label)) return
    unnamed.add(indexKey(shard))
    markStale(shard)
  }

  function allShards(): Shard[] {
    return deps.sections.flatMap(log =>
      deps
        .logOf(log)
        .shards()
        .flatMap(({ label }) => shardOf(log, label) ?? []),
    )
  }

  /** Also what was written here and not by an act of this record: carried over from a log that came late. */
  function moved(shard: Shard, origin: 'local' | 'remote'): void {
    if (origin === 'remote' || (busy.get(indexKey(shard)) ?? 0) === 0) markStale(shard)
  }

  const stopNames = deps.authors.subscribe(() => {
    index.renameWriters(names)
    const known = deps.authors.actingDevices().size
    if (known !== acting) for (const shard of allShards()) nameAnew(shard)
    acting = known
    deps.onChange()
  })
  /** Frames of this device went into the log. */
  function frameMade(section: LogSection): void {
    for (const [key, shard] of Array.from(unsealed)) {
      if (placeInLog(shard).log !== section || isUnknownWriter(logOf(shard))) continue
      unsealed.delete(key)
      nameAnew(shard)
    }
  }

  const stops = deps.sections.map(log =>
    deps.logOf(log).subscribe(event => {
      if (event.kind === 'outbox') frameMade(log)
      if (event.kind !== 'documents') return
      for (const label of event.labels) {
        const shard = shardOf(log, label)
        if (shard !== undefined) moved(shard, event.origin)
      }
    }),
  )
  // What comes while the rows are read counts too.
  await load()

  return {
    index,
    imports,
    async refreshEntries(shard, entries) {
      const doc = await deps.shards.read(shard)
      const authors = authorsIn(logOf(shard))
      const put: Row[] = []
      const remove = []
      for (const named of entries) {
        const id = entryIdOf({ ...shard, ...named })
        const entry = entryIn(shard.label, doc, named.bucket, named.key)
        const row = entry === undefined ? undefined : rowIn(shard, doc, id, entry, authors)
        if (row === undefined) remove.push(id)
        else put.push(row)
      }
      index.update(shard, put, remove)
      learnPrivate(shard, doc)
      changed(shard)
    },
    async refreshLinks(shard) {
      learnLinks(shard, linksIn(await deps.shards.read(shard), authorsIn(logOf(shard))))
      changed(shard)
    },
    putRows(shard, rows) {
      if (shard.isPrivate === true) index.setPrivate(shard, new Set(rows.map(row => row.summary.id)))
      index.update(shard, rows, [])
      changed(shard)
    },
    markStale,
    async during(shards, act) {
      const keys = shards.map(indexKey)
      for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + 1)
      try {
        return await act()
      } finally {
        for (const key of keys) busy.set(key, (busy.get(key) ?? 1) - 1)
      }
    },
    async ready(shard) {
      if (stale.has(indexKey(shard)) || refreshing !== undefined) await level()
    },
    level,
    flush,
    dispose() {
      isDisposed = true
      cancelRefresh?.()
      cancelWrite?.()
      for (const stop of [stopNames, ...stops]) stop()
    },
  }
}

/** This device has changed something and has no frame in the log that says whose it is. */
function isUnknownWriter(log: SealedLog): boolean {
  const isOwn = ({ writer, principal }: FeedHead) => writer === log.writer && principal !== undefined
  return log.hasPending && !log.feeds().some(isOwn)
}

const isIndexed = ({ label }: Shard) => label === IMPORTS_LABEL || label === SAME_LABEL || holdsEntries(label)

const IMPORTS_KEY = indexKey({ section: IMPORTS_SECTION, label: IMPORTS_LABEL })
