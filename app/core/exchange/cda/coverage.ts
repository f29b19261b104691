import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { tagOf } from './about.ts'
import { isPolicyHere } from './by-section.ts'
import { type Concept, idKey } from './data-types.ts'
import { periodOf } from './dates.ts'
import { absent, type Fhir } from './fhir-json.ts'
import { type Made, referTo } from './making.ts'
import { commonOf, conceptIn, nestedIn, readRest, type Scope, statusOf, textWords } from './scope.ts'
import { hasTemplate } from './templates.ts'

/** C-CDA Policy Activity (4.61) and its forerunner, or the payer that a planned coverage (4.129) holds. */
export function isPolicy(statement: XmlElement, scope: Scope): boolean {
  return hasTemplate(statement, '4.61', '1.26') || isPolicyHere(statement, scope)
}

const SELF_PAY = ['81', 'SELF', 'PAY']

/** Who pays, and under which number. */
export function readPolicy(statement: XmlElement, scope: Scope): readonly Made[] {
  const inner = readRest(statement, nestedIn(statement), new Set(), scope)
  const party = (typeCode: string) =>
    childAt(
      childrenOf(statement, 'participant').find(each => attributeOf(each, 'typeCode') === typeCode),
      'participantRole',
    )
  const [covered, holder] = [party('COV'), party('HLD')]
  const payers = childrenOf(statement, 'performer')
    .map(each => childAt(each, 'assignedEntity'))
    .filter(entity => !isGuarantor(entity))
    .flatMap(
      entity => scope.people.of(entity) ?? scope.people.organization(childAt(entity, 'representedOrganization')) ?? [],
    )
  const type = conceptIn(scope, childAt(statement, 'code'))
  const plan = childrenOf(statement, 'entryRelationship')
    .map(each => childAt(each, 'act'))
    .find(act => attributeOf(act, 'moodCode') === 'DEF')
  const time = childrenOf(statement, 'participant').find(each => attributeOf(each, 'typeCode') === 'COV')
  const made = scope.making.add(
    {
      resourceType: 'Coverage',
      ...commonOf(statement, scope),
      contained: [tagOf('group', scope.group)],
      status: statusOf(statement) === 'nullified' ? 'entered-in-error' : 'active',
      type,
      policyHolder: referTo(scope.people.of(holder)),
      subscriberId: memberId(covered) ?? memberId(holder),
      beneficiary: scope.patient,
      relationship: conceptIn(scope, childAt(covered, 'code')),
      period: periodOf(scope.making.dates.span(childAt(time, 'time') ?? childAt(statement, 'effectiveTime'))),
      payor: payers.length > 0 ? payers.map(referTo) : [payorOf(statement, type, scope)],
      class: classOf(plan, scope),
    },
    idKey(statement),
    scope.place,
  )
  return [made, ...inner]
}

const isGuarantor = (entity: XmlElement | undefined) => attributeOf(childAt(entity, 'code'), 'code') === 'GUAR'

const memberId = (role: XmlElement | undefined) =>
  childrenOf(role, 'id')
    .map(id => attributeOf(id, 'extension'))
    .find(found => found !== undefined)

/** FHIR wants a payer: the patient, who pays themselves; else it is said that none is named. */
function payorOf(statement: XmlElement, type: Concept | undefined, scope: Scope): Fhir {
  if (SELF_PAY.includes(attributeOf(childAt(statement, 'code'), 'code') ?? '')) return scope.patient
  return type?.text === undefined ? absent() : { display: type.text }
}

function classOf(plan: XmlElement | undefined, scope: Scope): readonly Fhir[] {
  const name = wordsIn(childAt(plan, 'text')) ?? textWords(plan, scope)
  if (name === undefined) return []
  const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-class', code: 'plan', display: 'Plan' }]
  return [{ type: { coding }, value: name, name }]
}
