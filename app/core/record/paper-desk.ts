import type { EntryId, ImportId } from '#schema/record/entry.ts'
import { readFields } from '#schema/record/field-reader.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportedFile } from '../exchange/imported-resource.ts'
import { ownIdOf } from '../exchange/own-entries.ts'
import type { NewPaper, PaperSession } from '../paper-session.ts'
import type { ImportProgress } from '../import-session.ts'
import type { SaveFailure } from '../session.ts'
import { placeOf } from './entry-place.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { identityOf } from './make-row.ts'

export interface HowToCommit {
  readonly signal: AbortSignal
  /** All of it goes into the private log. */
  readonly isPrivate?: boolean
  /** Also what is older than the version that is there. */
  readonly withOlder?: boolean
}

export type CommitFailure = SaveFailure | { readonly kind: 'cancelled' }
export type Committed = Result<{ readonly added: number }, CommitFailure>

interface PaperDeps {
  readonly keeper: IndexKeeper
  /** Ends what another call does. */
  readonly begin: () => AbortSignal
  readonly newImportId: () => ImportId
  readonly commit: (file: ImportedFile, importId: ImportId, how: HowToCommit) => Promise<Committed>
  readonly tell: (progress: ImportProgress) => void
}

/** In the log of the entry's section: who may see the entry may see what was added at it (decision 46). */
function besideEntry(file: ImportedFile, about: EntryId): ImportedFile {
  const section = placeOf(about)?.section
  if (section === undefined) return file
  return { ...file, resources: file.resources.map(each => ({ ...each, parts: { ...each.parts, section } })) }
}

/** Papers go the importer's way: one at a time with every other file, each an import of its own. */
export function makePaperDesk({ keeper, begin, newImportId, commit, tell }: PaperDeps): Pick<PaperSession, 'addPaper'> {
  async function add(paper: NewPaper, signal: AbortSignal): ReturnType<PaperSession['addPaper']> {
    const { files, isPrivate, keepAsIs, anyKind = false, about, ...typed } = paper
    const said = readFields({ ...typed }, read => ({
      title: read.text('title'),
      ...read.optionalDate('date'),
      ...read.optionalText('from'),
    }))
    if (!said.ok) return fail({ kind: 'invalid', field: said.failure.field })
    if (files.length === 0) return fail({ kind: 'invalid', field: 'files' })
    tell({ kind: 'reading', done: 0 })
    const { readPaper } = await import('../exchange/paper/read-paper.ts')
    const read = await readPaper(files, {
      ...said.value,
      ...(about === undefined ? {} : { about: ownIdOf(about) }),
      keepAsIs,
      anyKind,
      signal,
      onProgress: done => signal.aborted || tell({ kind: 'reading', done: done / 2 }),
    })
    if (!read.ok) return read
    const placed = about === undefined ? read.value : besideEntry(read.value, about)
    const isClosed = isPrivate || (about !== undefined && keeper.index.get(about)?.summary.isPrivate === true)
    const kept = await commit(placed, newImportId(), { signal, isPrivate: isClosed })
    if (!kept.ok) return kept
    const [resource] = read.value.resources
    const row = resource && keeper.index.withIdentity(identityOf(resource))
    return row === undefined ? fail({ kind: 'not-found' }) : ok({ id: row.summary.id, isNew: kept.value.added > 0 })
  }
  return {
    async addPaper(paper) {
      const signal = begin()
      const added = await add(paper, signal)
      if (!signal.aborted || added.ok) tell({ kind: added.ok ? 'done' : 'idle', done: added.ok ? 1 : 0 })
      return added
    },
  }
}
