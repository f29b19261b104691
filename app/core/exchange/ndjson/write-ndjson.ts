import type { JsonObject } from '#schema/record/fhir/json.ts'
import {
  type ExportedEntry,
  type ExportedPerson,
  originalText,
  ownResources,
  patientIdOf,
  patientOf,
} from '../own-entries.ts'

/** About this much text at a time. */
const CHUNK_CHARS = 64 * 1024

/**
 * FHIR R4 as NDJSON (https://hl7.org/fhir/R4/nd-json.html): a resource a line, the person first. Imported resources stand in it
 * token by token as they came; the addresses that a Bundle gives beside them (`fullUrl`) have no place here. Entries made by
 * hand refer to their Patient by `Patient/<id>`. The same entry has the same id as in each other export. Needs `readyCrypto`.
 */
export async function* writeNdjson(
  person: ExportedPerson,
  entries: AsyncIterable<ExportedEntry> | Iterable<ExportedEntry>,
): AsyncGenerator<string> {
  const subject = `Patient/${patientIdOf(person)}`
  let chunk = lineOf(patientOf(person))
  for await (const entry of entries) {
    const original = originalText(entry, subject)
    if (original !== undefined) chunk += `${original}\n`
    for (const resource of ownResources(entry, subject, id => `QuestionnaireResponse/${id}`)) chunk += lineOf(resource)
    if (chunk.length < CHUNK_CHARS) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}

const lineOf = (resource: JsonObject) => `${JSON.stringify(resource)}\n`
