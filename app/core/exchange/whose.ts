import type { ImportPeople } from '../import-session.ts'
import type { FilePerson, ImportedFile, ImportedResource } from './imported-resource.ts'
import { isSamePerson, looksDifferent, type Named } from './same-person.ts'

/** A resource that stands twice in a file is of all those who it is of in either place. */
export function ofBoth(one: ImportedResource, other: ImportedResource): ImportedResource {
  const { whose, ...rest } = one
  if (whose === undefined || other.whose === undefined) return rest
  return { ...one, whose: { ...whose, people: [...new Set([...whose.people, ...other.whose.people])] } }
}

/** Who is proposed: they whom the record is about, where one person of the file, and no other, has their name and birth date. */
export function chosenAtFirst({ people = [] }: ImportedFile, owner: Named | undefined): readonly number[] {
  const same = people.flatMap((person, place) => (isSamePerson(person, owner) ? place : []))
  return same.length === 1 ? same : []
}

/** A file about several people, with what is of those who are `chosen` and what is nobody's. Of nobody chosen nothing. */
export function ofPeople(file: ImportedFile, chosen: readonly number[]): ImportedFile {
  if (file.people === undefined) return file
  const isIn = new Set(chosen)
  const resources = chosen.length === 0 ? [] : file.resources.filter(resource => isOf(resource, isIn))
  const { person: _, ...rest } = file
  const [first, ...others] = chosen.flatMap(place => file.people?.[place] ?? [])
  return {
    ...rest,
    resources,
    cards: file.cards.filter(card => resources.some(resource => resource.card === card)),
    ...(first === undefined || others.length > 0 ? {} : { person: first }),
  }
}

function isOf({ whose }: ImportedResource, chosen: ReadonlySet<number>): boolean {
  if (whose === undefined) return true
  return whose.how === 'all-of'
    ? whose.people.every(each => chosen.has(each))
    : whose.people.some(each => chosen.has(each))
}

/** What is asked of a file about several people, those first who may be the record's own; then those with most entries. */
export function peopleOf(file: ImportedFile, chosen: readonly number[], owner?: Named): ImportPeople | undefined {
  if (file.people === undefined) return undefined
  const counts = file.people.map(() => 0)
  for (const { whose } of file.resources) {
    if (whose === undefined || whose.how === 'beside') continue
    for (const place of whose.people) counts[place] = (counts[place] ?? 0) + 1
  }
  const people = file.people.map((person: FilePerson, place) => ({
    ...person,
    place,
    count: counts[place] ?? 0,
    isChosen: chosen.includes(place),
    looksDifferent: looksDifferent(person, owner),
  }))
  const isOwn = (place: number) => Number(isSamePerson(file.people?.[place], owner))
  const sorted = people.toSorted((a, b) => isOwn(b.place) - isOwn(a.place) || b.count - a.count)
  return { people: sorted, leftOut: file.resources.length - ofPeople(file, chosen).resources.length }
}
