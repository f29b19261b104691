import type { Instant } from '#schema/instant.ts'
import type { ImportId } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportedFile, ImportedResource } from '../exchange/imported-resource.ts'
import type { IssuerBook } from '../exchange/card/issuer-book.ts'
import type { LinkBook } from '../exchange/link/link-book.ts'
import type { LinkFile } from '../exchange/link/follow-link.ts'
import type { TableBook } from '../exchange/csv/table-book.ts'
import type { ReadOptions } from '../exchange/read-import-file.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, Random } from '../ports.ts'
import type { ImportFailure, ImportPreview, ImportProgress } from '../import-session.ts'
import type { SaveFailure, Session } from '../session.ts'
import type { ShareRole } from '../share-session.ts'
import type { TableLook, TableMapping } from '../table-session.ts'
import { shownFileName } from '../shown-name.ts'
import { buildShard, planShards } from './build-import.ts'
import { changesOf, standingOf } from './changed-since.ts'
import type { SetBinned } from './entry-acts.ts'
import { placeInLog, type Shard } from './entry-place.ts'
import { privateSources } from './private-sources.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { makeLinkDesk } from './link-desk.ts'
import { identityOf } from './make-row.ts'
import { readingName, readingNames } from './same-reading.ts'
import type { Row } from './row.ts'
import type { Saver } from './saver.ts'
import type { ShardReader } from './shard-reader.ts'
import { standingIn } from './standing-readings.ts'
import {
  addImport,
  IMPORTS_LABEL,
  IMPORTS_SECTION,
  importIdOf,
  setUndone,
  type StoredImport,
} from './stored-imports.ts'
import type { UndoStack } from './undo-stack.ts'
import { type CommitFailure, type Committed, type HowToCommit, makePaperDesk } from './paper-desk.ts'
import { makeWatch } from './watch.ts'

export interface ImportDeps {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly saver: Saver
  readonly keeper: IndexKeeper
  readonly undo: UndoStack
  readonly clock: Clock
  readonly random: Random
  readonly issuers: IssuerBook
  readonly tables: TableBook
  readonly links: LinkBook
  /** Left out: this person's own record, which has a list of what was brought in. */
  readonly role?: ShareRole
  readonly setBinned: SetBinned
  person(): { readonly personName: string; readonly birthDate: string }
}

export type ImportDesk = Pick<
  Session,
  | 'previewImport'
  | 'previewImports'
  | 'readLink'
  | 'previewLink'
  | 'forgetLink'
  | 'commitImport'
  | 'choosePeople'
  | 'cancelImport'
  | 'watchImport'
  | 'imports'
  | 'undoImport'
  | 'addPaper'
> & {
  /** As `previewImport`, of what was fetched: files that belong together, and what did not come with its reason. */
  previewFiles(files: readonly LinkFile[], name: string): Promise<Result<ImportPreview, ImportFailure>>
}

const IMPORTS: Shard = { section: IMPORTS_SECTION, label: IMPORTS_LABEL }
const IDLE: ImportProgress = { kind: 'idle', done: 0 }
const isWithin = (part: ReadonlySet<string>, whole: ReadonlySet<string>) => [...part].every(each => whole.has(each))
const cancelled = () => fail({ kind: 'cancelled' } as const)

interface Waiting {
  readonly importId: ImportId
  readonly file: ImportedFile
  /** What of it comes in: of a file about several people only what is of those who are chosen. */
  readonly coming: ImportedFile
}

/** Where a file waits between its preview and its commit. */
export function makeImportDesk(deps: ImportDeps): ImportDesk {
  const { keeper, clock } = deps
  const lists = deps.role === undefined ? [IMPORTS] : []
  const progress = makeWatch<ImportProgress>(IDLE)
  let waiting: Waiting | undefined
  let committing: { readonly importId: ImportId; readonly answer: Promise<Committed> } | undefined
  let work = new AbortController()

  function begin(): AbortSignal {
    work.abort()
    work = new AbortController()
    return work.signal
  }

  /** Takes an import back (`since`), or brings it back. */
  async function mark(importId: ImportId, since: Instant | undefined): Promise<Result<void, SaveFailure>> {
    return keeper.during([IMPORTS], async () => {
      const saved = await deps.saver.save(write => write(IMPORTS, doc => setUndone(doc, importId, since)))
      keeper.markStale(IMPORTS)
      await keeper.level()
      return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  /** In somebody else's record nothing lists what was brought in: there the entries go into the bin. */
  function did(stored: StoredImport, count: number): void {
    const { importId, fileName } = stored
    if (deps.role !== undefined) {
      const ids = rowsOf(importId).map(row => row.summary.id)
      const title = keeper.index.get(ids[0]!)?.summary.title ?? fileName
      deps.undo.did({
        told: { act: 'add', title, count },
        about: importId,
        invert: () => deps.setBinned(ids, clock.now()),
      })
      return
    }
    deps.undo.did({
      told: { act: 'import', title: fileName, count },
      about: importId,
      invert: () => mark(importId, clock.now()),
    })
  }

  const versionOf = (resource: ImportedResource) => {
    const { kind } = standingOf(keeper.index, resource)
    return kind === 'changed' || kind === 'older' ? kind : undefined
  }
  const isThere = (resource: ImportedResource) => keeper.index.withIdentity(identityOf(resource)) !== undefined

  /** Tells what is already there. A table's rows have no names: they are also known by what they say. */
  function knownOf(file: ImportedFile): (resource: ImportedResource) => boolean {
    const { tableRows } = file
    if (file.format !== 'table' && (tableRows?.size ?? 0) === 0) return isThere
    const names = readingNames([...keeper.index.visible(), ...keeper.index.binned()])
    const isRow = ({ sourceKey }: ImportedResource) => tableRows?.has(sourceKey) ?? true
    return resource => isThere(resource) || (isRow(resource) && names.has(readingName(resource.parts) ?? ''))
  }

  /** An import taken back that held exactly what is new now: it comes back instead of a copy. */
  function sameAsUndone(file: ImportedFile, fresh: readonly ImportedResource[]): StoredImport | undefined {
    const inFile = new Set(file.resources.map(identityOf))
    const wanted = new Set(fresh.map(identityOf))
    return [...keeper.imports.values()].find(stored => {
      if (stored.undoneAt === undefined) return false
      const held = new Set(rowsOf(stored.importId).map(row => row.identity ?? ''))
      return held.size > 0 && isWithin(held, inFile) && isWithin(wanted, held)
    })
  }

  function rowsOf(importId: ImportId): Row[] {
    return [...keeper.index.all()].filter(
      ({ summary: { source } }) => source.type === 'import' && source.importId === importId,
    )
  }

  /** Everything of an import in one transaction, its rows in memory before anybody reads a document. */
  async function bringIn(
    stored: StoredImport,
    fresh: readonly ImportedResource[],
    { signal, isPrivate = false }: HowToCommit,
  ): Promise<Result<void, CommitFailure>> {
    const sources = await privateSources(deps)
    const plans = planShards(stored.importId, fresh, resource => isPrivate || sources.has(resource.sourceKey))
    const built: (Shard & { readonly save: Uint8Array<ArrayBuffer>; readonly rows: readonly Row[] })[] = []
    let count = 0
    for (const plan of plans) {
      const actor = deps.logOf(placeInLog(plan).log).actor()
      const shard = await buildShard(plan, stored, actor, () => pause(signal))
      if (shard === undefined) return cancelled()
      const { resources: _, ...place } = plan
      built.push({ ...place, ...shard })
      count += plan.resources.length
      progress.set({ kind: 'saving', done: (0.9 * count) / fresh.length })
    }
    return keeper.during([...lists, ...built], async () => {
      let isTooLate = false
      const saved = await deps.saver.save(async write => {
        if (signal.aborted) return
        // From the first write on it is saved whole, or refused whole by the disk; then there is "Undo".
        isTooLate = true
        for (const { save, rows: _, ...shard } of built) await write.whole(shard, save)
        for (const list of lists) await write(list, doc => addImport(doc, stored))
      })
      if (!isTooLate) return cancelled()
      for (const list of lists) keeper.markStale(list)
      await keeper.level()
      if (!saved.ok) return fail({ kind: 'not-stored', why: saved.failure })
      for (const { rows, save: _, ...shard } of built) {
        keeper.putRows(shard, rows)
        const { log, label } = placeInLog(shard)
        deps.logOf(log).close(label)
      }
      return saved
    })
  }

  /** Lets cancel and every other act through; answers whether to go on. */
  async function pause(signal: AbortSignal): Promise<boolean> {
    if (!signal.aborted) await new Promise<void>(resolve => clock.after(0, resolve))
    return !signal.aborted
  }

  async function commit(file: ImportedFile, importId: ImportId, how: HowToCommit): Promise<Committed> {
    await keeper.level()
    if (how.signal.aborted) return cancelled()
    const isKnown = knownOf(file)
    const mayCome = (resource: ImportedResource) => how.withOlder === true || versionOf(resource) !== 'older'
    const fresh = file.resources.filter(resource => !isKnown(resource) && mayCome(resource))
    if (fresh.length === 0) return ok({ added: 0 })
    const undone = deps.role === undefined ? sameAsUndone(file, fresh) : undefined
    const stored = undone ?? {
      importId,
      fileName: file.fileName,
      importedAt: clock.now(),
      count: fresh.length,
    }
    const done = undone === undefined ? await bringIn(stored, fresh, how) : await mark(undone.importId, undefined)
    if (!done.ok) return done
    did(stored, fresh.length)
    // That it could not be kept costs having to paste it again.
    if (file.link !== undefined) await deps.links.keep(stored.importId, file.link)
    return ok({ added: fresh.length })
  }

  async function commitWaiting(importId: ImportId, file: ImportedFile, withOlder: boolean): Promise<Committed> {
    const signal = begin()
    progress.set({ kind: 'saving', done: 0 })
    const done = await commit(file, importId, { signal, withOlder })
    if (done.ok) waiting = undefined
    if (done.ok) for (const table of tablesOf(file)) await remember(table)
    if (!signal.aborted || done.ok) progress.set(done.ok ? { kind: 'done', done: 1 } : IDLE)
    return done
  }

  /** For the next table with this heading. That it could not be kept costs one question more. */
  async function remember({ fingerprint, mapping, isRemembered }: TableLook): Promise<void> {
    if (!isRemembered) await deps.tables.keep(fingerprint, mapping)
  }

  /** Nothing waits here by that name: it was brought in before, or its preview went with the worker that made it. */
  async function broughtIn(importId: ImportId): ReturnType<ImportDesk['commitImport']> {
    await keeper.level()
    const stored = keeper.imports.get(importId)
    const isIn = stored !== undefined && stored.undoneAt === undefined
    return isIn ? ok({ added: stored.count }) : fail({ kind: 'gone' })
  }

  async function readOptions(signal: AbortSignal, answer?: TableMapping): Promise<ReadOptions> {
    const kept = await deps.tables.list()
    await keeper.level()
    const remembered = (fingerprint: string) => kept.get(fingerprint)
    return {
      signal,
      tables: { zone: () => clock.zone(), remembered, ...(answer === undefined ? {} : { answer }) },
      cards: {
        issuers: await deps.issuers.list(),
        directories: await deps.issuers.directories(),
        now: clock.now(),
      },
      standing: standingIn(keeper.index),
      onProgress: done => signal.aborted || progress.set({ kind: done < 0.2 ? 'reading' : 'checking', done }),
    }
  }

  /** What was read waits here, unless something else was begun meanwhile. */
  async function previewed(
    read: Result<ImportedFile, ImportFailure>,
    signal: AbortSignal,
  ): Promise<Result<ImportPreview, ImportFailure>> {
    if (signal.aborted) return cancelled()
    progress.set(IDLE)
    if (!read.ok) return read
    const importId = importIdOf(deps.random.bytes(16))
    const { chosenAtFirst } = await import('../exchange/whose.ts')
    return lookOver(importId, read.value, chosenAtFirst(read.value, owner()), signal)
  }

  const owner = () => ({ name: deps.person().personName, birthDate: deps.person().birthDate })

  async function lookOver(
    importId: ImportId,
    file: ImportedFile,
    chosen: readonly number[],
    signal: AbortSignal,
  ): Promise<Result<ImportPreview, ImportFailure>> {
    await keeper.level()
    const { previewOf } = await import('../exchange/preview.ts')
    const { ofPeople } = await import('../exchange/whose.ts')
    const coming = ofPeople(file, chosen)
    const changes = await changesOf({ index: keeper.index, shards: deps.shards }, coming.resources, clock.now())
    if (signal.aborted) return cancelled()
    waiting = { importId, file, coming }
    return ok(previewOf(file, { importId, isKnown: knownOf(file), versionOf, changes, owner: owner(), chosen }))
  }

  interface FetchedHow {
    readonly signal: AbortSignal
    readonly followsPages?: boolean
    readonly link?: string
  }

  async function previewFetched(
    files: readonly LinkFile[],
    name: string,
    { signal, followsPages = false, link }: FetchedHow,
  ) {
    const { readImportFiles } = await import('../exchange/read-import-file.ts')
    const options = { ...(await readOptions(signal)), followsPages }
    const read = await readImportFiles(files, shownFileName(name), options)
    return previewed(read.ok && link !== undefined ? ok({ ...read.value, link }) : read, signal)
  }

  const papers = makePaperDesk({
    keeper,
    begin,
    commit,
    newImportId: () => importIdOf(deps.random.bytes(16)),
    tell: told => progress.set(told),
  })

  const { keptLinks, ...linkActs } = makeLinkDesk({
    links: deps.links,
    clock,
    begin() {
      waiting = undefined
      return begin()
    },
    previewFetched,
  })

  return {
    ...papers,
    ...linkActs,
    async previewImport(file, fileName, columns) {
      const signal = begin()
      waiting = undefined
      progress.set({ kind: 'reading', done: 0 })
      // Loaded when first needed: the unit tables are a tenth of the worker's script.
      const { readChosenFile } = await import('../exchange/read-import-file.ts')
      return previewed(await readChosenFile(file, shownFileName(fileName), await readOptions(signal, columns)), signal)
    },
    async previewImports(files) {
      const signal = begin()
      waiting = undefined
      progress.set({ kind: 'reading', done: 0 })
      const { readSeveralFiles } = await import('../exchange/several-files.ts')
      const named = files.map(({ file, name }) => ({ file, name: shownFileName(name) }))
      return previewed(await readSeveralFiles(named, await readOptions(signal)), signal)
    },
    async previewFiles(files, name) {
      const signal = begin()
      waiting = undefined
      progress.set({ kind: 'reading', done: 0 })
      return previewFetched(files, name, { signal, followsPages: true })
    },
    async commitImport(importId, leftOut, withOlder = false) {
      if (committing?.importId === importId) return committing.answer
      if (waiting?.importId !== importId) return broughtIn(importId)
      const mine = { importId, answer: commitWaiting(importId, without(waiting.coming, leftOut), withOlder) }
      committing = mine
      return mine.answer.finally(() => {
        if (committing === mine) committing = undefined
      })
    },
    async choosePeople(importId, places) {
      if (waiting?.importId !== importId) return fail({ kind: 'gone' })
      return lookOver(importId, waiting.file, places, work.signal)
    },
    async cancelImport() {
      work.abort()
      waiting = undefined
      progress.set(IDLE)
    },
    watchImport: async listener => progress.watch(listener),
    async imports() {
      const links = await keptLinks()
      const told = [...keeper.imports.values()].map(({ undoneAt, ...stored }) => {
        const link = links.get(stored.importId)
        return { ...stored, isUndone: undoneAt !== undefined, ...(link === undefined ? {} : { link }) }
      })
      return told.sort((a, b) => b.importedAt - a.importedAt)
    },
    async undoImport(importId) {
      await keeper.level()
      const stored = keeper.imports.get(importId)
      if (stored === undefined) return fail({ kind: 'not-found' })
      const removed = rowsOf(importId).length
      const isDone = removed === 0 || stored.undoneAt !== undefined
      const done = isDone ? ok(undefined) : await mark(importId, clock.now())
      if (!done.ok) return done
      deps.undo.forget('import', importId)
      return ok({ removed })
    },
  }
}

const tablesOf = ({ table, files = [] }: ImportedFile): readonly TableLook[] =>
  [table, ...files.map(each => ('failure' in each ? undefined : each.table))].filter(each => each !== undefined)

/** The file without the series that stay out. */
function without(file: ImportedFile, leftOut: readonly string[] = []): ImportedFile {
  if (leftOut.length === 0) return file
  return { ...file, resources: file.resources.filter(({ group }) => group === undefined || !leftOut.includes(group)) }
}
