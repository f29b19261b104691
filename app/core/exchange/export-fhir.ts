import type { Instant } from '#schema/instant.ts'
import {
  type ExportedEntry,
  type ExportedPerson,
  originalText,
  ownResources,
  patientIdOf,
  patientOf,
} from './own-entries.ts'

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
  const subject = `urn:uuid:${patientIdOf(person)}`
  let chunk = `{"resourceType":"Bundle","type":"collection","timestamp":${JSON.stringify(new Date(now).toISOString())},"entry":[`
  chunk += entryText(subject, JSON.stringify(patientOf(person)))
  for await (const entry of entries) {
    const original = originalText(entry, subject)
    if (original !== undefined) chunk += `,\n${entryText(entry.fullUrl, original)}`
    for (const resource of ownResources(entry, subject, id => `urn:uuid:${id}`)) {
      chunk += `,
${entryText(`urn:uuid:${String(resource['id'])}`, JSON.stringify(resource))}`
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
