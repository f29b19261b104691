import { at, type JsonObject, objectsOf, tokenOf } from '#schema/record/fhir/json.ts'
import { humanName } from '#schema/record/fhir/reading.ts'
import { parseWhen } from '#schema/record/when.ts'
import type { FilePerson } from './imported-resource.ts'

/** Who a Patient says it is. `name` is empty where it has none. */
export function personIn(patient: JsonObject): FilePerson {
  const birth = parseWhen(patient['birthDate'])
  return { name: humanName(patient['name']) ?? '', ...(birth.ok ? { birthDate: birth.value.text } : {}) }
}

interface Known {
  person: FilePerson
  /** The place of whom they turned out to be. */
  sameAs?: number
}

/**
 * Tells which of a file's Patients are one person: of one name and birth date, versions of one resource, linked to each other, or with an
 * identifier in common where nothing they say is against it (a family may share a policy's). People are called by a number.
 */
export class PersonGroups {
  readonly #people: Known[] = []
  readonly #byKey = new Map<string, number>()
  readonly #byResource = new Map<number, number>()

  /** `resource`: its place among those of the file. */
  add(resource: number, patient: JsonObject, holder: string): void {
    const id = tokenOf(patient['id'])
    const said = personIn(patient)
    const isNameless = said.name === '' && id !== undefined
    const mine = this.#people.push({ person: isNameless ? { ...said, reference: `Patient/${id}` } : said }) - 1
    this.#byResource.set(resource, mine)
    if (id !== undefined) this.#join(`at ${holder} Patient/${id}`, mine)
    for (const link of objectsOf(patient['link'])) {
      const other = tokenOf(at(link, 'other', 'reference'))
      if (other !== undefined) this.#join(`at ${holder} ${other}`, mine)
    }
    if (said.name !== '') this.#join(nameKey(said), mine)
    for (const identifier of objectsOf(patient['identifier'])) {
      const value = tokenOf(identifier['value'])
      if (value !== undefined) this.#joinIfAlike(`is ${tokenOf(identifier['system']) ?? ''}|${value}`, mine)
    }
  }

  /** Whom a Patient of the file is about; undefined for another resource. */
  of(resource: number): number | undefined {
    const person = this.#byResource.get(resource)
    return person === undefined ? undefined : this.#root(person)
  }

  /** Somebody who is only named: they of that name, if the file has one such person. */
  named(person: FilePerson): number {
    const name = person.name.toLowerCase()
    const alike = this.#people.flatMap((known, index) =>
      known.person.name.toLowerCase() === name ? this.#root(index) : [],
    )
    const [only, ...others] = new Set(alike)
    const isSure = only !== undefined && others.length === 0 && isAlike(person, this.#people[only]?.person)
    return isSure ? only : this.#put(nameKey(person), person)
  }

  /** Somebody whose Patient is not in the file. */
  elsewhere(reference: string): number {
    return this.#put(`to ${reference}`, { name: '', reference })
  }

  /** As `elsewhere`, for who was told of before. */
  toldOf(reference: string): number | undefined {
    const person = this.#byKey.get(`to ${reference}`)
    return person === undefined ? undefined : this.#root(person)
  }

  /** By `system|value`. */
  identified(identifier: string): number {
    return this.#put(`is ${identifier}`, { name: '', reference: identifier.replace(/^.*\|/s, '') })
  }

  /** Somebody said that they are one. */
  unite(people: readonly number[]): void {
    for (const each of people) this.#merge(this.#root(people[0] ?? each), this.#root(each))
  }

  /** Everybody once, in the order in which they were told of. */
  people(): readonly { readonly number: number; readonly person: FilePerson }[] {
    return this.#people.flatMap(({ person, sameAs }, number) => (sameAs === undefined ? { number, person } : []))
  }

  #put(key: string, person: FilePerson): number {
    const known = this.#byKey.get(key) ?? this.#people.push({ person }) - 1
    this.#byKey.set(key, known)
    return this.#root(known)
  }

  #join(key: string, mine: number): void {
    const known = this.#byKey.get(key)
    if (known === undefined) this.#byKey.set(key, mine)
    else this.#merge(this.#root(known), this.#root(mine))
  }

  #joinIfAlike(key: string, mine: number): void {
    const known = this.#byKey.get(key)
    const other = known === undefined ? undefined : this.#people[this.#root(known)]?.person
    if (other === undefined || isAlike(other, this.#people[this.#root(mine)]?.person)) this.#join(key, mine)
  }

  #merge(into: number, from: number): void {
    const [kept, other] = [this.#people[into], this.#people[from]]
    if (into === from || kept === undefined || other === undefined) return
    if (kept.person.name === '' && other.person.name !== '') kept.person = other.person
    other.sameAs = into
  }

  #root(person: number): number {
    let root = person
    for (let next = this.#people[root]?.sameAs; next !== undefined; next = this.#people[root]?.sameAs) root = next
    return root
  }
}

const nameKey = ({ name, birthDate = '' }: FilePerson) => `named ${name.toLowerCase()} ${birthDate}`

/** Nothing that both say is against it. */
function isAlike(one: FilePerson, other: FilePerson | undefined): boolean {
  if (other === undefined) return false
  const isSame = (a: string | undefined, b: string | undefined) => !a || !b || a.toLowerCase() === b.toLowerCase()
  return isSame(one.name, other.name) && isSame(one.birthDate, other.birthDate)
}
