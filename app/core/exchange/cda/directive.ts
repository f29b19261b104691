import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { identifierOf, idKey } from './data-types.ts'
import { periodOf } from './dates.ts'
import type { Fhir } from './fhir-json.ts'
import { type Made, referTo } from './making.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  isNegated,
  nestedIn,
  readRest,
  recordedAt,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { hasTemplate } from './templates.ts'

export function isDirective(statement: XmlElement, section: string): boolean {
  return hasTemplate(statement, '4.48', '1.17') || (statement.name === 'observation' && section === '42348-3')
}

const ADVANCE_DIRECTIVE = {
  coding: [{ system: 'http://loinc.org', code: '42348-3', display: 'Advance healthcare directives' }],
}

/** What somebody wants done when they cannot say so: FHIR Consent of scope advance directive. */
export function readDirective(statement: XmlElement, scope: Scope): readonly Made[] {
  const inner = readRest(statement, nestedIn(statement), new Set(), scope)
  const { dates } = scope.making
  const span = dates.span(childAt(statement, 'effectiveTime'))
  const code = conceptIn(scope, childAt(statement, 'code'))
  const value = conceptIn(scope, childAt(statement, 'value'))
  const words = textWords(statement, scope)
  return [
    scope.making.add(
      {
        resourceType: 'Consent',
        ...commonOf(statement, scope),
        status: consentStatus(statement),
        scope: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/consentscope',
              code: 'adr',
              display: 'Advanced Care Directive',
            },
          ],
        },
        category: [value ?? (words === undefined ? undefined : { text: words }), code, scope.group, ADVANCE_DIRECTIVE],
        patient: scope.patient,
        dateTime: recordedAt(statement, scope) ?? span?.start,
        performer: [],
        organization: [organizationOf(authorOf(statement, scope))],
        sourceReference: sourceOf(statement),
        policyRule: value ?? code ?? { text: words ?? 'Advance directive' },
        verification: verificationsOf(statement, scope),
        provision: {
          type: isNegated(statement) ? 'deny' : undefined,
          period: periodOf(span),
          actor: custodiansOf(statement, scope),
        },
      },
      idKey(statement),
      scope.place,
    ),
    ...inner,
  ]
}

function consentStatus(statement: XmlElement): string {
  const status = statusOf(statement)
  if (status === 'nullified') return 'entered-in-error'
  return status === 'aborted' || status === 'obsolete' ? 'inactive' : 'active'
}

const organizationOf = (made: Made | undefined): Fhir => (made?.type === 'Organization' ? referTo(made) : undefined)

/** The paper itself, where it is named. */
function sourceOf(statement: XmlElement): Fhir {
  const document = childrenOf(statement, 'reference')
    .map(each => childAt(each, 'externalDocument'))
    .find(found => found)
  const identifier = childrenOf(document, 'id')
    .map(identifierOf)
    .find(found => found)
  return identifier === undefined ? undefined : { type: 'DocumentReference', identifier }
}

function verificationsOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  return childrenOf(statement, 'participant')
    .filter(each => attributeOf(each, 'typeCode') === 'VRF')
    .map(each => ({ verified: true, verificationDate: scope.making.dates.at(childAt(each, 'time')) }))
}

/** Who keeps the paper or decides instead of the patient. */
function custodiansOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  return childrenOf(statement, 'participant')
    .filter(each => attributeOf(each, 'typeCode') === 'CST')
    .flatMap(each => {
      const role = childAt(each, 'participantRole')
      const person = scope.people.of(role)
      const coding = [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'CST', display: 'custodian' },
      ]
      return person === undefined
        ? []
        : [{ role: { coding, text: conceptIn(scope, childAt(role, 'code'))?.text }, reference: referTo(person) }]
    })
}
