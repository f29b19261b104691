import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import type { EntryFields, EntryId, EntryParts, EntrySource, ImportId } from '#schema/record/entry.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { parseFields, partsOfFields } from '#schema/record/own-entry.ts'
import type { Writer } from './authors.ts'
import type { Shard } from './entry-place.ts'
import { binnedAt, conflictsIn } from './flat-fields.ts'
import { type RowNames, typedSource } from './index-rows.ts'
import { lastUpdatedOf, namesOneThing } from '../exchange/source-key.ts'
import { listedKeys } from '../exchange/listed-results.ts'
import { monthOf, type Row } from './row.ts'
import { addedAt, originalOf, readingAsAdded, type StoredEntry, type StoredOriginal } from './stored-entry.ts'
import { typedFields } from './typed-fields.ts'

/** Twelve bytes that name one content of one thing of a source, as hex. */
export function identityOf(resource: { readonly sourceKey: string; readonly contentKey: string }): string {
  return toHex(hash(utf8(`${resource.sourceKey}\n${resource.contentKey}`)).subarray(0, 12))
}

/** Of which thing of a source the resource is a version, and which of them is the newer. */
export function versionOf(
  resource: { readonly sourceKey: string; readonly text: string },
  addedAt: number,
): Pick<Row, 'at' | 'updated' | 'thing' | 'lists'> {
  const lists = listedKeys(resource).flatMap(key => thingOf(key) ?? [])
  const listing = lists.length === 0 ? {} : { lists }
  const thing = thingOf(resource.sourceKey)
  if (thing === undefined) return { at: addedAt, ...listing }
  const updated = lastUpdatedOf(resource.text)
  return { at: addedAt, thing, ...(updated === undefined ? {} : { updated }), ...listing }
}

/** Eight bytes that name what a source's key names, as hex. Undefined for a key that may stand for several. */
function thingOf(sourceKey: string): string | undefined {
  return namesOneThing(sourceKey) ? toHex(hash(utf8(`thing ${sourceKey}`)).subarray(0, 8)) : undefined
}

/** What a resource says of itself alone, without the other resources of its file. */
export function readAlone(text: string): { readonly parts: EntryParts; readonly author?: string } {
  return readResource(parseObject(text))
}

function originalParts(original: StoredOriginal): { readonly parts: EntryParts; readonly author?: string } {
  // Parts that needed the whole file were written by our own importer beside the text.
  if (original.partsJson === undefined) return readAlone(original.text)
  const parts = JSON.parse(original.partsJson) as EntryParts
  return original.author === undefined ? { parts } : { parts, author: original.author }
}

/**
 * The typed fields of an entry. Two devices' edits together may break a rule that each one kept (an end before the start):
 * the field that breaks it is left out here, and its value stays in the document.
 */
export function fieldsOf(label: string, entry: StoredEntry): EntryFields | undefined {
  const reading = readingAsAdded(label, entry)
  const whole = reading === undefined ? undefined : parseFields(reading)
  if (whole?.ok) return whole.value
  const typed = typedFields(label, entry)
  if (typed === undefined) return undefined
  const left = new Map([...typed.fields].filter(([, value]) => value !== null))
  while (left.size > 0) {
    const parsed = parseFields({ kind: typed.kind, ...Object.fromEntries(left) })
    if (parsed.ok) return parsed.value
    if (!left.delete(parsed.failure.field)) return undefined
  }
  return undefined
}

interface RowPlace extends Shard {
  readonly id: EntryId
  /** Of an entry that somebody else typed than the person whose record it is. */
  readonly writer?: Writer
}

function sourceOf(original: StoredOriginal, author: string | undefined, fileName: string): EntrySource {
  const source = { type: 'import', importId: original.importId as ImportId, fileName } as const
  return author === undefined ? source : { ...source, author }
}

/** Whom a person said a document is from, or what its source says. */
function authorOf(fields: EntryFields | undefined, author: string | undefined): string | undefined {
  return fields?.kind === 'document' ? fields.from : author
}

/**
 * What a person typed, and of the original what typing cannot say. Who types "I take it" says that it is so; of a medicine they say how
 * much as well.
 */
function correctedParts(read: EntryParts | undefined, typed: EntryParts): EntryParts {
  if (read !== undefined && typed.kind === 'document') return correctedDocumentParts(read, typed)
  // What its source says of a number goes with the number.
  const { isNegated: _, plan: __, flag: ___, range: ____, stage: _____, particulars, ...kept } = read ?? {}
  const isSaidAnew = particulars === undefined || typed.kind === 'medicine'
  return { ...kept, ...(isSaidAnew ? {} : { particulars }), ...typed }
}

/** Its date and what it belongs to can be cleared; what kind of document it is stays its source's word. */
function correctedDocumentParts(read: EntryParts, typed: EntryParts): EntryParts {
  const { when: _, about: __, ...kept } = read
  const { title, when, about } = typed
  return { ...kept, title, ...(when === undefined ? {} : { when }), ...(about === undefined ? {} : { about }) }
}

const likenessOf = ({ kind, title, codes }: EntryParts) => ({ kind, title, codes })

/** The row of an entry as it stands in its shard. Undefined when nothing of it can be shown. */
export function rowOf(place: RowPlace, entry: StoredEntry, names: RowNames): Row | undefined {
  const fields = fieldsOf(place.label, entry)
  const typed = fields === undefined ? undefined : partsOfFields(fields)
  const original = originalOf(entry)
  const read = original === undefined ? undefined : originalParts(original)
  const parts = typed === undefined ? read?.parts : correctedParts(read?.parts, typed)
  if (parts === undefined) return undefined
  const source: EntrySource =
    original === undefined
      ? typedSource(place.writer, names)
      : sourceOf(original, authorOf(fields, read?.author ?? original.author), names.fileNameOf(original.importId))
  // An entry stays in the log it was written to: that is what was shared.
  const isPrivate = place.isPrivate === true ? { isPrivate: true as const } : {}
  const hasConflict = !entry.isUntouched && conflictsIn(entry.spot).length > 0
  const isDisputed = hasConflict ? { isDisputed: true as const } : {}
  const summary = { ...parts, section: place.section, id: place.id, source, ...isPrivate, ...isDisputed }
  const since = entry.isUntouched ? undefined : binnedAt(entry.spot)
  return {
    summary,
    hasConflict,
    isUntouched: entry.isUntouched,
    month: monthOf(summary),
    ...(original === undefined && place.writer !== undefined ? { writer: place.writer } : {}),
    ...(since === undefined ? {} : { binnedAt: since }),
    ...(original === undefined
      ? {}
      : { identity: identityOf(original), ...versionOf(original, addedAt(place.label, entry) ?? 0) }),
    ...(read === undefined || typed === undefined ? {} : { was: likenessOf(read.parts) }),
  }
}
