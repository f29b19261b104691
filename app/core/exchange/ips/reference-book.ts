import { type JsonObject, objectsOf, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { ownIdOf, stableUuid, type TakenEntry } from '../own-entries.ts'
import { localName, namesOf } from '../reference-index.ts'

/** Finds entries by what references call them, and gives each the one address it has in a document. */
export interface ReferenceBook {
  /** What `reference` means in `from`: first of what came by the same file. */
  find(reference: string, from: TakenEntry): TakenEntry | undefined
  /** Absolute, one of its own for each entry. */
  addressOf(entry: TakenEntry): string
}

export function makeReferenceBook(entries: Iterable<TakenEntry>): ReferenceBook {
  const byName = new Map<string, TakenEntry>()
  const addresses = new Map<TakenEntry, string>()
  const taken = new Set<string>()
  for (const entry of entries) {
    const names = entry.original === undefined ? [] : allNames(parseObject(entry.original), entry.fullUrl)
    for (const name of names) {
      for (const key of [`${importOf(entry)} ${name}`, `* ${name}`]) if (!byName.has(key)) byName.set(key, entry)
    }
    const address = addressFor(entry, names, taken)
    taken.add(address)
    addresses.set(entry, address)
  }
  const under = (scope: string, reference: string) => {
    const tail = localName(reference)
    return byName.get(`${scope} ${reference}`) ?? (tail === undefined ? undefined : byName.get(`${scope} ${tail}`))
  }
  return {
    find: (reference, from) => under(importOf(from), reference) ?? under('*', reference),
    addressOf(entry) {
      const address = addresses.get(entry)
      if (address === undefined) throw new Error('Cannot name an entry: it is not in this book')
      return address
    },
  }
}

/** Also `Type?identifier=system|value`, as transactions refer to what they do not hold. */
function allNames(resource: JsonObject, fullUrl: string | undefined): readonly string[] {
  const byIdentifier = objectsOf(resource['identifier']).flatMap(identifier => {
    const value = tokenOf(identifier['value'])
    const system = tokenOf(identifier['system']) ?? ''
    return value === undefined ? [] : [`${String(resource['resourceType'])}?identifier=${system}|${value}`]
  })
  return [...namesOf(resource, fullUrl), ...byIdentifier]
}

function importOf({ summary: { source } }: TakenEntry): string {
  return source.type === 'import' ? source.importId : ''
}

/**
 * The address it came with, so that a reader who knows it by that knows it again; else one of ours. An address on a server must end
 * as the resource is called (https://hl7.org/fhir/R4/bundle.html#bundle-unique).
 */
function addressFor(entry: TakenEntry, names: readonly string[], taken: ReadonlySet<string>): string {
  if (entry.original === undefined || entry.fields !== undefined) return `urn:uuid:${ownIdOf(entry.id)}`
  const came = entry.fullUrl?.replace(/\/_history\/[^/]*$/, '')
  const isFit = came !== undefined && (isUrn(came) || (/^https?:/.test(came) && names.includes(localName(came) ?? '')))
  return isFit && !taken.has(came) ? came : `urn:uuid:${stableUuid(`original ${entry.id}`)}`
}

const isUrn = (address: string) =>
  /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/.test(
    address,
  )
