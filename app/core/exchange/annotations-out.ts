import { annotationToFhir } from '#schema/record/annotation.ts'
import type { AnnotationFields, EntryAuthor } from '#schema/record/entry.ts'
import { type JsonObject, parseObject } from '#schema/record/fhir/json.ts'
import { fhirDateTime } from '#schema/record/when.ts'
import { JsonCursor, readJson } from './json-cursor.ts'

/** What somebody wrote beside an entry, on its way out. */
export interface TakenAnnotation extends Pick<AnnotationFields, 'text' | 'writtenAt'> {
  /** Of the resource that it would be by itself. */
  readonly uuid: string
  readonly on: string
  /** Left out: the person whose record it is. */
  readonly by?: EntryAuthor
}

/** Resource types with `note : Annotation[]` at their top (https://hl7.org/fhir/R4/), of those that a record can hold. */
const WITH_NOTE: ReadonlySet<unknown> = new Set([
  'AllergyIntolerance',
  'CarePlan',
  'CareTeam',
  'ChargeItem',
  'ClinicalImpression',
  'Communication',
  'CommunicationRequest',
  'Condition',
  'Device',
  'DeviceRequest',
  'DeviceUseStatement',
  'FamilyMemberHistory',
  'Goal',
  'ImagingStudy',
  'Immunization',
  'Invoice',
  'List',
  'Media',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'NutritionOrder',
  'Observation',
  'Procedure',
  'RequestGroup',
  'RiskAssessment',
  'ServiceRequest',
  'Specimen',
  'Task',
])

export const hasNote = ({ resourceType }: JsonObject): boolean => WITH_NOTE.has(resourceType)

/** By its element id a note is known as one of ours again. */
const OWN_NOTE = 'wellkeep-note-'

/** https://hl7.org/fhir/R4/datatypes.html#Annotation */
function fhirAnnotation({ uuid, by, text, writtenAt }: TakenAnnotation, subject: string): JsonObject {
  const isOwner = by === undefined || by.type === 'owner'
  const name = by === undefined || by.type === 'you' ? '' : by.name
  return {
    id: `${OWN_NOTE}${uuid}`,
    ...(isOwner ? { authorReference: { reference: subject } } : name === '' ? {} : { authorString: name }),
    time: fhirDateTime(writtenAt),
    text,
  }
}

/** A resource that we write, with its annotations behind the note that it may have. */
export function withNotes(resource: JsonObject, annotations: readonly TakenAnnotation[], subject: string): JsonObject {
  if (annotations.length === 0 || !hasNote(resource)) return resource
  const before = Array.isArray(resource['note']) ? (resource['note'] as readonly unknown[]) : []
  return { ...resource, note: [...before, ...annotations.map(each => fhirAnnotation(each, subject))] }
}

/** Where the notes of a resource stand in its text: the members of its list, or `end` of the resource where it has none. */
interface NotePlaces {
  /** Of a resource that has a list: from `"note"` to the bracket that ends it. */
  readonly list?: { readonly start: number; readonly end: number }
  readonly items: readonly string[]
  /** Before the bracket that ends the resource. */
  readonly end: number
  readonly isEmpty: boolean
}

/** Undefined where its `note` is no list. */
function notesIn(text: string): NotePlaces | undefined {
  const read = readJson(text, () => {
    const cursor = new JsonCursor(text)
    let found: Pick<NotePlaces, 'list' | 'items'> | undefined = { items: [] }
    let isEmpty = true
    cursor.enter('{')
    for (;;) {
      const before = cursor.position
      const name = cursor.nextMember(isEmpty)
      if (name === undefined) break
      if (name !== 'note') cursor.value()
      else if (cursor.peek() !== '[') return undefined
      else {
        const items = itemsOf(cursor)
        found = { list: { start: isEmpty ? before : before + 1, end: cursor.position }, items }
      }
      isEmpty = false
    }
    return { ...found, end: cursor.position - 1, isEmpty }
  })
  return read.ok ? read.value : undefined
}

function itemsOf(cursor: JsonCursor): readonly string[] {
  const items: string[] = []
  cursor.enter('[')
  while (cursor.nextItem(items.length === 0)) {
    const { start, end } = cursor.value()
    items.push(cursor.text.slice(start, end))
  }
  return items
}

const listText = (items: readonly string[]) => `"note":[${items.join(',')}]`

/** The text of an imported resource with annotations among its notes, every other token as it came. */
export function originalWithNotes(text: string, annotations: readonly TakenAnnotation[], subject: string): string {
  if (annotations.length === 0 || !hasNote(parseObject(text))) return text
  const places = notesIn(text)
  if (places === undefined) return text
  const { list, items, end, isEmpty } = places
  const added = annotations.map(each => JSON.stringify(fhirAnnotation(each, subject)))
  if (list !== undefined) return `${text.slice(0, list.start)}${listText([...items, ...added])}${text.slice(list.end)}`
  return `${text.slice(0, end)}${isEmpty ? '' : ','}${listText(added)}${text.slice(end)}`
}

/** The text as its source has it: what `originalWithNotes` put into it is taken out. */
export function withoutOwnNotes(text: string): string {
  if (!text.includes(`"id":"${OWN_NOTE}`)) return text
  const places = notesIn(text)
  if (places?.list === undefined) return text
  const { list, items } = places
  const left = items.filter(item => !item.startsWith(`{"id":"${OWN_NOTE}`))
  if (left.length > 0) return `${text.slice(0, list.start)}${listText(left)}${text.slice(list.end)}`
  const [before, after] = [text.slice(0, list.start), text.slice(list.end)]
  if (before.endsWith(',')) return before.slice(0, -1) + after
  return before + (after.startsWith(',') ? after.slice(1) : after)
}

/** Beside a resource that has no place for them: each a document that names the entry by its UUID. */
export function linkedNotes(
  annotations: readonly TakenAnnotation[],
  subject: string,
  uuidOf: (id: string) => string,
): readonly JsonObject[] {
  return annotations.map(each => {
    const { uuid, by, on, text, writtenAt } = each
    const fields = { kind: 'annotation', on, text, writtenAt } as const
    const { authorReference, authorString } = fhirAnnotation(each, subject)
    const author = authorReference ?? (authorString === undefined ? undefined : { display: authorString })
    const resource = annotationToFhir(fields, { id: uuid, subject, uuidOf })
    return author === undefined || by?.type === 'you' ? resource : { ...resource, author: [author] }
  })
}
