import { listOf } from '#schema/record/document.ts'
import { type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { exportFhir } from '../exchange/export-fhir.ts'
import type { EntryFacts } from '../exchange/report/entry-facts.ts'
import { type TakenEntry, uuidText } from '../exchange/own-entries.ts'
import type { Clock, Random } from '../ports.ts'
import type { EntryFiles, NothingPlanned, TakeOutChoice, TakeOutFile } from '../take-out-session.ts'
import { attachmentsOf, mayHaveFiles } from './attachments.ts'
import { withFilesKeptBack } from './cut-files.ts'
import { blobOf, exportedPerson } from './export-record.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

export interface TakeOutDeps extends TakenDeps {
  readonly clock: Clock
  readonly random: Random
  person(): { readonly personName: string; readonly birthDate: string }
}

/** Writers are loaded when first needed: hardly anybody takes something out each day. */
export async function takeOut(deps: TakeOutDeps, choice: TakeOutChoice): Promise<Result<Blob, NothingPlanned>> {
  const { file } = choice
  const person = exportedPerson({ ...deps, person: deps.person() })
  const entries = () => takenEntries(deps, isChosenBy(choice))
  // Whoever moves to another app takes every original along.
  const whole = () => takenEntries(deps, isChosenBy(choice), { isWhole: true })
  switch (file.kind) {
    case 'fhir-bundle':
      return ok(await blobOf(exportFhir(person, whole(), deps.clock.now()), 'application/fhir+json'))
    case 'fhir-ndjson': {
      const { writeNdjson } = await import('../exchange/ndjson/write-ndjson.ts')
      return ok(await blobOf(writeNdjson(person, whole()), 'application/fhir+ndjson'))
    }
    case 'summary':
      return ok(await summaryOf(deps, choice, file))
    case 'table': {
      const { isInTable, writeCsv } = await import('../exchange/csv/write-csv.ts')
      const { factsOf } = await import('../exchange/report/entry-facts.ts')
      const rows = (await newestFirst(entries())).filter(({ summary }) => isInTable(file.table, summary))
      return ok(await blobOf(writeCsv(file.table, rows.map(factsOf), file.words), 'text/csv'))
    }
    case 'calendar': {
      const { writeIcs } = await import('../exchange/ics/write-ics.ts')
      const isWanted = ({ id }: EntrySummary) => file.only?.includes(id) ?? true
      const isChosen = isChosenBy(choice)
      const chosen = takenEntries(deps, summary => isChosen(summary) && isWanted(summary))
      const text = writeIcs(await Array.fromAsync(chosen), file.words, deps.clock.now())
      return text === undefined ? fail({ kind: 'nothing-planned' }) : ok(new Blob([text], { type: 'text/calendar' }))
    }
  }
}

/** Undated last. */
async function newestFirst(entries: AsyncIterable<TakenEntry>): Promise<readonly TakenEntry[]> {
  const timeOf = ({ summary }: TakenEntry) => summary.when?.sortAt ?? -Infinity
  return (await Array.fromAsync(entries)).sort((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(b) > timeOf(a) ? 1 : -1))
}

/** What is written down several times a day tells nobody else anything unless they ask for it. */
const isLoud = ({ kind }: EntrySummary) => !QUIET_KINDS.has(kind)

/** With what rows leave out. */
export async function reportEntries(
  deps: TakenDeps,
  choice: Omit<TakeOutChoice, 'file'>,
): Promise<readonly EntryFacts[]> {
  const { factsOf } = await import('../exchange/report/entry-facts.ts')
  const isChosen = isChosenBy(choice)
  return (await newestFirst(takenEntries(deps, summary => isChosen(summary) && isLoud(summary)))).map(factsOf)
}

/** Nothing that a summary never lists. */
export async function entryFiles(deps: TakenDeps): Promise<readonly EntryFiles[]> {
  const mayLeave = mayLeaveBy({ withPrivate: false })
  const wanted = (summary: EntrySummary) => mayHaveFiles(summary) && mayLeave(summary) && summary.status !== 'mistaken'
  return (await newestFirst(takenEntries(deps, wanted))).flatMap(({ summary, original = '', fields }) => {
    const without = fields?.kind === 'document' ? listOf(fields.without) : []
    const files = attachmentsOf(original).filter(({ index }) => !without.includes(String(index)))
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return files.length === 0 ? [] : [{ entry: summary, count: files.length, bytes }]
  })
}

async function summaryOf(
  deps: TakeOutDeps,
  choice: TakeOutChoice,
  { words, noneKnown, files }: Extract<TakeOutFile, { readonly kind: 'summary' }>,
): Promise<Blob> {
  const { SUPPORTING, writeIps } = await import('../exchange/ips/write-ips.ts')
  const isChosen = isChosenBy(choice)
  const mayLeave = mayLeaveBy(choice)
  const alongside = new Set(files)
  const goesAlong = ({ id }: EntrySummary) => alongside.has(id)
  // An earlier summary is asked why a section is empty; people and things are named where something chosen refers to them.
  const isNeeded = ({ resourceType = '' }: EntrySummary) =>
    resourceType === 'Composition' || SUPPORTING.has(resourceType)
  const entries = await Array.fromAsync(
    takenEntries(
      deps,
      summary =>
        (isChosen(summary) && isLoud(summary)) || (mayLeave(summary) && (isNeeded(summary) || goesAlong(summary))),
    ),
  )
  const written =
    files === undefined ? entries : entries.map(entry => (goesAlong(entry.summary) ? entry : keptBack(entry)))
  const text = writeIps(written, {
    person: exportedPerson({ ...deps, person: deps.person() }),
    sections: choice.sections,
    alongside,
    noneKnown,
    holdsMore: sectionsLeftShort(deps, mayLeave),
    words,
    identifier: `urn:uuid:${uuidText(deps.random.bytes(16), 4)}`,
    now: deps.clock.now(),
  })
  return blobOf(text, 'application/fhir+json')
}

/** Without its files. */
function keptBack(entry: TakenEntry): TakenEntry {
  if (entry.original === undefined || !mayHaveFiles(entry.summary)) return entry
  return { ...entry, original: withFilesKeptBack(entry.original) }
}

/** The one place that says what leaves: of the chosen sections, and what is private only where that is asked for. */
function isChosenBy(choice: Omit<TakeOutChoice, 'file'>): (summary: EntrySummary) => boolean {
  const chosen = new Set(choice.sections)
  const mayLeave = mayLeaveBy(choice)
  return summary => chosen.has(summary.section) && mayLeave(summary)
}

function mayLeaveBy({ withPrivate }: Pick<TakeOutChoice, 'withPrivate'>): (summary: EntrySummary) => boolean {
  return summary => withPrivate || summary.isPrivate !== true
}

/** Sections of which something stays behind. */
function sectionsLeftShort({ keeper }: TakeOutDeps, mayLeave: (summary: EntrySummary) => boolean): readonly Section[] {
  const left = keeper.index.visible().filter(({ summary }) => !mayLeave(summary))
  return [...new Set(left.map(({ summary }) => summary.section))]
}
