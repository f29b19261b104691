import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { at, firstOf, type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import type { Resolve } from '#schema/record/fhir/reading.ts'

/** First 16 bytes of BLAKE2b-256, as hex. */
export function contentKeyOf(text: string): string {
  return toHex(hash(utf8(text)).subarray(0, 16))
}

export const isUuid = (text: string): boolean => UUID.test(text)
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Names a resource across files, best name first: a UUID (as id or in `urn:uuid:`) or an OID is unique by itself; a web
 * address names its server; a bare id counts only within its `origin`; then the first business identifier; then its content.
 */
export function sourceKeyOf(resource: JsonObject, names: SourceNames): string {
  const type = tokenOf(resource['resourceType']) ?? ''
  const id = tokenOf(resource['id'])
  if (id !== undefined && isUuid(id)) return `${type}/${id.toLowerCase()}`
  const fullUrl = tokenOf(names.fullUrl)?.replace(/\/_history\/[^/]*$/, '')
  const urn = fullUrl === undefined ? undefined : /^urn:(?:uuid|oid):(.+)$/i.exec(fullUrl)?.[1]
  if (urn !== undefined) return `${type}/${urn.toLowerCase()}`
  if (fullUrl !== undefined && /^https?:/i.test(fullUrl)) return fullUrl
  if (id !== undefined) return `${type}/${id}@${names.origin}`
  return identifierOf(resource, type) ?? `${type}~${names.contentKey}`
}

/**
 * Whether resources of this key in two files are versions of one thing: an identifier may be an order's, and stand on many; a bare id
 * without an origin, or a content, tells nothing.
 */
export function namesOneThing(sourceKey: string): boolean {
  return !/^[A-Za-z]*[?~]|@$|~[0-9a-f]{32}$/.test(sourceKey)
}

/** When the source changed the resource last, by its own word, in ms since 1970. */
export function lastUpdatedOf(text: string): number | undefined {
  if (!text.includes('"lastUpdated"')) return undefined
  const time = Date.parse(tokenOf(at(parseObject(text), 'meta', 'lastUpdated')) ?? '')
  return Number.isNaN(time) ? undefined : time
}

interface SourceNames {
  readonly fullUrl: string | undefined
  readonly origin: string
  readonly contentKey: string
}

function identifierOf(resource: JsonObject, type: string): string | undefined {
  for (const identifier of objectsOf(resource['identifier'])) {
    const value = tokenOf(identifier['value'])
    if (value !== undefined) return `${type}?${tokenOf(identifier['system']) ?? ''}|${value}`.slice(0, 600)
  }
  return undefined
}

/**
 * What sets bare ids of one source apart from another's: the source it names, else the first identifier of the patient it
 * is about, else of the first patient in the file that has one.
 */
export function originOf(resource: JsonObject, patients: readonly JsonObject[], resolve: Resolve): string {
  const source = tokenOf(at(resource, 'meta', 'source'))?.replace(/#.*$/, '')
  if (source !== undefined && source !== '') return source.slice(0, 400)
  const subject = firstOf(['subject', 'patient', 'beneficiary'], name => tokenOf(at(resource, name, 'reference')))
  const about = resource['resourceType'] === 'Patient' ? resource : subject === undefined ? undefined : resolve(subject)
  const origin = firstOf(about === undefined ? patients : [about, ...patients], patient =>
    identifierOf(patient, 'Patient'),
  )
  return (origin ?? '').slice(0, 400)
}
