import { fail, ok } from '#schema/result.ts'
import type { PrivacyActs } from './record/privacy-acts.ts'
import type { RecordService } from './record/open-record.ts'
import type { ImportProgress } from './import-session.ts'
import type { Session, Stop } from './session.ts'
import type { VaultSlot } from './vault/open-vault.ts'

const LOCKED = fail({ kind: 'locked' } as const)
const NO_IMPORT = fail({ kind: 'gone' } as const)
const IDLE: ImportProgress = { kind: 'idle', done: 0 }

type RecordPart = Omit<
  RecordService,
  | 'acceptAddition'
  | 'flushIndex'
  | 'exportSections'
  | 'previewFiles'
  | 'filesElsewhere'
  | 'cardEntries'
  | 'idle'
  | 'refresh'
  | 'watchChanges'
  | 'dispose'
  | keyof PrivacyActs
>

/** Whoever calls these has asked for the passphrase. */
type Unasked = 'exportFhir' | 'takeOut'

/** The session's record methods over whichever vault is open: watches go on with the next one, commands are refused while locked. */
export function makeRecordDesk(slot: VaultSlot): RecordPart {
  const record = () => slot.open?.record

  /** Follows each open vault until stopped. */
  async function follow(watch: (service: RecordService) => Promise<Stop>): Promise<Stop> {
    let current: Promise<Stop> | undefined
    const leave = () => {
      void current?.then(stop => stop())
      current = undefined
    }
    const end = slot.onRecord(service => {
      current = watch(service)
      return leave
    })
    await current
    return () => {
      end()
      leave()
    }
  }

  const desk: RecordPart = {
    watchHome: listener => follow(service => service.watchHome(listener)),
    watchTimeline: (query, listener) => follow(service => service.watchTimeline(query, listener)),
    watchEntry: (id, listener) => follow(service => service.watchEntry(id, listener)),
    async watchImport(listener) {
      if (record() === undefined) listener(IDLE)
      return follow(service => service.watchImport(listener))
    },
    timelineRows: async (query, from, to) => record()?.timelineRows(query, from, to) ?? [],
    facets: async () => record()?.facets() ?? { kinds: [], sections: [], sources: [], years: [] },
    watchTracked: listener => follow(service => service.watchTracked(listener)),
    watchTests: listener => follow(service => service.watchTests(listener)),
    whatChanged: async since =>
      record()?.whatChanged(since) ?? { since: since ?? '', out: { rows: [], count: 0 }, sections: [] },
    entryHistory: async (id, count) => record()?.entryHistory(id, count),
    testHistory: async id => record()?.testHistory(id),
    readings: async (measure, from, to) => record()?.readings(measure, from, to) ?? [],
    addEntry: async (fields, options) => record()?.addEntry(fields, options) ?? LOCKED,
    addEntries: async (fields, options) => record()?.addEntries(fields, options) ?? LOCKED,
    editEntry: async (id, fields) => record()?.editEntry(id, fields) ?? LOCKED,
    binEntry: async id => record()?.binEntry(id) ?? LOCKED,
    restoreEntry: async id => record()?.restoreEntry(id) ?? LOCKED,
    bin: async () => record()?.bin() ?? [],
    chooseConflict: async (id, field, value) => record()?.chooseConflict(id, field, value) ?? LOCKED,
    seenTwice: async () => record()?.seenTwice() ?? [],
    sayIfSame: async (one, other, answer) => record()?.sayIfSame(one, other, answer) ?? LOCKED,
    takeApart: async id => record()?.takeApart(id) ?? LOCKED,
    undo: async () => record()?.undo() ?? LOCKED,
    undoable: async () => record()?.undoable(),
    previewImport: async (file, fileName, columns) => record()?.previewImport(file, fileName, columns) ?? NO_IMPORT,
    previewImports: async files => record()?.previewImports(files) ?? NO_IMPORT,
    commitImport: async (importId, leftOut, withOlder) =>
      record()?.commitImport(importId, leftOut, withOlder) ?? LOCKED,
    choosePeople: async (importId, places) => record()?.choosePeople(importId, places) ?? NO_IMPORT,
    cancelImport: async () => record()?.cancelImport(),
    imports: async () => record()?.imports() ?? [],
    undoImport: async importId => record()?.undoImport(importId) ?? LOCKED,
    readLink: async text => record()?.readLink(text) ?? fail({ kind: 'link', why: 'unreadable' }),
    forgetLink: async importId => record()?.forgetLink(importId) ?? LOCKED,
    previewLink: async asked => record()?.previewLink(asked) ?? NO_IMPORT,
    addPaper: async paper => record()?.addPaper(paper) ?? LOCKED,
    attachPaper: async (id, entry, isAttached) => record()?.attachPaper(id, entry, isAttached) ?? LOCKED,
    thumbnail: async id => record()?.thumbnail(id),
    attachment: async (id, index) => record()?.attachment(id, index),
    original: async id => record()?.original(id),
    cardIssuers: async () => record()?.cardIssuers() ?? [],
    keepIssuerFile: async (file, issuer) => record()?.keepIssuerFile(file, issuer) ?? LOCKED,
    forgetCardIssuer: async issuer => record()?.forgetCardIssuer(issuer) ?? LOCKED,
    cardDirectories: async () => record()?.cardDirectories() ?? [],
    keepDirectory: async file => record()?.keepDirectory(file) ?? LOCKED,
    forgetDirectory: async source => record()?.forgetDirectory(source) ?? LOCKED,
    exportFhir: async options => record()?.exportFhir(options) ?? new Blob([]),
    reportEntries: async choice => record()?.reportEntries(choice) ?? [],
    entryFiles: async () => record()?.entryFiles() ?? [],
    keptText: async about => record()?.keptText(about) ?? '',
    keepText: async (about, title, text) => record()?.keepText(about, title, text) ?? LOCKED,
    takeOut: async choice => record()?.takeOut(choice) ?? ok(new Blob([])),
  } satisfies Pick<Session, Exclude<keyof RecordPart, Unasked>> & Pick<RecordService, Unasked>
  return desk
}
