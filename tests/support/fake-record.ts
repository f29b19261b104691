import { isValueOf, trackedView } from '#app/core/record/tracked-view.ts'
import type { Tracked } from '#app/core/track-session.ts'
import type { TrackedMeasure } from '#schema/record/tracked.ts'
import { listOf } from '#schema/record/document.ts'
import type { FreshUnlockFailure } from '#app/core/vault/fresh-unlock.ts'
import type { CardIssuerInfo, DirectoryInfo, IssuerFileFailure } from '#app/core/issuer-session.ts'
import type { LinkAsked, LinkFailure, LinkInfo, LinkStep } from '#app/core/link-session.ts'
import type { NewPaper, PaperFailure, PaperSession } from '#app/core/paper-session.ts'
import type { ChosenFile, ImportFailure, ImportInfo, ImportPreview, ImportProgress } from '#app/core/import-session.ts'
import type {
  AddOptions,
  BinnedEntry,
  Facets,
  Home,
  SaveFailure,
  Stop,
  TimelineOverview,
  TimelineQuery,
  UndoneAct,
} from '#app/core/session.ts'
import type { SeenTwice } from '#app/core/twice-session.ts'
import type { Belonging, EraseFailure, Erasing, RevealFailure, SectionPast } from '#app/core/private-session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import {
  type EntryDetail,
  type EntryFields,
  type EntryId,
  type EntrySummary,
  type ImportId,
  QUIET_KINDS,
} from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { entryId, SAMPLE_IMPORT, sampleEntries, summaryOf } from './fake-entries.ts'
import { Watched } from './fake-watch.ts'

const DAY_MS = 86_400_000
const now = () => instant(Date.now())

/** The record side of the fake session, in memory. Fields open to tests: `entries`, `nextSaveFailure`, `nextImport`. */
export class FakeRecord {
  /** Asked for where something is let out. */
  passphrase = ''
  entries: EntryDetail[]
  /** The next act that would save fails with this instead. */
  nextSaveFailure: SaveFailure | undefined
  nextRevealFailure: RevealFailure | undefined
  /** What the next previewImport answers; without it, the sample entries as a file. */
  nextImport: Result<ImportPreview, ImportFailure> | undefined
  issuers: readonly CardIssuerInfo[] = []
  directories: readonly DirectoryInfo[] = []
  nextLink: Result<LinkInfo, LinkFailure> = fail({ kind: 'link', why: 'unreadable' })
  /** What previewLink answers, one after the other; and what it was asked. */
  linkSteps: Result<LinkStep, ImportFailure>[] = []
  readonly linksAsked: LinkAsked[] = []
  nextIssuerFailure: IssuerFileFailure | undefined
  readonly papersAsked: NewPaper[] = []
  nextPaperFailure: PaperFailure | undefined
  /** Until then a paper is being read. */
  paperWait: Promise<void> = Promise.resolve()
  /** By entry and number. */
  readonly attachments = new Map<string, Blob>()
  readonly progress = new Watched<ImportProgress>({ kind: 'idle', done: 0 })
  readonly #version = new Watched(0)
  #undo: { readonly act: UndoneAct; readonly run: () => void } | undefined
  #pending: ImportPreview | undefined
  #imports: ImportInfo[]
  #made = 0

  constructor(summaries: readonly EntrySummary[] = sampleEntries()) {
    this.entries = summaries.map(summary => detailOf(summary))
    const count = summaries.filter(each => each.source.type === 'import').length
    this.#imports =
      count === 0
        ? []
        : [
            {
              importId: SAMPLE_IMPORT,
              fileName: 'st-marys-hospital.json',
              importedAt: instant(Date.UTC(2026, 10, 1)),
              count,
              isUndone: false,
            },
          ]
  }

  #here(): EntryDetail[] {
    return this.entries.filter(entry => entry.binnedAt === undefined)
  }

  #rows(query: TimelineQuery): EntrySummary[] {
    return this.#here()
      .map(entry => entry.summary)
      .filter(summary => matches(summary, query))
      .sort((a, b) => (b.when?.sortAt ?? -Infinity) - (a.when?.sortAt ?? -Infinity))
  }

  #changed(): void {
    this.#version.set(this.#version.value + 1)
  }

  #find(id: EntryId): EntryDetail | undefined {
    return this.entries.find(entry => entry.summary.id === id)
  }

  #replace(id: EntryId, change: (entry: EntryDetail) => EntryDetail): void {
    this.entries = this.entries.map(entry => (entry.summary.id === id ? change(entry) : entry))
    this.#changed()
  }

  #refusal(): Result<never, SaveFailure> | undefined {
    const failure = this.nextSaveFailure
    this.nextSaveFailure = undefined
    return failure === undefined ? undefined : fail(failure)
  }

  watchHome(listener: (home: Home) => void): Promise<Stop> {
    return this.#version.watch(() => listener(this.#home()))
  }

  #home(): Home {
    const rows = this.#rows({})
    const of = (kind: EntrySummary['kind'], most: number) => rows.filter(row => row.kind === kind).slice(0, most)
    const active = (section: EntrySummary['section']) =>
      rows.filter(row => row.section === section && row.status === 'active' && row.kind !== 'statement')
    const sections = [...new Set(rows.map(row => row.section))]
    return {
      personName: 'Maria Jansen',
      counts: sections.map(section => ({ section, count: rows.filter(row => row.section === section).length })),
      total: rows.length,
      problems: active('problems').filter(row => !row.title.endsWith('(finding)')),
      alsoNoted: active('problems').filter(row => row.title.endsWith('(finding)')),
      allergies: active('allergies'),
      medicines: active('medicines'),
      statements: of('statement', 12),
      latestResults: of('lab-result', 12),
      recent: rows.filter(row => row.when !== undefined).slice(0, 12),
      latestBloodPressure: of('blood-pressure', 2),
      latestWeight: of('weight', 2),
      conflicts: this.#here()
        .filter(entry => entry.conflicts.length > 0)
        .map(entry => entry.summary.id),
    }
  }

  watchTracked(listener: (tracked: Tracked) => void): Promise<Stop> {
    return this.#version.watch(version => {
      const rows = this.#rows({}).map(summary => ({ summary, hasConflict: false, isUntouched: true, month: '' }))
      listener(trackedView(rows, version))
    })
  }

  watchTimeline(query: TimelineQuery, listener: (page: TimelineOverview) => void): Promise<Stop> {
    return this.#version.watch(version => listener(overviewOf(this.#rows(query), version, query.first)))
  }

  async timelineRows(query: TimelineQuery, from: number, to: number): Promise<readonly EntrySummary[]> {
    return this.#rows(query).slice(from, to)
  }

  watchEntry(id: EntryId, listener: (entry: EntryDetail | undefined) => void): Promise<Stop> {
    return this.#version.watch(() => listener(this.#withAnnotations(id)))
  }

  #withAnnotations(id: EntryId): EntryDetail | undefined {
    const entry = this.#find(id)
    const notes = this.#here().flatMap(({ summary }) => (summary.on === id ? [summary] : []))
    return entry && notes.length > 0 ? { ...entry, annotations: notes } : entry
  }

  async facets(): Promise<Facets> {
    const rows = this.#rows({})
    const sources = [...new Set(rows.map(sourceOf))]
    return {
      kinds: [...new Set(rows.map(row => row.kind))].map(kind => ({
        kind,
        count: rows.filter(row => row.kind === kind).length,
      })),
      sections: this.#home().counts.map(each => ({
        ...each,
        privateCount: rows.filter(row => row.section === each.section && row.isPrivate).length,
      })),
      sources: sources.map(source => ({
        source,
        label: source === 'self' ? '' : 'St Mary’s Hospital',
        count: rows.filter(row => sourceOf(row) === source).length,
      })),
      years: [...new Set(rows.flatMap(row => (row.when ? [Number(row.when.text.slice(0, 4))] : [])))],
    }
  }

  async readings(measure: TrackedMeasure, from: Instant, to: Instant): Promise<readonly EntrySummary[]> {
    return this.#rows({ from, to }).filter(summary => isValueOf(measure, summary))
  }

  async addEntries(
    list: readonly EntryFields[],
    { isPrivate }: AddOptions = {},
  ): Promise<Result<readonly EntryId[], SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const added = list.map(fields => {
      this.#made += 1
      const summary = summaryOf(entryId(`own-${this.#made}`), fields)
      return { ...detailOf(isPrivate ? { ...summary, isPrivate } : summary), fields }
    })
    const ids = added.map(({ summary }) => summary.id)
    this.entries = [...this.entries, ...added]
    this.#undo = {
      act: { act: 'add', title: added[0]?.summary.title ?? '', count: ids.length },
      run: () => {
        this.entries = this.entries.filter(entry => !ids.includes(entry.summary.id))
      },
    }
    this.#changed()
    return ok(ids)
  }

  async addEntry(fields: EntryFields, options?: AddOptions): Promise<Result<EntryId, SaveFailure>> {
    const added = await this.addEntries([fields], options)
    return added.ok ? ok(added.value[0]!) : added
  }

  async editEntry(id: EntryId, fields: EntryFields): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const before = this.#find(id)
    if (before === undefined) return fail({ kind: 'not-found' })
    const { source } = before.summary
    this.#keepUndo('edit', before)
    this.#replace(id, entry => ({
      ...entry,
      fields,
      ...pagesOf(entry, fields),
      summary: { ...summaryOf(id, fields), source },
      changedAt: now(),
    }))
    return ok(undefined)
  }

  #keepUndo(act: UndoneAct['act'], before: EntryDetail): void {
    this.#undo = {
      act: { act, title: before.summary.title, count: 1 },
      run: () => this.#replace(before.summary.id, () => before),
    }
  }

  async #setBinned(id: EntryId, act: 'bin' | 'restore'): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const before = this.#find(id)
    if (before === undefined) return fail({ kind: 'not-found' })
    this.#keepUndo(act, before)
    this.#replace(id, entry => {
      const { binnedAt: _binnedAt, ...rest } = entry
      return act === 'bin' ? { ...rest, binnedAt: now() } : rest
    })
    return ok(undefined)
  }

  binEntry(id: EntryId): Promise<Result<void, SaveFailure>> {
    return this.#setBinned(id, 'bin')
  }

  restoreEntry(id: EntryId): Promise<Result<void, SaveFailure>> {
    return this.#setBinned(id, 'restore')
  }

  async bin(): Promise<readonly BinnedEntry[]> {
    return this.entries.flatMap(({ summary, binnedAt }) =>
      binnedAt === undefined ? [] : [{ summary, binnedAt, goneAt: instant(binnedAt + 30 * DAY_MS) }],
    )
  }

  async chooseConflict(id: EntryId, field: string): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    this.#replace(id, entry => ({ ...entry, conflicts: entry.conflicts.filter(each => each.field !== field) }))
    return ok(undefined)
  }

  async undo(): Promise<Result<UndoneAct | undefined, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const last = this.#undo
    this.#undo = undefined
    last?.run()
    this.#changed()
    return ok(last?.act)
  }

  async undoable(): Promise<UndoneAct | undefined> {
    return this.#undo?.act
  }

  async previewImport(_file: Blob, fileName: string): Promise<Result<ImportPreview, ImportFailure>> {
    this.progress.set({ kind: 'reading', done: 0.4 })
    await new Promise(resolve => setTimeout(resolve, 30))
    this.progress.set({ kind: 'checking', done: 0.8 })
    const answer = this.nextImport ?? ok(previewOf(fileName))
    this.nextImport = undefined
    this.progress.set({ kind: 'idle', done: 0 })
    if (answer.ok) this.#pending = answer.value
    return answer
  }

  previewImports(files: readonly ChosenFile[]): Promise<Result<ImportPreview, ImportFailure>> {
    return this.previewImport(new Blob(), files.map(({ name }) => name).join(', '))
  }

  async commitImport(importId: ImportId): Promise<Result<{ readonly added: number }, ImportFailure | SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const preview = this.#pending
    if (preview?.importId !== importId) return fail({ kind: 'gone' })
    this.#pending = undefined
    this.progress.set({ kind: 'saving', done: 0.5 })
    const { fileName, newCount: count } = preview
    const link = preview.keepsLink === true ? { link: { host: 'files.example', isOver: false } } : {}
    this.#imports = [...this.#imports, { importId, fileName, importedAt: now(), count, isUndone: false, ...link }]
    this.progress.set({ kind: 'done', done: 1 })
    this.#changed()
    return ok({ added: count })
  }

  /** Nothing else of the preview follows. */
  async choosePeople(_id: ImportId, places: readonly number[]): Promise<Result<ImportPreview, ImportFailure>> {
    const preview = this.#pending
    if (preview?.people === undefined) return fail({ kind: 'gone' })
    const people = preview.people.people.map(each => ({ ...each, isChosen: places.includes(each.place) }))
    const newCount = people.reduce((sum, { isChosen, count }) => sum + (isChosen ? count : 0), 0)
    const leftOut = people.reduce((sum, { count }) => sum + count, 0) - newCount
    this.#pending = { ...preview, people: { people, leftOut }, newCount }
    return ok(this.#pending)
  }

  async cancelImport(): Promise<void> {
    this.#pending = undefined
    this.progress.set({ kind: 'idle', done: 0 })
  }

  watchImport(listener: (progress: ImportProgress) => void): Promise<Stop> {
    return this.progress.watch(listener)
  }

  /** Kept as told; a test may set what is refused next. */
  async addPaper(paper: NewPaper): ReturnType<PaperSession['addPaper']> {
    this.papersAsked.push(paper)
    this.progress.set({ kind: 'reading', done: 0.3 })
    await this.paperWait
    const refusal = this.#refusal() ?? (this.nextPaperFailure === undefined ? undefined : fail(this.nextPaperFailure))
    this.nextPaperFailure = undefined
    this.progress.set({ kind: refusal ? 'idle' : 'done', done: refusal ? 0 : 1 })
    if (refusal) return refusal
    const id = `documents.ipaper-${this.papersAsked.length}.0.0` as EntryId
    this.entries = [...this.entries, paperEntry(id, paper)]
    for (const [index, { file }] of paper.files.entries()) this.attachments.set(`${id} ${index}`, file)
    this.#changed()
    return ok({ id, isNew: true })
  }

  async attachPaper(id: EntryId, entry: EntryId, isAttached: boolean): Promise<Result<void, SaveFailure>> {
    const [paper, target] = [this.#find(id), this.#find(entry)]
    if (paper === undefined || target === undefined) return fail({ kind: 'not-found' })
    this.#keepUndo('edit', paper)
    const rest = (paper.about ?? []).filter(each => each.id !== entry)
    this.#replace(id, found => {
      const { about: _, ...other } = found
      const about = isAttached ? [...rest, target.summary] : rest
      return about.length > 0 ? { ...other, about } : other
    })
    this.#changed()
    return ok(undefined)
  }

  /** Pictures are small enough as they are. */
  async thumbnail(id: EntryId): Promise<Blob | undefined> {
    const first = this.attachments.get(`${id} 0`)
    return first?.type.startsWith('image/') === true ? first : undefined
  }

  async attachment(id: EntryId, index: number): Promise<Blob | undefined> {
    return this.attachments.get(`${id} ${index}`)
  }

  async original(id: EntryId): Promise<Blob | undefined> {
    const text = this.#find(id)?.original
    return text === undefined ? undefined : new Blob([text], { type: 'application/fhir+json' })
  }

  async imports(): Promise<readonly ImportInfo[]> {
    return this.#imports
  }

  async readLink(_text: string): Promise<Result<LinkInfo, LinkFailure>> {
    return this.nextLink
  }

  async forgetLink(importId: ImportId): Promise<Result<void, SaveFailure>> {
    this.#imports = this.#imports.map(each => {
      const { link: _, ...rest } = each
      return each.importId === importId ? rest : each
    })
    this.#changed()
    return ok(undefined)
  }

  async previewLink(asked: LinkAsked): Promise<Result<LinkStep, ImportFailure>> {
    this.linksAsked.push(asked)
    const step = this.linkSteps.shift() ?? fail({ kind: 'link', why: 'gone' })
    if (step.ok && step.value.kind === 'preview') this.#pending = step.value.preview
    return step
  }

  async cardIssuers(): Promise<readonly CardIssuerInfo[]> {
    return this.issuers
  }

  async keepIssuerFile(_file: Blob, issuer = ''): Promise<Result<CardIssuerInfo, IssuerFileFailure | SaveFailure>> {
    const failure = this.nextIssuerFailure
    this.nextIssuerFailure = undefined
    if (failure !== undefined) return fail(failure)
    const info = { issuer, keyCount: 1 }
    this.issuers = [...this.issuers.filter(each => each.issuer !== issuer), info]
    return ok(info)
  }

  async forgetCardIssuer(issuer: string): Promise<Result<void, SaveFailure>> {
    this.issuers = this.issuers.filter(each => each.issuer !== issuer)
    return ok(undefined)
  }

  async cardDirectories(): Promise<readonly DirectoryInfo[]> {
    return this.directories
  }

  /** What the file is taken for. */
  nextDirectory: DirectoryInfo | undefined

  async keepDirectory(_file: Blob): Promise<Result<DirectoryInfo, IssuerFileFailure | SaveFailure>> {
    const info = this.nextDirectory
    if (info === undefined) return fail({ kind: 'no-keys' })
    this.directories = [...this.directories.filter(each => each.source !== info.source), info]
    return ok(info)
  }

  async forgetDirectory(source: string): Promise<Result<void, SaveFailure>> {
    this.directories = this.directories.filter(each => each.source !== source)
    return ok(undefined)
  }

  async undoImport(importId: ImportId): Promise<Result<{ readonly removed: number }, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    const before = this.#imports.find(each => each.importId === importId)
    if (before === undefined) return fail({ kind: 'not-found' })
    this.#imports = this.#imports.map(each => (each.importId === importId ? { ...each, isUndone: true } : each))
    this.entries = this.entries.filter(entry => !(sourceOf(entry.summary) === importId))
    this.#changed()
    return ok({ removed: before.count })
  }

  /** What `seenTwice` answers, less what was answered; and what was said. */
  nextTwice: readonly SeenTwice[] = []
  readonly saidOfTwice: (readonly [EntryId, EntryId, 'same' | 'different'])[] = []
  readonly takenApart: EntryId[] = []

  async seenTwice(): Promise<readonly SeenTwice[]> {
    return this.nextTwice
  }

  async sayIfSame(one: EntryId, other: EntryId, answer: 'same' | 'different'): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    this.saidOfTwice.push([one, other, answer])
    this.nextTwice = this.nextTwice.filter(pair => pair.one.id !== one || pair.other.id !== other)
    this.#changed()
    return ok(undefined)
  }

  async takeApart(id: EntryId): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    this.takenApart.push(id)
    this.#replace(id, ({ sameAs: _sameAs, ...entry }) => entry)
    return ok(undefined)
  }

  async makePrivate(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>> {
    const refusal = this.#refusal()
    if (refusal) return refusal
    for (const id of ids) {
      this.#replace(id, entry => ({ ...entry, summary: { ...entry.summary, isPrivate: true } }))
    }
    return ok(undefined)
  }

  nextEraseFailure: EraseFailure | undefined
  /** Sections whose history was erased. */
  erased: readonly Section[] = []
  /** What `erasing` answers. */
  nextErasing: readonly Erasing[] = []

  async eraseHistory(sections: readonly Section[]): Promise<Result<void, EraseFailure>> {
    const failure = this.nextEraseFailure
    this.nextEraseFailure = undefined
    if (failure) return fail(failure)
    this.erased = sections
    return ok(undefined)
  }

  /** What `pastOf` answers of these sections. */
  nextPasts: readonly SectionPast[] = []

  async pastOf(sections: readonly Section[]): Promise<readonly SectionPast[]> {
    return this.nextPasts.filter(past => sections.includes(past.section))
  }

  async erasing(): Promise<readonly Erasing[]> {
    return this.nextErasing
  }

  /** What `belongings` answers, of entries that are not private. */
  nextBelongings: readonly Belonging[] = []

  async belongings(_id: EntryId): Promise<readonly Belonging[]> {
    return this.nextBelongings
  }

  async makeOpen(ids: readonly EntryId[]): Promise<Result<void, RevealFailure>> {
    const failure = this.nextRevealFailure
    this.nextRevealFailure = undefined
    if (failure) return fail(failure)
    for (const id of ids) {
      this.#replace(id, entry => {
        const { isPrivate: _, ...summary } = entry.summary
        return { ...entry, summary }
      })
    }
    return ok(undefined)
  }

  async exportFhir(request: {
    readonly passphrase: string
    readonly leavePrivateOut?: boolean
  }): Promise<Result<Blob, FreshUnlockFailure>> {
    if (request.passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    const left = this.#here().filter(({ summary }) => request.leavePrivateOut !== true || !summary.isPrivate)
    const entry = left.map(({ summary }) => ({
      resource: { resourceType: summary.resourceType ?? 'Basic', id: summary.id },
    }))
    const bundle = new Blob([JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry })], {
      type: 'application/fhir+json',
    })
    return ok(bundle)
  }
}

function sourceOf({ source }: EntrySummary): string {
  if (source.type === 'import') return source.importId
  return source.by?.type === 'member' ? source.by.id : (source.by?.type ?? 'self')
}

function matches(summary: EntrySummary, query: TimelineQuery): boolean {
  const words = (query.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${summary.title} ${summary.value?.type === 'text' ? summary.value.text : ''}`.toLowerCase()
  const at = summary.when?.sortAt
  return (
    (query.kinds?.includes(summary.kind) ?? !QUIET_KINDS.has(summary.kind)) &&
    (query.sections?.includes(summary.section) ?? true) &&
    (query.isPrivate === undefined || query.isPrivate === (summary.isPrivate === true)) &&
    (query.sources?.includes(sourceOf(summary)) ?? true) &&
    (query.from === undefined || (at !== undefined && at >= query.from)) &&
    (query.to === undefined || (at !== undefined && at < query.to)) &&
    words.every(word => text.includes(word))
  )
}

function overviewOf(rows: readonly EntrySummary[], version: number, first = 0): TimelineOverview {
  const months: { month: string; start: number; count: number }[] = []
  for (const [index, row] of rows.entries()) {
    const month = row.when?.text.slice(0, 7) ?? ''
    const last = months.at(-1)
    if (last?.month === month) last.count += 1
    else months.push({ month, start: index, count: 1 })
  }
  return { total: rows.length, months, version, first: rows.slice(0, first) }
}

function detailOf(summary: EntrySummary): EntryDetail {
  const at = instant(Date.UTC(2026, 10, 1))
  const original = { resourceType: summary.resourceType ?? 'Observation', id: summary.id }
  return {
    summary,
    ...(summary.source.type === 'import' && { original: JSON.stringify(original) }),
    conflicts: [],
    addedAt: at,
    changedAt: at,
  }
}

function previewOf(fileName: string): ImportPreview {
  return {
    importId: 'f00d0000000000000000000000000002' as ImportId,
    fileName,
    format: 'fhir',
    person: { name: 'Maria Jansen', birthDate: '1958-03-14', looksDifferent: false },
    byKind: [
      { kind: 'condition', section: 'problems', isNew: 4, alreadyThere: 2 },
      { kind: 'lab-result', section: 'results', isNew: 118, alreadyThere: 0 },
      { kind: 'medicine', section: 'medicines', isNew: 6, alreadyThere: 0 },
    ],
    newCount: 128,
    alreadyThereCount: 2,
    unusable: [{ reason: 'no-resource-type', count: 1, examples: ['entry 17'] }],
    remarks: [{ reason: 'impossible-date', count: 2 }],
    cards: [],
  }
}

function pagesOf({ attachments }: EntryDetail, fields: EntryFields): Pick<EntryDetail, 'attachments'> {
  if (attachments === undefined || fields.kind !== 'document') return {}
  const without = listOf(fields.without)
  return {
    attachments: attachments.map(file => {
      const { isOut: _, ...shown } = file
      return without.includes(String(file.index)) ? { ...shown, isOut: true } : shown
    }),
  }
}

function paperEntry(id: EntryId, { title, files, isPrivate }: NewPaper): EntryDetail {
  const source = { type: 'import', importId: SAMPLE_IMPORT, fileName: files[0]?.name ?? '' } as const
  const about = { kind: 'document', section: 'documents', title, status: 'active', codes: [] } as const
  const typeOf = ({ type }: Blob) =>
    type === 'image/heic' ? type : type.startsWith('image/') ? 'image/png' : 'application/pdf'
  return {
    ...detailOf({
      id,
      ...about,
      source,
      resourceType: 'DocumentReference',
      ...(isPrivate && { isPrivate: true as const }),
    }),
    correctionDraft: { kind: 'document', title },
    attachments: files.map(({ file, name }, index) => ({ index, type: typeOf(file), title: name, bytes: file.size })),
  }
}
