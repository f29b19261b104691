import { childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { hasCode } from './data-types.ts'
import type { Fhir, FhirObject } from './fhir-json.ts'
import { observationBody } from './observation.ts'
import { conceptIn, type Nested, type Scope } from './scope.ts'
import { hasTemplate } from './templates.ts'

/**
 * What a statement says of the one around it (its status, its severity, an age) where FHIR has an element that cannot hold
 * all of it: kept whole inside the resource, pointing at it. It is no entry of its own.
 */
export function aboutParent(statements: readonly XmlElement[], scope: Scope): readonly FhirObject[] {
  return statements.map((statement, index) => {
    const { text: _, identifier, ...body } = observationBody(statement, { ...scope, section: '', time: undefined })
    return {
      resourceType: 'Observation',
      id: `about-${index + 1}`,
      identifier,
      ...body,
      focus: [{ reference: '#' }],
    }
  })
}

/** A code's qualifiers as what they are: findings about it, such as its side. */
export function qualifiersOf(code: XmlElement | undefined, scope: Scope): readonly FhirObject[] {
  return childrenOf(code, 'qualifier').flatMap((qualifier, index) => {
    const [name, value] = [conceptIn(scope, childAt(qualifier, 'name')), conceptIn(scope, childAt(qualifier, 'value'))]
    if (name === undefined || value === undefined) return []
    const body = { status: 'final', code: name, subject: scope.patient, valueCodeableConcept: value }
    return [{ resourceType: 'Observation', id: `qualifier-${index + 1}`, ...body, focus: [{ reference: '#' }] }]
  })
}

/** Statements that only say how much another matters to somebody (C-CDA Priority Preference, 4.143). */
export function preferencesIn(nested: readonly Nested[]): readonly XmlElement[] {
  return nested.map(({ statement }) => statement).filter(isPreference)
}

const isPreference = (statement: XmlElement) =>
  hasTemplate(statement, '4.143') || hasCode(childAt(statement, 'code'), '225773000')

/** A code that a resource has no element for: what an act around it calls it, what its instructions are. */
export function tagOf(id: string, code: Fhir): Fhir {
  return code === undefined ? undefined : { resourceType: 'Basic', id, code, subject: { reference: '#' } }
}
