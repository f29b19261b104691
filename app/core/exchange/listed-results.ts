import { at, type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { isUuid } from './source-key.ts'

/** A report with more results is a table of its own. */
const MAX_LISTED = 500

/** The source keys (`sourceKeyOf`) of the results that a report lists, or a panel among the results. Empty for everything else. */
export function listedKeys(resource: { readonly sourceKey: string; readonly text: string }): readonly string[] {
  if (!/"(?:result|hasMember)":/.test(resource.text)) return []
  return membersOf(parseObject(resource.text))
    .slice(0, MAX_LISTED)
    .flatMap(member => keyOf(tokenOf(at(member, 'reference')) ?? '', resource.sourceKey) ?? [])
}

function membersOf(resource: JsonObject): readonly JsonObject[] {
  if (resource['resourceType'] === 'DiagnosticReport') return objectsOf(resource['result'])
  return resource['resourceType'] === 'Observation' ? objectsOf(resource['hasMember']) : []
}

/** An id alone counts within what holds the report: its server, or its origin. */
function keyOf(reference: string, listing: string): string | undefined {
  const urn = /^urn:(?:uuid|oid):(.+)$/i.exec(reference)?.[1]
  if (urn !== undefined) return `Observation/${urn.toLowerCase()}`
  const address = reference.replace(/\/_history\/[^/]*$/, '')
  const id = /(?:^|\/)Observation\/([A-Za-z0-9.-]{1,64})$/.exec(address)?.[1]
  if (id === undefined) return undefined
  if (isUuid(id)) return `Observation/${id.toLowerCase()}`
  if (/^https?:/i.test(address)) return address
  if (/^https?:/i.test(listing)) return `${listing.replace(/\/[^/]*\/[^/]*$/, '')}/Observation/${id}`
  const origin = /^[^@]*@(.*)$/s.exec(listing)?.[1]
  return origin === undefined ? undefined : `Observation/${id}@${origin}`
}
