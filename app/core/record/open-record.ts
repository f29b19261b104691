import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { IssuerBook } from '../exchange/card/issuer-book.ts'
import type { LinkBook } from '../exchange/link/link-book.ts'
import type { TableBook } from '../exchange/csv/table-book.ts'
import type { ByteStore, Clock, Pictures, Random } from '../ports.ts'
import type { CardRecord } from '../card-session.ts'
import type { Session, Stop, TimelineQuery } from '../session.ts'
import type { ShareRole } from '../share-session.ts'
import type { TestGroup } from '../results-session.ts'
import { annotationsOn, guardAnnotations } from './annotations.ts'
import { type AcceptAddition, makeAcceptAddition } from './accept-addition.ts'
import { allowedActs } from './allowed-acts.ts'
import { type AuthorNames, authorsIn } from './authors.ts'
import { makeChangeHub } from './change-hub.ts'
import { BIN_MS, cleanUp } from './clean-up.ts'
import { makeEntryActs } from './entry-acts.ts'
import { type EntryPlace, placeInLog, placeOf } from './entry-place.ts'
import type { NothingPlanned, TakeOutChoice } from '../take-out-session.ts'
import { homeOf } from './home-view.ts'
import { type ImportDesk, makeImportDesk } from './import-desk.ts'
import { makeIssuerDesk } from './issuer-desk.ts'
import { openIndexKeeper } from './index-keeper.ts'
import type { Row } from './row.ts'
import { makeKeptTexts } from './kept-texts.ts'
import { makePaperReader, type PaperReader } from './papers.ts'
import { makePrivacyActs, type PrivacyActs } from './privacy-acts.ts'
import { makeSaver, type SaverDeps } from './saver.ts'
import { makeShardReader } from './shard-reader.ts'
import { entryIn } from './stored-entry.ts'
import { dropThumbnails, makeThumbnails } from './thumbnails.ts'
import { makeTwiceActs } from './twice-acts.ts'
import { othersOf } from './entry-others.ts'
import type { TestReader } from './test-reader.ts'
import { isValueOf, kindsOf, trackedView } from './tracked-view.ts'
import { makeTimelineReader } from './timeline-reader.ts'
import { makeUnderWay } from './under-way.ts'
import { makeUndoStack } from './undo-stack.ts'

export interface RecordDeps extends SaverDeps {
  /** Those that there are: all of one's own record, with the private log, or what was shared of another's. */
  readonly sections: readonly LogSection[]
  /** The log of each of `sections`. */
  logOf(section: LogSection): SealedLog
  /** Left out: this person's own record. */
  readonly role?: ShareRole
  /** For the sealed index: rows of table `sealed`, keys `index/…`. */
  readonly store: ByteStore
  readonly clock: Clock
  readonly random: Random
  /** 32 bytes; seals the index. */
  readonly localKey: Uint8Array<ArrayBuffer>
  person(): { readonly personName: string; readonly birthDate: string }
  readonly authors: AuthorNames
  /** Whose health cards this person trusts. */
  readonly issuers: IssuerBook
  /** What this person said of the columns of tables. */
  readonly tables: TableBook
  /** Links that can be looked at again. */
  readonly links: LinkBook
  readonly pictures?: Pictures
}

type RecordMethods =
  | 'watchHome'
  | 'watchTimeline'
  | 'timelineRows'
  | 'watchEntry'
  | 'facets'
  | 'watchTests'
  | 'testHistory'
  | 'entryHistory'
  | 'whatChanged'
  | 'readings'
  | 'watchTracked'
  | 'addEntry'
  | 'addEntries'
  | 'editEntry'
  | 'binEntry'
  | 'restoreEntry'
  | 'bin'
  | 'chooseConflict'
  | 'undo'
  | 'undoable'
  | 'previewImport'
  | 'previewImports'
  | 'commitImport'
  | 'choosePeople'
  | 'cancelImport'
  | 'watchImport'
  | 'imports'
  | 'undoImport'
  | 'readLink'
  | 'previewLink'
  | 'forgetLink'
  | 'cardIssuers'
  | 'keepIssuerFile'
  | 'forgetCardIssuer'
  | 'cardDirectories'
  | 'keepDirectory'
  | 'forgetDirectory'
  | 'reportEntries'
  | 'entryFiles'
  | 'keptText'
  | 'keepText'
  | 'addPaper'
  | 'attachPaper'
  | 'attachment'
  | 'thumbnail'
  | 'original'
  | 'seenTwice'
  | 'sayIfSame'
  | 'takeApart'

/** The record of an unlocked vault: these methods of the session, and what the vault needs of it. */
export interface RecordService
  extends Pick<Session, RecordMethods>,
    PrivacyActs,
    Pick<ImportDesk, 'previewFiles'>,
    Pick<PaperReader, 'filesElsewhere'> {
  /** As the session's, without asking. */
  exportFhir(options?: { readonly leavePrivateOut?: boolean }): Promise<Blob>
  /** As `exportFhir`, of these sections alone. */
  exportSections(sections: readonly Section[]): Promise<Blob>
  /** As the session's, without asking. */
  takeOut(choice: TakeOutChoice): Promise<Result<Blob, NothingPlanned>>
  /** What somebody else wrote and the person accepted: once, under that one's name. */
  acceptAddition: AcceptAddition
  /** What an emergency card can have of it. */
  cardEntries(): Promise<Omit<CardRecord, 'choices'>>
  /** Calls at once, and after each change of what is to be seen. */
  watchChanges(listener: () => void): Promise<Stop>
  /** Writes what of the index has changed: before lock and on page hide. */
  flushIndex(): Promise<void>
  /** Resolves when every act that writes has answered, the index is level with every document, and every watcher has seen it. */
  idle(): Promise<void>
  /** Tells watchers again: the person's name changed. */
  refresh(): void
  /** Ends every watch and timer. Does not write. */
  dispose(): void
}

const WRITING_ACTS = [
  'addEntry',
  'addEntries',
  'editEntry',
  'binEntry',
  'restoreEntry',
  'chooseConflict',
  'commitImport',
  'undoImport',
  'addPaper',
  'attachPaper',
  'makePrivate',
  'makeOpen',
  'sayIfSame',
  'takeApart',
] as const

/** Opens the record on its logs. Reads sealed index rows; documents stay closed unless they moved without the index. */
export async function openRecord(deps: RecordDeps): Promise<RecordService> {
  const { clock } = deps
  const hub = makeChangeHub(clock)
  const shards = makeShardReader(section => deps.logOf(section))
  const saver = makeSaver(deps)
  const undo = makeUndoStack()
  const keeper = await openIndexKeeper({ ...deps, shards, onChange: () => hub.changed() })
  const { index } = keeper
  const timeline = makeTimelineReader(index, clock)
  const parts = { ...deps, shards, saver, keeper, undo }
  const { linksOf, namesOf, ...papers } = makePaperReader({ index, shards, sections: deps.sections })

  let testReader: TestReader | undefined
  /** Loaded when results are first looked at. */
  async function tests(): Promise<TestReader> {
    const { makeTestReader } = await import('./test-reader.ts')
    return (testReader ??= makeTestReader(index))
  }

  const underWay = makeUnderWay()

  async function detail(row: Row | undefined, place: EntryPlace): Promise<EntryDetail | undefined> {
    // Of a section that is not here there is no row, nor anything to read.
    if (row === undefined) return undefined
    // Loaded when the first entry is looked at.
    const { detailOf } = await import('./entry-detail.ts')
    const doc = await shards.read(place)
    const entry = entryIn(place.label, doc, place.bucket, place.key)
    if (entry === undefined) return undefined
    const authors = authorsIn(deps.logOf(placeInLog(place).log))
    const told = detailOf(row, place.label, doc, entry, { authors, names: deps.authors })
    return { ...told, ...besides(row.summary.id) }
  }

  /** What else its page shows: what belongs to it, what was written beside it, and what it stands for. */
  function besides(id: EntryId): Pick<EntryDetail, 'papers' | 'about' | 'annotations' | 'versions' | 'sameAs'> {
    const annotations = annotationsOn(index, id)
    return { ...linksOf(id), ...(annotations.length > 0 ? { annotations } : {}), ...othersOf(index, id) }
  }

  function besidesText(id: EntryId): string {
    const { papers = [], about = [], annotations = [], versions = [], sameAs = [] } = besides(id)
    return JSON.stringify([
      [...papers, ...about, ...sameAs].map(each => each.id),
      annotations,
      versions.map(({ summary }) => summary.id),
    ])
  }

  async function detailNow(id: EntryId): Promise<EntryDetail | undefined> {
    const [place, row] = [placeOf(id), index.get(id)]
    return place && detail(row, row?.summary.isPrivate ? { ...place, isPrivate: true } : place)
  }
  const thumbnails = makeThumbnails({ ...deps, index, detail: detailNow, attachment: papers.attachment })

  let namesVersion = 0
  const stopNames = deps.authors.subscribe(() => {
    namesVersion++
    hub.changed()
  })

  /** A row is made anew whenever its entry moved and stays the same object while it did not; documents come and go beside it. */
  function entryLook(id: EntryId, listener: (entry: EntryDetail | undefined) => void): () => Promise<void> {
    const place = placeOf(id)
    let shown: Row | undefined | 'nothing yet' = 'nothing yet'
    let shownNames = -1
    let shownLinks = ''
    return async () => {
      if (place !== undefined) await keeper.ready(place)
      const row = index.get(id)
      const links = besidesText(id)
      if (shown === row && shownNames === namesVersion && shownLinks === links) return
      shown = row
      shownLinks = links
      shownNames = namesVersion
      listener(
        place === undefined
          ? undefined
          : await detail(row, row?.summary.isPrivate ? { ...place, isPrivate: true } : place),
      )
    }
  }

  let isDisposed = false
  const isOwn = deps.role === undefined
  const cleaning = keeper.level().then(() => (isDisposed || !isOwn ? undefined : cleanUp(parts, clock.now())))
  void cleaning.then(() => (isDisposed ? undefined : dropThumbnails(deps.store, index))).catch(() => undefined)
  cleaning.catch((cause: unknown) => {
    if (!isDisposed) throw cause
  })

  const { setBinned, ...entryActs } = makeEntryActs({ ...parts, namesOf })
  const all = {
    ...entryActs,
    ...makeImportDesk({ ...parts, setBinned }),
    ...makePrivacyActs({ ...parts, namesOf }),
    ...makeTwiceActs(parts),
  }
  const guarded = guardAnnotations({ index, authors: deps.authors, isOwn }, all)
  const acts = underWay.countedIn(allowedActs(deps, guarded), WRITING_ACTS)
  return {
    ...acts,
    ...makeIssuerDesk(deps.issuers),
    acceptAddition: underWay.counted(makeAcceptAddition({ ...parts, namesOf })),
    ...underWay.countedIn(makeKeptTexts(parts, acts), ['keepText']),
    ...papers,
    ...thumbnails,
    watchHome: listener => hub.watch(async () => listener(homeOf(index.visible(), deps.person().personName))),
    watchTimeline: (query, listener) => hub.watch(async () => listener(await timeline.overview(query))),
    timelineRows: async (query, from, to) => timeline.rows(query, from, to),
    watchEntry: (id, listener) => hub.watch(entryLook(id, listener)),
    async facets() {
      await keeper.level()
      return timeline.facets()
    },
    async watchTests(listener) {
      const reader = await tests()
      let told: readonly TestGroup[] | undefined
      return hub.watch(async () => {
        const now = reader.tests()
        if (now === told) return
        told = now
        listener(now)
      })
    },
    async entryHistory(id, count) {
      const [place, { historyOf }] = [placeOf(id), await import('./entry-history.ts')]
      if (place !== undefined) await keeper.ready(place)
      const row = index.get(id)
      if (place === undefined || row === undefined) return undefined
      const now: EntryPlace = row.summary.isPrivate ? { ...place, isPrivate: true } : place
      const doc = await shards.read(now)
      const entry = entryIn(now.label, doc, now.bucket, now.key)
      const authors = authorsIn(deps.logOf(placeInLog(now).log))
      return entry && historyOf(now.label, doc, entry, { authors, names: deps.authors }, count)
    },
    async whatChanged(since) {
      return (await import('./what-changed.ts')).whatChanged(parts, since, deps.clock.now())
    },
    async testHistory(id) {
      await keeper.level()
      return (await tests()).history(id)
    },
    watchTracked: listener => hub.watch(async () => listener(trackedView(index.visible(), index.version))),
    async readings(measure, from, to) {
      await keeper.level()
      const query: TimelineQuery = { kinds: kindsOf(measure), from, to }
      const rows = await timeline.rows(query, 0, index.size)
      return rows.filter(summary => isValueOf(measure, summary))
    },
    async bin() {
      await keeper.level()
      const binned = index.binned().flatMap(({ summary, binnedAt }) => {
        const isAlong = summary.on !== undefined && index.get(summary.on as EntryId)?.binnedAt === binnedAt
        if (binnedAt === undefined || isAlong) return []
        return [{ summary, binnedAt, goneAt: instant(binnedAt + BIN_MS) }]
      })
      return binned.sort((a, b) => b.binnedAt - a.binnedAt)
    },
    undo: underWay.counted(() => undo.undo()),
    undoable: async () => undo.last(),
    async exportFhir({ leavePrivateOut = false } = {}) {
      await keeper.level()
      const { exportRecord } = await import('./export-record.ts')
      return exportRecord({ ...parts, person: deps.person(), withPrivate: !leavePrivateOut })
    },
    async exportSections(wanted) {
      await keeper.level()
      const { exportRecord } = await import('./export-record.ts')
      return exportRecord({ ...parts, sections: wanted, person: deps.person(), withPrivate: false })
    },
    async reportEntries(choice) {
      await keeper.level()
      return (await import('./take-out.ts')).reportEntries(parts, choice)
    },
    async cardEntries() {
      await keeper.level()
      return (await import('./card-entries.ts')).cardEntries(parts)
    },
    async entryFiles() {
      await keeper.level()
      return (await import('./take-out.ts')).entryFiles(parts)
    },
    async takeOut(choice) {
      await keeper.level()
      return (await import('./take-out.ts')).takeOut(parts, choice)
    },
    flushIndex: () => keeper.flush(),
    async idle() {
      await cleaning
      await underWay.idle()
      await saver.idle()
      await keeper.level()
      await hub.idle()
    },
    refresh: () => hub.changed(),
    watchChanges: listener => hub.watch(async () => listener()),
    dispose() {
      isDisposed = true
      stopNames()
      keeper.dispose()
      hub.dispose()
    },
  }
}
