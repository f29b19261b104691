import { type JsonObject, objectsOf, tokenOf } from '#schema/record/fhir/json.ts'

/** Types whose words others borrow by reference. */
export const NAMING_TYPES: ReadonlySet<unknown> = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'RelatedPerson',
  'Medication',
  'Device',
  'Location',
  'Substance',
  'Group',
])

/** `Type/id` at the end of an address, also with a version. */
export function localName(reference: string): string | undefined {
  return /([A-Z][A-Za-z]*\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]*)?$/.exec(reference)?.[1]
}

/** What references may call a resource. */
export function namesOf(resource: JsonObject, fullUrl: string | undefined): string[] {
  const [type, id] = [tokenOf(resource['resourceType']), tokenOf(resource['id'])]
  const urn = uuidUrn(id)
  return [
    ...(fullUrl === undefined ? [] : [fullUrl]),
    ...(type && id ? [`${type}/${id}`] : []),
    ...(urn === undefined || urn === fullUrl ? [] : [urn]),
  ]
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What others may call a resource whose id is a UUID, whether or not its file says so. */
function uuidUrn(id: string | undefined): string | undefined {
  return id !== undefined && UUID.test(id) ? `urn:uuid:${id.toLowerCase()}` : undefined
}

/** All that a resource's JSON, without white space between its tokens, refers to. */
export function referencesIn(text: string): string[] {
  return Array.from(text.matchAll(/"reference":"((?:[^"\\]|\\.)*)"/g), ([, reference = '']) => unescaped(reference))
}

/** As `referencesIn`, with the addresses of files, which may be resources (`Binary/1`). */
export function addressesIn(text: string): string[] {
  return Array.from(text.matchAll(/"(?:reference|url)":"((?:[^"\\]|\\.)*)"/g), ([, address = '']) => unescaped(address))
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  const value: unknown = JSON.parse(`"${text}"`)
  return String(value)
}

/** Finds what references of one file point at. Keeps only resources that others are named after. */
export class ReferenceIndex {
  readonly #byName = new Map<string, JsonObject>()

  add(resource: JsonObject, fullUrl: string | undefined): void {
    if (!NAMING_TYPES.has(resource['resourceType'])) return
    const type = String(resource['resourceType'])
    const id = tokenOf(resource['id'])
    if (fullUrl !== undefined) this.#byName.set(fullUrl, resource)
    if (id !== undefined) this.#byName.set(`${type}/${id}`, resource)
    const urn = uuidUrn(id)
    if (urn !== undefined && !this.#byName.has(urn)) this.#byName.set(urn, resource)
    for (const identifier of objectsOf(resource['identifier'])) {
      const value = tokenOf(identifier['value'])
      const system = tokenOf(identifier['system']) ?? ''
      if (value !== undefined) this.#byName.set(`${type}?identifier=${system}|${value}`, resource)
    }
  }

  /** By full address, by its id where that is a UUID, by `Type/id` (also at the end of an address, also with a version), or by identifier. */
  find(reference: string): JsonObject | undefined {
    const exact = this.#byName.get(reference) ?? this.#byName.get(reference.toLowerCase())
    if (exact !== undefined) return exact
    const tail = localName(reference)
    return tail === undefined ? undefined : this.#byName.get(tail)
  }
}
