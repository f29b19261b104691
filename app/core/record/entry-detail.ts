import { type Instant, instant } from '#schema/instant.ts'
import { listOf } from '#schema/record/document.ts'
import type { EntryAuthor, EntryDetail, EntryFields } from '#schema/record/entry.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { fieldsFromFhir } from '#schema/record/own-entry.ts'
import { addedBy, addedByOther, type AuthorNames, changedBy, type LogAuthors, type Writer } from './authors.ts'
import { attachmentsOf } from './attachments.ts'
import { withoutFiles } from './cut-files.ts'
import { actorAt, changedAt, conflictsIn, type DocMap, type StoredConflict } from './flat-fields.ts'
import { fieldsOf } from './make-row.ts'
import type { Row } from './row.ts'
import { addedAt, CARD_FIELD, originalOf, type StoredEntry, type StoredOriginal } from './stored-entry.ts'

/** Who is who in the entry's log, and how they are called. */
export interface AuthorDeps {
  readonly authors: LogAuthors
  readonly names: AuthorNames
}

/** Everything of one entry. */
export function detailOf(row: Row, label: string, doc: DocMap, entry: StoredEntry, deps: AuthorDeps): EntryDetail {
  const fields = fieldsOf(label, entry)
  const original = originalOf(entry)
  const draft = original === undefined || fields !== undefined ? undefined : fieldsFromFhir(parseObject(original.text))
  const added = addedAt(label, entry) ?? row.summary.when?.sortAt ?? instant(0)
  return {
    summary: row.summary,
    ...(fields === undefined ? {} : { fields }),
    ...(original === undefined ? {} : shownOriginal(original.text, fields)),
    ...(draft === undefined ? {} : { correctionDraft: draft }),
    conflicts: conflictsIn(entry.spot).map(conflict => withNames(conflict, deps)),
    addedAt: added,
    changedAt: changedAt(entry.spot) ?? added,
    ...addedByOf(doc, entry, original, deps),
    ...cardOf(doc, entry, original, deps.authors),
    ...lastChange(doc, entry, added, deps),
    ...(row.binnedAt === undefined ? {} : { binnedAt: row.binnedAt }),
  }
}

/** What was brought in is the doing of the person whose record it is, unless somebody else put it there. */
function addedByOf(
  doc: DocMap,
  entry: StoredEntry,
  original: StoredOriginal | undefined,
  { authors, names }: AuthorDeps,
): Pick<EntryDetail, 'addedBy' | 'acceptedAt' | 'isUnasked'> {
  if (original === undefined) {
    const writer = addedBy(doc, entry, authors)
    const acceptedAt = writer?.acceptedAt
    return {
      addedBy: named(writer, names),
      ...(acceptedAt === undefined ? {} : { acceptedAt }),
      ...(writer?.isUnasked && { isUnasked: true }),
    }
  }
  const principal = addedByOther(doc, entry, authors)
  return principal === undefined ? {} : { addedBy: names.authorOf({ principal }) }
}

function shownOriginal(text: string, fields: EntryFields | undefined): Pick<EntryDetail, 'original' | 'attachments'> {
  const without = new Set(fields?.kind === 'document' ? listOf(fields.without) : [])
  const attachments = attachmentsOf(text).map(file =>
    without.has(String(file.index)) ? { ...file, isOut: true as const } : file,
  )
  return { original: withoutFiles(text), ...(attachments.length > 0 ? { attachments } : {}) }
}

/** Only as the person whose record it is wrote it: what others put there, or in its place, says nothing. */
function cardOf(
  doc: DocMap,
  entry: StoredEntry,
  original: StoredOriginal | undefined,
  authors: LogAuthors,
): Pick<EntryDetail, 'card'> {
  const card = original?.card
  if (card === undefined || addedByOther(doc, entry, authors) !== undefined) return {}
  if (!authors.hasOthers) return { card }
  const actor = actorAt(doc, entry.spot.map, CARD_FIELD)
  const writer = actor === undefined ? undefined : authors.writerOf(actor)
  return writer !== undefined && authors.isOwner(writer.principal) ? { card } : {}
}

function lastChange(
  doc: DocMap,
  entry: StoredEntry,
  added: Instant,
  { authors, names }: AuthorDeps,
): Pick<EntryDetail, 'changedBy'> {
  const isChanged = (changedAt(entry.spot) ?? added) > added
  return isChanged ? { changedBy: named(changedBy(doc, entry, authors), names) } : {}
}

/** Somebody without a name, where nobody can be told. */
export function named(writer: Writer | undefined, names: AuthorNames): EntryAuthor {
  return writer === undefined ? { type: 'member', id: '', name: '' } : names.authorOf(writer)
}

function withNames({ field, candidates }: StoredConflict, { authors, names }: AuthorDeps) {
  return {
    field,
    candidates: candidates.map(({ actor, ...candidate }) => {
      const writer = actor === undefined ? undefined : authors.writerOf(actor)
      return writer === undefined ? candidate : { ...candidate, by: names.authorOf(writer) }
    }),
  }
}
