import { isObject, type JsonObject, tokenOf } from '#schema/record/fhir/json.ts'
import { versionOf } from './fhir-version.ts'
import type { FoundResource } from './find-resources.ts'
import type { ImportedFile } from './imported-resource.ts'
import { People } from './people.ts'
import { personIn } from './person-groups.ts'
import { ReferenceIndex } from './reference-index.ts'

/** What a file is told by before its resources are read one by one. */
export class Overview {
  readonly people = new People()
  readonly references = new ReferenceIndex()
  readonly patients: JsonObject[] = []
  readonly versions = new Map<NonNullable<ReturnType<typeof versionOf>>, number>()
  subject: string | undefined

  add(resource: JsonObject, found: FoundResource): void {
    const { fullUrl } = found
    this.people.add(resource, found)
    this.references.add(resource, fullUrl)
    if (resource['resourceType'] === 'Patient') this.patients.push(resource)
    if (resource['resourceType'] === 'Composition' && isObject(resource['subject'])) {
      this.subject ??= tokenOf(resource['subject']['reference'])
    }
    const version = versionOf(resource)
    if (version !== undefined) this.versions.set(version, (this.versions.get(version) ?? 0) + 1)
  }

  /** Who the file is about: its document's subject, else its only person, however many sources tell of them. */
  person(): ImportedFile['person'] {
    const subject = this.subject === undefined ? undefined : this.references.find(this.subject)
    const named = (subject === undefined ? this.patients : [subject]).map(personIn).filter(({ name }) => name !== '')
    const people = new Map(named.map(person => [`${person.name.toLowerCase()} ${person.birthDate ?? ''}`, person]))
    const [only, ...others] = people.values()
    return others.length === 0 ? only : undefined
  }
}
