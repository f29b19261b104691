import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { fieldsToFhir } from '#schema/record/own-entry.ts'
import { ownResource } from '#schema/record/own-resource.ts'
import type { Instant } from '#schema/instant.ts'

/** One entry to export; an imported one that was corrected by hand has both, and both are exported. */
export interface ExportedEntry {
  readonly id: EntryId
  /** As kept: `ImportedResource.text`. */
  readonly original?: string
  readonly fullUrl?: string
  readonly fields?: EntryFields
}

export interface ExportedPerson {
  readonly name: string
  readonly birthDate?: string
  /** Names the record for good, so that its Patient has the same id in each export. */
  readonly recordId: string
}

/** About this much text at a time. */
const CHUNK_CHARS = 64 * 1024

/**
 * A FHIR R4 Bundle (collection) as pieces of text. Imported resources stand in it token by token as they came, with the
 * address others call them by; entries made by hand follow as resources marked patient-supplied, about a Patient of our own.
 * The same entry has the same id in each export. Needs `readyCrypto`.
 */
export async function* exportFhir(
  person: ExportedPerson,
  entries: AsyncIterable<ExportedEntry> | Iterable<ExportedEntry>,
  now: Instant,
): AsyncGenerator<string> {
  const patientId = stableUuid(`patient ${person.recordId}`)
  const subject = `urn:uuid:${patientId}`
  let chunk = `{"resourceType":"Bundle","type":"collection","timestamp":${JSON.stringify(new Date(now).toISOString())},"entry":[`
  chunk += entryText(subject, JSON.stringify(patientOf(person, patientId)))
  for await (const entry of entries) {
    if (entry.original !== undefined) chunk += `,\n${entryText(entry.fullUrl, entry.original)}`
    if (entry.fields !== undefined) {
      const id = stableUuid(`entry ${entry.id}`)
      chunk += `,\n${entryText(`urn:uuid:${id}`, JSON.stringify(fieldsToFhir(entry.fields, { id, subject })))}`
    }
    if (chunk.length < CHUNK_CHARS) continue
    yield chunk
    chunk = ''
  }
  yield `${chunk}]}\n`
}

function entryText(fullUrl: string | undefined, resource: string): string {
  return fullUrl === undefined
    ? `{"resource":${resource}}`
    : `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${resource}}`
}

function patientOf({ name, birthDate }: ExportedPerson, id: string) {
  return {
    ...ownResource('Patient', { id, subject: '' }),
    name: [{ text: name }],
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

/** A UUID (version 8, RFC 9562 §5.8) that is the same for the same name. */
function stableUuid(name: string): string {
  const hex = toHex(hash(utf8(`wellkeep ${name}`)).subarray(0, 16))
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
