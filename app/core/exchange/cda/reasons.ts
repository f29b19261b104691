import { attributeOf, childAt, type XmlElement } from '../xml/xml-element.ts'
import { isRefusalHere } from './by-section.ts'
import { hasCode } from './data-types.ts'
import type { Fhir, FhirObject } from './fhir-json.ts'
import { conceptIn, isNegated, type Nested, type Scope, textWords } from './scope.ts'
import { hasTemplate } from './templates.ts'

export interface Reasons {
  readonly codes: readonly Fhir[]
  readonly references: readonly Fhir[]
  readonly contained: readonly FhirObject[]
  readonly used: readonly XmlElement[]
}

/** Why something is given or done (C-CDA Indication, 4.19): the code for the row, the whole of it contained. */
export function indicationsOf(nested: readonly Nested[], scope: Scope): Reasons {
  const indications = nested.filter(each => isIndication(each))
  const found = indications.map(({ statement }, index) => {
    const value = childAt(statement, 'value')
    const words = textWords(statement, scope)
    const code = conceptIn(scope, value) ?? (words === undefined ? undefined : { text: words })
    const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
    const contained = {
      resourceType: 'Condition',
      id: `reason-${index + 1}`,
      category: [conceptIn(scope, childAt(statement, 'code'))],
      code,
      subject: scope.patient,
      onsetDateTime: span?.start,
      abatementDateTime: span?.end,
      ...(span?.end === undefined ? {} : { clinicalStatus: { coding: [{ system: CLINICAL, code: 'inactive' }] } }),
    }
    return { code, contained }
  })
  return {
    codes: found.map(({ code }) => code),
    references: found.map(({ contained }) => ({ reference: `#${contained.id}` })),
    contained: found.map(({ contained }) => contained),
    used: indications.map(({ statement }) => statement),
  }
}

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'

function isIndication(nested: Nested): boolean {
  const { typeCode, statement } = nested
  if (statement.name !== 'observation' || isRefusal(nested) || isNegated(statement)) return false
  return hasTemplate(statement, '4.19') || (typeCode === 'RSON' && hasValue(statement))
}

const hasValue = (statement: XmlElement) =>
  attributeOf(childAt(statement, 'value'), 'code') !== undefined ||
  childAt(statement, 'value', 'translation') !== undefined

/** Why something was not given or done: an immunization refusal (4.53) or QRDA's reason observation (LOINC 77301-0). */
function isRefusal({ typeCode, statement }: Nested): boolean {
  if (statement.name !== 'observation') return false
  const isMarked = hasTemplate(statement, '4.53', '2.16.840.1.113883.10.20.24.3.88')
  return isMarked || hasCode(childAt(statement, 'code'), '77301-0') || isRefusalHere(statement, typeCode)
}

export interface Refusal {
  readonly reason: Fhir
  readonly used: readonly XmlElement[]
  /** Those that ask and answer: the answer is the reason, the whole is kept beside it. */
  readonly questions: readonly XmlElement[]
}

export function refusalOf(nested: readonly Nested[], scope: Scope): Refusal {
  const used = nested.filter(isRefusal).map(({ statement }) => statement)
  const reason = used.map(statement => refusalConcept(statement, scope)).find(found => found !== undefined)
  return { reason, used, questions: used.filter(statement => childAt(statement, 'value') !== undefined) }
}

/** The value says why, else the code. */
function refusalConcept(statement: XmlElement, scope: Scope): FhirObject | undefined {
  return conceptIn(scope, childAt(statement, 'value')) ?? conceptIn(scope, childAt(statement, 'code'))
}
