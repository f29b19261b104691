import { isObject, type JsonObject, objectsOf, textOf, tokenOf } from '#schema/record/fhir/json.ts'
import { type Address, AddressBook } from './address-book.ts'
import { type FoundResource, holderOf, type Pause } from './find-resources.ts'
import type { FilePerson, Whose } from './imported-resource.ts'
import { PersonGroups, personIn } from './person-groups.ts'
import { addressesIn } from './reference-index.ts'

/**
 * Where a resource says whose it is: the Patient compartment (https://hl7.org/fhir/R4/compartmentdefinition-patient.html) without those who
 * only performed, sent or received something.
 */
const SUBJECTS = ['subject', 'patient', 'beneficiary', 'for', 'individual', 'candidate', 'actor'] as const

/** By reference, else only in words. */
type Subject = { readonly reference: string } | { readonly person: FilePerson }

interface Noted {
  readonly found: FoundResource
  readonly at: Address
  readonly subjects: readonly Subject[]
  readonly patient?: JsonObject
  /** A Person (https://hl7.org/fhir/R4/person.html): all its subjects are one. */
  readonly isPerson: boolean
}

export interface Told {
  readonly people: readonly FilePerson[]
  /** Without those that are nobody's. */
  readonly whose: ReadonlyMap<FoundResource, Whose>
}

/** Tells whose each resource of a file is, where the file is about several people. */
export class People {
  readonly #noted: Noted[] = []

  add(resource: JsonObject, found: FoundResource): void {
    const type = tokenOf(resource['resourceType']) ?? ''
    const id = tokenOf(resource['id'])
    const at = {
      holder: holderOf(found.place),
      ...(id === undefined ? {} : { name: `${type}/${id}` }),
      ...(found.fullUrl === undefined ? {} : { fullUrl: found.fullUrl }),
    }
    const isPatient = type === 'Patient'
    const subjects = isPatient ? [] : subjectsOf(resource)
    this.#noted.push({ found, at, subjects, isPerson: type === 'Person', ...(isPatient ? { patient: resource } : {}) })
  }

  /** Undefined where the file is about one person, or nobody; `cancelled` where whoever brings it in gave up. */
  async tell(pause: Pause): Promise<Told | undefined | 'cancelled'> {
    const book = new AddressBook(this.#noted.map(({ at }) => at))
    const groups = new PersonGroups()
    for (const [index, { patient, at }] of this.#noted.entries()) if (patient) groups.add(index, patient, at.holder)
    const subjectsIn = ({ subjects, at: { holder } }: Noted) =>
      subjects.flatMap(subject => personOf(subject, { book, groups, holder }) ?? [])
    for (const each of this.#noted) if (each.isPerson) groups.unite(subjectsIn(each))
    const owners = this.#noted.map((each, index) => {
      const own = groups.of(index)
      return new Set(own === undefined ? subjectsIn(each) : [own])
    })
    const people = groups.people()
    if (people.length < 2) return undefined
    const links = await this.#links(book, groups, pause)
    if (links === 'cancelled') return links
    return this.#told(people, owners, spread(owners, links))
  }

  /** What each refers to. */
  async #links(book: AddressBook, groups: PersonGroups, pause: Pause): Promise<Links | 'cancelled'> {
    const targets: (readonly number[])[] = []
    const listed: (readonly number[])[] = []
    for (const [index, { found, at }] of this.#noted.entries()) {
      if (!(await pause(index))) return 'cancelled'
      const addresses = addressesIn(found.text).map(address => ({ address, target: book.find(address, at.holder) }))
      targets.push(addresses.flatMap(({ target }) => target ?? []))
      listed.push(
        addresses.flatMap(({ address, target }) => (target === undefined ? (groups.toldOf(address) ?? []) : [])),
      )
    }
    return { targets, listed }
  }

  #told(people: ReturnType<PersonGroups['people']>, owners: Owners, how: readonly Whose['how'][]): Told {
    const places = new Map(people.map(({ number }, index) => [number, index]))
    const whose = this.#noted.flatMap(({ found }, index) => {
      const theirs = [...(owners[index] ?? [])].flatMap(number => places.get(number) ?? [])
      return theirs.length === 0 ? [] : [[found, { people: theirs, how: how[index] ?? 'about' }] as const]
    })
    return { people: people.map(({ person }) => person), whose: new Map(whose) }
  }
}

function subjectsOf(resource: JsonObject): readonly Subject[] {
  const own = SUBJECTS.flatMap(name => objectsOf(resource[name]))
  const actors = objectsOf(resource['participant']).flatMap(each => objectsOf(each['actor']))
  const isPerson = resource['resourceType'] === 'Person'
  const links = isPerson ? objectsOf(resource['link']).flatMap(each => objectsOf(each['target'])) : []
  return [...own, ...actors, ...links].flatMap(said => subjectIn(resource, said) ?? [])
}

function subjectIn(resource: JsonObject, said: JsonObject): Subject | undefined {
  const reference = tokenOf(said['reference'])
  if (reference?.startsWith('#')) {
    const inside = objectsOf(resource['contained']).find(({ id }) => id === reference.slice(1))
    const person = inside?.['resourceType'] === 'Patient' ? personIn(inside) : undefined
    return person === undefined || person.name === '' ? undefined : { person }
  }
  if (reference !== undefined) return { reference }
  // What has neither may be a place or a thing.
  if (said['type'] !== 'Patient') return undefined
  const identifier = isObject(said['identifier']) ? said['identifier'] : {}
  const value = tokenOf(identifier['value'])
  if (value !== undefined) return { reference: `Patient?identifier=${tokenOf(identifier['system']) ?? ''}|${value}` }
  const name = textOf(said['display'])
  return name === undefined ? undefined : { person: { name } }
}

interface Where {
  readonly book: AddressBook
  readonly groups: PersonGroups
  readonly holder: string
}

/** Whom a subject names, also where the file has no Patient for them; undefined for what is no person. */
function personOf(subject: Subject, { book, groups, holder }: Where): number | undefined {
  if ('person' in subject) return groups.named(subject.person)
  const { reference } = subject
  const target = book.find(reference, holder)
  if (target !== undefined) return groups.of(target)
  const identified = /^Patient\?identifier=(.+)$/s.exec(reference)?.[1]
  if (identified !== undefined) return groups.identified(identified)
  const isPerson = /(?:^|\/)Patient\/[^/]+/.test(reference) || /^urn:/i.test(reference)
  return isPerson ? groups.elsewhere(reference.replace(/\/_history\/.*$/, '')) : undefined
}

type Owners = readonly Set<number>[]
type Edges = readonly (readonly number[])[]

interface Links {
  /** Places in the file. */
  readonly targets: Edges
  /** People who have no Patient in the file. */
  readonly listed: Edges
}

/** What says of nobody whose it is, is theirs whom or whose entries it names; what is nobody's even so goes along with those that name it. */
function spread(owners: Owners, { targets, listed }: Links): readonly Whose['how'][] {
  const isOpen = owners.map(({ size }) => size === 0)
  for (const [index, theirs] of owners.entries())
    if (isOpen[index]) for (const each of listed[index] ?? []) theirs.add(each)
  flow(owners, reversed(targets), isOpen)
  const isBeside = owners.map(({ size }) => size === 0)
  flow(owners, targets, isBeside)
  return owners.map((_, index) => (isBeside[index] ? 'beside' : isOpen[index] ? 'all-of' : 'about'))
}

/** Adds to those that are open the owners of whatever leads to them, however far. */
function flow(owners: Owners, edges: Edges, isOpen: readonly boolean[]): void {
  const queue = owners.flatMap(({ size }, index) => (size > 0 ? index : []))
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const to of edges[from] ?? []) {
      const theirs = owners[to]
      if (theirs === undefined || isOpen[to] !== true) continue
      const before = theirs.size
      for (const owner of owners[from] ?? []) theirs.add(owner)
      if (theirs.size > before) queue.push(to)
    }
  }
}

function reversed(edges: Edges): Edges {
  const all: number[][] = edges.map(() => [])
  for (const [from, each] of edges.entries()) for (const to of each) all[to]?.push(from)
  return all
}
