import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { totalToFhir } from '#schema/record/answers.ts'
import { fieldsToFhir } from '#schema/record/own-entry.ts'
import { ownResource } from '#schema/record/own-resource.ts'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Instant } from '#schema/instant.ts'
import { hasNote, linkedNotes, originalWithNotes, type TakenAnnotation, withNotes } from './annotations-out.ts'
import { type JsonObject, parseObject, textOf } from '#schema/record/fhir/json.ts'

/** One entry to export; an imported one that was corrected by hand has both, and both are exported. */
export interface ExportedEntry {
  readonly id: EntryId
  /** As kept: `ImportedResource.text`. */
  readonly original?: string
  readonly fullUrl?: string
  readonly fields?: EntryFields
  /** What was written beside it. */
  readonly beside?: readonly TakenAnnotation[]
}

/** One entry on its way out, with its row. */
export interface TakenEntry extends ExportedEntry {
  readonly summary: EntrySummary
  /** Names the thing of its source that this is a version of; only for imported ones. */
  readonly sourceKey?: string
  readonly addedAt: Instant
  readonly changedAt: Instant
}

export interface ExportedPerson {
  readonly name: string
  readonly birthDate?: string
  /** Names the record for good, so that its Patient has the same id in each export. */
  readonly recordId: string
}

export const patientIdOf = (person: ExportedPerson) => stableUuid(`patient ${person.recordId}`)

/** The id of what we write of an entry made or corrected by hand. */
export const ownIdOf = (id: string) => stableUuid(`entry ${id}`)

/** An imported resource as it leaves: as it came, and with what was written beside it unless a correction takes that along. */
export function originalText(entry: ExportedEntry, subject: string): string | undefined {
  const { original, fields, beside = [] } = entry
  return original === undefined || fields !== undefined ? original : originalWithNotes(original, beside, subject)
}

/**
 * What we write of an entry made or corrected by hand: of answers their total too, as a result of its own; and what was written beside an
 * entry whose resource has no place for it. `referenceTo`: how resources of the file name each other.
 */
export function ownResources(
  { id: entryId, fields, original, beside = [] }: ExportedEntry,
  subject: string,
  referenceTo: (id: string) => string,
): readonly JsonObject[] {
  const own = { id: ownIdOf(entryId), subject, uuidOf: ownIdOf }
  const resource = fields === undefined ? undefined : fieldsToFhir(fields, own)
  const isInside = beside.length === 0 || hasNote(resource ?? parseObject(original ?? '{}'))
  const linked = isInside ? [] : linkedNotes(beside, subject, ownIdOf)
  if (fields === undefined || resource === undefined) return linked
  const total =
    fields.kind === 'answers'
      ? totalToFhir(fields, { ...own, id: stableUuid(`total ${entryId}`) }, referenceTo(own.id))
      : undefined
  return [withNotes(resource, beside, subject), ...(total === undefined ? [] : [total]), ...linked]
}

/** The person as typed by hand. */
export function patientOf(person: ExportedPerson): JsonObject {
  const { name, birthDate } = person
  return {
    ...ownResource('Patient', { id: patientIdOf(person), subject: '' }),
    name: [{ text: textOf(name) ?? '–' }],
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

/** A UUID (version 8, RFC 9562 §5.8) that is the same for the same name. Needs `readyCrypto`. */
export function stableUuid(name: string): string {
  return uuidText(hash(utf8(`wellkeep ${name}`)), 8)
}

/** The first 16 of `bytes` as a UUID (RFC 9562): of version 4 when they are random. */
export function uuidText(bytes: Uint8Array, version: 4 | 8): string {
  const hex = toHex(bytes.subarray(0, 16))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
