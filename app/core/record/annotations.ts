import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { fail } from '#schema/result.ts'
import type { Session } from '../session.ts'
import type { AuthorNames } from './authors.ts'
import type { RecordIndex } from './record-index.ts'
import { compareRows, type Row } from './row.ts'

/** By entry: the rows of what was written beside it, in the order given. */
export function annotationsByEntry(rows: Iterable<Row>): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const { on } = row.summary
    if (on === undefined) continue
    const there = found.get(on)
    if (there === undefined) found.set(on, [row])
    else there.push(row)
  }
  return found
}

/** Every id by which the thing goes that an entry is: its versions, copies of them, and what the person said is the same. */
export function idsOfThing(index: RecordIndex, id: EntryId): readonly EntryId[] {
  const rows = [...index.groupOf(id).flat(), ...index.versionsOf(id)]
  const all = rows.flatMap(row => (row.identity === undefined ? [row] : index.copiesOf(row.identity)))
  return [...new Set([id, ...all.map(row => row.summary.id)])]
}

/** What was written beside these very entries, also what is in the bin. */
export function annotationRows(index: RecordIndex, ids: readonly EntryId[]): readonly Row[] {
  const names = new Set<string>(ids)
  return [...index.all()].filter(({ summary: { on } }) => on !== undefined && names.has(on))
}

/** What is to be seen beside an entry, the earliest first. */
export function annotationsOn(index: RecordIndex, id: EntryId): readonly EntrySummary[] {
  const rows = annotationRows(index, idsOfThing(index, id)).filter(row => row.binnedAt === undefined)
  return rows.toSorted((a, b) => compareRows(b, a)).map(row => row.summary)
}

type Changing = Pick<Session, 'editEntry' | 'binEntry' | 'chooseConflict'>

/** What somebody wrote beside an entry is theirs to change; to take it away is also for the person whose record it is. */
export function guardAnnotations<Acts extends Changing>(
  deps: { readonly index: RecordIndex; readonly authors: Pick<AuthorNames, 'authorOf'>; readonly isOwn: boolean },
  acts: Acts,
): Acts {
  const { index, authors, isOwn } = deps
  function isOthers(id: EntryId): boolean {
    const row = index.get(id)
    if (row?.summary.kind !== 'annotation') return false
    return row.writer === undefined ? !isOwn : authors.authorOf(row.writer).type !== 'you'
  }
  const notAllowed = () => fail({ kind: 'not-allowed' } as const)
  return {
    ...acts,
    editEntry: async (id, fields) => (isOthers(id) ? notAllowed() : acts.editEntry(id, fields)),
    chooseConflict: async (id, field, value) => (isOthers(id) ? notAllowed() : acts.chooseConflict(id, field, value)),
    binEntry: async id => (isOthers(id) && !isOwn ? notAllowed() : acts.binEntry(id)),
  }
}
