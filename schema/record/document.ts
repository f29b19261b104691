import { fail, ok, type Result } from '../result.ts'
import type { DocumentFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { readResource } from './fhir/entry-parts.ts'
import { at, isObject, type JsonObject, objectsOf } from './fhir/json.ts'
import { known, knownDate, type OwnResource, ownResource } from './own-resource.ts'
import { parseWhen } from './when.ts'

/** Nobody attaches one document to more. */
const MAX_ABOUT = 50
const MAX_LIST = 2000
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const PAGE = /^\d{1,4}$/

/** Words of a list that is kept as one text, so that two devices' lists stand side by side instead of mixing. */
export const listOf = (text: string | undefined): readonly string[] =>
  text?.split(' ').filter(word => word !== '') ?? []

export function parseDocument(value: unknown): Result<DocumentFields, InvalidField> {
  const read = readFields(value, reader => ({
    kind: reader.choice('kind', ['document']),
    title: reader.text('title'),
    ...reader.optionalDate('date'),
    ...reader.optionalText('from'),
    ...reader.optionalText('about', MAX_LIST),
    ...reader.optionalText('without', MAX_LIST),
  }))
  if (!read.ok) return read
  const { about, without } = read.value
  if (listOf(about).length > MAX_ABOUT || !listOf(about).every(uuid => UUID.test(uuid))) return fail({ field: 'about' })
  return listOf(without).every(page => PAGE.test(page)) ? ok(read.value) : fail({ field: 'without' })
}

export function documentParts(fields: DocumentFields): EntryParts {
  const when = parseWhen(fields.date ?? '')
  const about = listOf(fields.about)
  return {
    kind: 'document',
    section: 'documents',
    title: fields.title,
    ...(when.ok ? { when: when.value } : {}),
    status: 'active',
    codes: [],
    ...(about.length > 0 ? { about } : {}),
  }
}

/** What was corrected of a document, without the original's files, which stand in the original. */
export function documentToFhir(fields: DocumentFields, own: OwnResource): JsonObject {
  return {
    ...ownResource('DocumentReference', own),
    status: 'current',
    subject: { reference: own.subject },
    ...saidOf(fields),
    content: [{ attachment: { title: fields.title } }],
  }
}

/** Undefined for what stands in a row otherwise than as a document, or has no title to begin with. */
export function documentFromFhir(resource: JsonObject): DocumentFields | undefined {
  const { parts, author } = readResource(resource)
  if (parts.kind !== 'document') return undefined
  const parsed = parseDocument({
    kind: 'document',
    title: parts.title,
    date: parts.when?.text,
    from: author,
    about: parts.about?.join(' '),
  })
  return parsed.ok ? parsed.value : undefined
}

/**
 * A document as it was brought in with what was corrected since, its files as they are but for those that were taken out. Members that
 * nobody can correct stay as they came.
 */
export function correctedDocument(resource: JsonObject, fields: DocumentFields): JsonObject {
  const { author: _, description: __, context, ...kept } = resource
  const { related: ___, period: ____, ...place } = isObject(context) ? context : {}
  const without = new Set(listOf(fields.without))
  const content = objectsOf(resource['content']).filter((_page, index) => !without.has(String(index)))
  const said = saidOf(fields)
  const merged = { ...place, ...(isObject(said['context']) ? said['context'] : {}) }
  return {
    ...kept,
    ...said,
    ...(Object.keys(merged).length > 0 ? { context: merged } : {}),
    // FHIR wants at least one.
    ...(content.length > 0 ? { content } : { content: [{ attachment: { title: fields.title } }] }),
  }
}

/** Whether it was made of a person's own files here (decision 24), and is no other system's word. */
export function isOwnPaper(resource: JsonObject): boolean {
  return (
    resource['resourceType'] === 'DocumentReference' &&
    objectsOf(at(resource, 'meta', 'tag')).some(tag => tag['code'] === 'patient-supplied') &&
    !objectsOf(resource['content']).some(page => at(page, 'attachment', 'url') !== undefined)
  )
}

function saidOf({ title, date, from, about }: DocumentFields): JsonObject {
  const related = listOf(about).map(uuid => ({
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid}` },
  }))
  const context = {
    ...known('period', date === undefined ? undefined : knownDate('start', date)),
    ...known('related', related.length > 0 ? related : undefined),
  }
  return {
    ...known('author', from === undefined ? undefined : [{ display: from }]),
    description: title,
    ...(Object.keys(context).length > 0 ? { context } : {}),
  }
}
