import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { type Concept, conceptOf, identifiersOf } from './data-types.ts'
import type { Fhir, FhirObject } from './fhir-json.ts'
import { type Made, type Making, referTo } from './making.ts'
import type { Narrative } from './narrative.ts'
import type { People } from './people.ts'
import { hasTemplate } from './templates.ts'

/** Where a statement stands: what holds for it that it does not say itself. */
export interface Scope {
  readonly making: Making
  readonly people: People
  readonly narrative: Narrative
  /** The section's LOINC code, empty where it has none. */
  readonly section: string
  /** For people and, where a statement has no id, its name: `section "Results", entry 3`. */
  readonly place: string
  /** The language (BCP 47) it is written in; English where nothing says. */
  readonly language: string
  readonly patient: Fhir
  /** Authors of what is around a statement, when it names none: the context that CDA hands down. */
  readonly authors: readonly XmlElement[]
  readonly encounter?: Made
  /** The statement that it is inside of; none for an entry. */
  readonly outer?: XmlElement
  /** The time (CDA IVL_TS) of the organizer that it is a member of. */
  readonly time: XmlElement | undefined
  /** What an act around a statement calls it: an admission diagnosis, a discharge medication. */
  readonly group?: Concept
  readonly groupCode?: string
  /** How the concern around a problem or an allergy stands, and how severe it is. */
  readonly concernStatus?: string
  readonly concernSeverity?: XmlElement
  /** The concern around it is denied as a whole. */
  readonly isDenied?: boolean
  /** The medicine whose supply is stated. */
  readonly medicine?: Medicine
  /** Reads one statement; answers what it became. */
  readonly read: (statement: XmlElement, scope: Scope) => readonly Made[]
}

/** What a medicine is, as the element of a resource that is about it, and as what that refers to. */
export interface Medicine {
  readonly code: Concept | undefined
  readonly element: FhirObject
  readonly contained: readonly FhirObject[]
}

export const STATEMENTS: ReadonlySet<string> = new Set([
  'observation',
  'act',
  'procedure',
  'encounter',
  'substanceAdministration',
  'supply',
  'organizer',
  'observationMedia',
])

/** A statement inside another, and how it belongs to it. */
export interface Nested {
  readonly typeCode: string
  readonly isInverted: boolean
  readonly statement: XmlElement
}

export function nestedIn(statement: XmlElement): readonly Nested[] {
  return childrenOf(statement, 'entryRelationship', 'component').flatMap(relation =>
    childrenOf(relation)
      .filter(({ name }) => STATEMENTS.has(name))
      .map(inner => ({
        typeCode: attributeOf(relation, 'typeCode') ?? '',
        isInverted: attributeOf(relation, 'inversionInd') === 'true',
        statement: inner,
      })),
  )
}

export const conceptIn = (scope: Scope, element: XmlElement | undefined) => conceptOf(element, scope.narrative.words)

export const isNegated = (statement: XmlElement) => attributeOf(statement, 'negationInd') === 'true'

/** Negated itself, or by the concern around it. */
export const isDenied = (statement: XmlElement, scope: Scope) => isNegated(statement) || scope.isDenied === true

export const moodOf = (statement: XmlElement) => attributeOf(statement, 'moodCode') ?? 'EVN'

export const statusOf = (statement: XmlElement) => attributeOf(childAt(statement, 'statusCode'), 'code')?.toLowerCase()

/** The words of a statement's own `text`, inline or pointed at. */
export function textWords(statement: XmlElement | undefined, scope: Scope): string | undefined {
  return wordsAt(childAt(statement, 'text'), scope)
}

/** What an element says, inline or by pointing into the narrative. */
export function wordsAt(element: XmlElement | undefined, scope: Scope): string | undefined {
  const reference = attributeOf(childAt(element, 'reference'), 'value')
  return (reference === undefined ? undefined : scope.narrative.words(reference)) ?? wordsIn(element)
}

/** When something was observed: its own time, else that of the group around it. */
export function timeOf(statement: XmlElement, scope: Scope): XmlElement | undefined {
  const own = childAt(statement, 'effectiveTime')
  const ends = [own, ...childrenOf(own, 'low', 'center', 'high')]
  return ends.some(end => attributeOf(end, 'value') !== undefined) ? own : (scope.time ?? own)
}

/** The authors a statement names, else those around it. */
export function authorsOf(statement: XmlElement, scope: Scope): readonly XmlElement[] {
  const own = childrenOf(statement, 'author')
  return own.length > 0 ? own : scope.authors
}

/** Who wrote a statement down: a person, an organisation or a device. Not the patient. */
export function authorOf(statement: XmlElement, scope: Scope): Made | undefined {
  return scope.people.author(authorsOf(statement, scope))
}

/** Who wrote it, for elements that take people only. */
export function recorderOf(statement: XmlElement, scope: Scope): Fhir {
  const authors = authorsOf(statement, scope)
  if (authors.some(author => scope.people.isPatient(childAt(author, 'assignedAuthor')))) return scope.patient
  const author = scope.people.author(authors)
  return author !== undefined && /^(Practitioner|PractitionerRole)$/.test(author.type) ? referTo(author) : undefined
}

/** The earliest time an author gives: when it was first written down. */
export function recordedAt(statement: XmlElement, scope: Scope): string | undefined {
  const times = authorsOf(statement, scope).flatMap(author => scope.making.dates.at(childAt(author, 'time')) ?? [])
  return times.toSorted()[0]
}

/** Who did it. */
export function performersOf(statement: XmlElement, scope: Scope): readonly Made[] {
  return childrenOf(statement, 'performer').flatMap(each => scope.people.of(childAt(each, 'assignedEntity')) ?? [])
}

/** A comment that a statement carries (C-CDA 2.1 Comment Activity, LOINC 48767-8). */
export function isComment({ statement }: Nested): boolean {
  return hasTemplate(statement, '4.64', '1.40') || attributeOf(childAt(statement, 'code'), 'code') === '48767-8'
}

/** https://hl7.org/fhir/extensions/StructureDefinition-annotationType.html */
const ANNOTATION_TYPE = 'http://hl7.org/fhir/StructureDefinition/annotationType'

export function notesOf(nested: readonly Nested[], scope: Scope): readonly Fhir[] {
  return nested.filter(isComment).flatMap(({ statement }) => {
    const text = textWords(statement, scope)
    if (text === undefined) return []
    const author = scope.people.author(childrenOf(statement, 'author'))
    const isPerson = author !== undefined && author.type !== 'PractitionerRole' && author.type !== 'Device'
    const time = scope.making.dates.at(childAt(childAt(statement, 'author'), 'time'))
    const type = conceptIn(scope, childAt(statement, 'code'))
    return [
      {
        extension: type === undefined ? [] : [{ url: ANNOTATION_TYPE, valueCodeableConcept: type }],
        ...(isPerson ? { authorReference: referTo(author) } : { authorString: author?.display }),
        time,
        text,
      },
    ]
  })
}

/** What every resource made of a statement has in common. */
export function commonOf(statement: XmlElement, scope: Scope) {
  return {
    text: scope.narrative.fragment(childAt(statement, 'text')),
    identifier: identifiersOf(statement),
  }
}

/** What an act hands down to the statements it holds, and no further. */
type Handed = Partial<
  Pick<Scope, 'group' | 'groupCode' | 'concernStatus' | 'concernSeverity' | 'isDenied' | 'medicine' | 'section'>
>

/** Reads what nothing else has used of the statements inside another, in the scope they stand in. */
export function readRest(
  statement: XmlElement,
  nested: readonly Nested[],
  used: ReadonlySet<XmlElement>,
  scope: Scope,
  handed: Handed = {},
): readonly Made[] {
  const {
    group: _,
    groupCode: __,
    concernStatus: ___,
    concernSeverity: ____,
    isDenied: _____,
    medicine: ______,
    ...inherited
  } = scope
  const authors = authorsOf(statement, scope)
  const time = statement.name === 'organizer' ? timeOf(statement, scope) : undefined
  return nested
    .filter(each => !used.has(each.statement) && !isComment(each))
    .flatMap((each, index) =>
      scope.read(each.statement, {
        ...inherited,
        time,
        ...handed,
        authors,
        outer: statement,
        place: `${scope.place}, part ${index + 1}`,
      }),
    )
}
