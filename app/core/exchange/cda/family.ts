import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent } from './about.ts'
import { hasCode, idKey, quantityOf, spokenName } from './data-types.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import type { Made } from './making.ts'
import { isAssertion } from './observation.ts'
import {
  commonOf,
  conceptIn,
  isNegated,
  nestedIn,
  type Nested,
  notesOf,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { hasTemplate } from './templates.ts'

/** One relative and what they had (C-CDA Family History Organizer, 4.45). */
export function readFamilyMember(organizer: XmlElement, scope: Scope): readonly Made[] {
  const role = childAt(organizer, 'subject', 'relatedSubject')
  const subject = childAt(role, 'subject')
  const observations = nestedIn(organizer).filter(({ statement }) => statement.name === 'observation')
  const had = observations.filter(({ statement }) => !isNegated(statement))
  const death = observations.flatMap(({ statement }) => deathsIn(statement))
  const deceasedTime = scope.making.dates.dateTime(attributeOf(childAt(subject, 'sdtc:deceasedTime'), 'value'))
  const isDeceased = death.length > 0 || attributeOf(childAt(subject, 'sdtc:deceasedInd'), 'value') === 'true'
  return [
    scope.making.add(
      {
        resourceType: 'FamilyMemberHistory',
        ...commonOf(organizer, scope),
        contained: aboutParent(wholes(observations), scope),
        status: statusOf(organizer) === 'completed' ? 'completed' : 'partial',
        patient: scope.patient,
        name: spokenName(subject),
        relationship: conceptIn(scope, childAt(role, 'code')) ?? absent(),
        sex: sexOf(childAt(subject, 'administrativeGenderCode')),
        bornDate: scope.making.dates.date(attributeOf(childAt(subject, 'birthTime'), 'value')),
        ...(deceasedTime === undefined
          ? { deceasedBoolean: isDeceased ? true : undefined }
          : { deceasedDate: deceasedTime.slice(0, 10) }),
        note: [...absentNotes(observations, scope), ...notesOf(nestedIn(organizer), scope)],
        condition: had.map(({ statement }) => conditionOf(statement, scope)),
      },
      idKey(organizer),
      scope.place,
    ),
  ]
}

const deathsIn = (statement: XmlElement) =>
  nestedIn(statement).filter(
    each => hasTemplate(each.statement, '4.47') || hasCode(childAt(each.statement, 'value'), '419099009'),
  )

/** FHIR's condition of a relative has no place for what kind of statement it was, nor for one that was denied. */
function wholes(observations: readonly Nested[]): readonly XmlElement[] {
  return observations.flatMap(({ statement }) => [
    ...(isNegated(statement) || !isAssertion(statement) ? [statement] : []),
    ...nestedIn(statement)
      .map(each => each.statement)
      .filter(each => each.name === 'observation'),
  ])
}

function absentNotes(observations: readonly Nested[], scope: Scope): readonly Fhir[] {
  return observations.flatMap(({ statement }) => {
    if (!isNegated(statement)) return []
    const what = textWords(statement, scope) ?? conceptIn(scope, childAt(statement, 'value'))?.text
    return typeof what === 'string' ? [{ text: `No history of: ${what}` }] : []
  })
}

function conditionOf(statement: XmlElement, scope: Scope): FhirObject {
  const nested = nestedIn(statement)
  const age = nested.find(each =>
    hasCode(childAt(each.statement, 'code'), '445518008', '30972-4', '35267-4'),
  )?.statement
  const value = conceptIn(scope, childAt(statement, 'value'))
  const words = textWords(statement, scope)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  const onsetAge = age === undefined ? undefined : quantityOf(childAt(age, 'value'))
  return {
    code: value ?? (words === undefined ? absent() : { text: words }),
    contributedToDeath: nested.some(({ typeCode }) => typeCode === 'CAUS') ? true : undefined,
    ...(onsetAge === undefined ? { onsetString: span?.start } : { onsetAge }),
  }
}

const SEXES: Readonly<Record<string, readonly [code: string, display: string]>> = {
  M: ['male', 'Male'],
  F: ['female', 'Female'],
  UN: ['other', 'Other'],
}

function sexOf(element: XmlElement | undefined): Fhir {
  const [code, display] = SEXES[attributeOf(element, 'code') ?? ''] ?? []
  return code === undefined
    ? undefined
    : { coding: [{ system: 'http://hl7.org/fhir/administrative-gender', code, display }] }
}

export const isFamilyOrganizer = (organizer: XmlElement) =>
  childrenOf(organizer, 'subject').length > 0 || hasTemplate(organizer, '4.45', '1.23')
