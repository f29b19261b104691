import type { RemarkReason } from '../../import-session.ts'
import { stableUuid } from '../own-entries.ts'
import type { Dates } from './dates.ts'
import { type Fhir, type FhirObject, fhirText, isSilent } from './fhir-json.ts'

/** How other resources call one that was made. */
export interface Made {
  readonly type: string
  readonly urn: string
  readonly display?: string
}

interface Resource {
  readonly made: Made
  /** Without its id. */
  body: FhirObject
  readonly place: string
  readonly remarks: readonly RemarkReason[]
}

type Body = FhirObject & { readonly resourceType: string }

interface Naming {
  readonly key: string | undefined
  readonly place: string
  readonly display: string | undefined
}

/** A resource's text, ready to come in. */
export interface MadeText {
  readonly resource: FhirObject
  readonly text: string
  readonly fullUrl: string
  readonly place: string
  readonly remarks: readonly RemarkReason[]
}

/** Collects what a document becomes, each thing under an address that follows from the source's own ids (decision 18). */
export class Making {
  readonly dates: Dates
  /** When the document was written, as a FHIR dateTime; after all times where it does not say. */
  readonly writtenOn: string
  readonly #documentKey: string
  readonly #byKey = new Map<string, Resource[]>()
  #impossibleSeen = 0

  constructor(documentKey: string, dates: Dates, writtenOn = '9999') {
    this.#documentKey = documentKey
    this.dates = dates
    this.writtenOn = writtenOn
  }

  /**
   * Adds a resource. `key`: the source's own id for it, good in any document; without one it is told by its place in this
   * one. The same resource under the same key is one; another under a key already used (programs do that) gets its own.
   */
  add(body: Body, key: string | undefined, place: string, display?: string): Made {
    return this.#put(body, { key, place, display }, () => this.#newRemarks())
  }

  #put(body: Body, { key, place, display }: Naming, remarks: () => readonly RemarkReason[]): Made {
    const type = body.resourceType
    const name = `${type} ${key ?? `${this.#documentKey} ${place}`}`
    const known = this.#byKey.get(name) ?? []
    this.#byKey.set(name, known)
    const text = known.length === 0 ? undefined : fhirText(body)
    const same = known.find(resource => fhirText(resource.body) === text)
    if (same !== undefined) return same.made
    const urn = `urn:uuid:${stableUuid(known.length === 0 ? name : `${name} ${known.length}`)}`
    const made = { type, urn, ...(display === undefined ? {} : { display }) }
    known.push({ made, body, place, remarks: remarks() })
    return made
  }

  /** Adds what an earlier mention of somebody or something left open; what it said stands. */
  addOrFill(body: Body, key: string | undefined, place: string, display?: string): Made {
    const known = key === undefined ? [] : (this.#byKey.get(`${body.resourceType} ${key}`) ?? [])
    const same = known.find(resource => agree(resource.body, body))
    if (same === undefined) return this.#put(body, { key, place, display }, () => [])
    const open = Object.entries(body).filter(([name, member]) => saysMore(member, same.body[name]))
    if (open.length > 0) same.body = { ...same.body, ...Object.fromEntries(open) }
    return same.made
  }

  find(resourceType: string, key: string): Made | undefined {
    return this.#byKey.get(`${resourceType} ${key}`)?.[0]?.made
  }

  #newRemarks(): readonly RemarkReason[] {
    const isNew = this.dates.impossibleCount > this.#impossibleSeen
    this.#impossibleSeen = this.dates.impossibleCount
    return isNew ? ['impossible-date'] : []
  }

  /** Every address made so far. */
  all(): readonly Made[] {
    return [...this.#byKey.values()].flat().map(({ made }) => made)
  }

  *texts(): Generator<MadeText> {
    for (const { made, body, place, remarks } of [...this.#byKey.values()].flat()) {
      const { resourceType, ...rest } = body
      const resource = { resourceType, id: made.urn.slice('urn:uuid:'.length), ...rest }
      const text = fhirText(resource)
      if (text !== undefined) yield { resource, text, fullUrl: made.urn, place, remarks }
    }
  }
}

/** By these it is told whether two mentions under one id are of the same: programs give one id to many. */
const TELLING = ['name', 'type', 'deviceName', 'code', 'specialty', 'relationship']

function agree(one: FhirObject, other: FhirObject): boolean {
  return TELLING.every(name => {
    const [mine, theirs] = [one[name], other[name]]
    return isSilent(mine) || isSilent(theirs) || fhirText(mine) === fhirText(theirs)
  })
}

const saysMore = (member: Fhir, stated: Fhir) => !isSilent(member) && isSilent(stated)

export function referTo(made: Made | undefined): Fhir {
  return made === undefined ? undefined : { reference: made.urn, display: made.display }
}

export function referToEach(made: readonly Made[], ...types: readonly string[]): readonly Fhir[] {
  return made.filter(({ type }) => types.length === 0 || types.includes(type)).map(referTo)
}
