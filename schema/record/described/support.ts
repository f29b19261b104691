import { tokensOf } from '../fhir/concept.ts'
import { at, type JsonObject, objectsOf } from '../fhir/json.ts'
import { concept, inWords, known, knownDate, noteOf, type OwnResource, ownResource } from '../own-resource.ts'
import { loinc, named, noteBeside, noteIn, period, said, wordsOf } from './fhir-parts.ts'
import type { DescribedFieldsOf } from './kinds.ts'

/** HL7 v2 table 0131: whom to call in an emergency. */
const EMERGENCY = concept('http://terminology.hl7.org/CodeSystem/v2-0131', 'C', 'Emergency Contact')

/** https://hl7.org/fhir/R4/careteam.html with one member: the only resource that says whose care somebody takes part in, and how to reach them. */
export function memberToFhir(fields: DescribedFieldsOf<'care-team-member'>, own: OwnResource): JsonObject {
  const { role, organisation, phone, email, isEmergency } = fields
  const roles = [wordsOf(role) ?? [], isEmergency === 'yes' ? EMERGENCY : []].flat()
  const telecom = [
    phone === undefined ? [] : { system: 'phone', value: phone },
    email === undefined ? [] : { system: 'email', value: email },
  ].flat()
  return {
    ...ownResource('CareTeam', own),
    status: 'active',
    name: fields.name,
    subject: { reference: own.subject },
    participant: [
      {
        ...known('role', roles.length > 0 ? roles : undefined),
        member: named(fields.name),
        ...known('onBehalfOf', named(organisation)),
      },
    ],
    ...known('telecom', telecom.length > 0 ? telecom : undefined),
    ...noteOf(fields.note),
  }
}

export function memberFromFhir(resource: JsonObject): unknown {
  const roles = objectsOf(at(resource, 'participant', 'role'))
  const telecom = (system: string) =>
    said(
      objectsOf(resource['telecom']).find(each => each['system'] === system),
      'value',
    )
  return {
    name: said(resource, 'name'),
    role: said(
      roles.find(each => each['coding'] === undefined),
      'text',
    ),
    organisation: said(resource, 'participant', 'onBehalfOf', 'display'),
    phone: telecom('phone'),
    email: telecom('email'),
    isEmergency: tokensOf(roles).has('C') ? 'yes' : undefined,
    note: noteIn(resource),
  }
}

const COVERAGE_CLASS = 'http://terminology.hl7.org/CodeSystem/coverage-class'
const classOf = (code: string, display: string, value: string | undefined) =>
  value === undefined ? [] : [{ type: concept(COVERAGE_CLASS, code, display), value, name: value }]

/** https://hl7.org/fhir/R4/coverage.html; an insurer's number to call needs the Organization inside. */
export function coverageToFhir(fields: DescribedFieldsOf<'coverage'>, own: OwnResource): JsonObject {
  const { insurer, plan, memberId, groupId, phone } = fields
  const classes = [...classOf('plan', 'Plan', plan), ...classOf('group', 'Group', groupId)]
  const organization = {
    resourceType: 'Organization',
    id: 'insurer',
    name: insurer,
    telecom: [{ system: 'phone', value: phone }],
  }
  return {
    ...ownResource('Coverage', own),
    ...known('contained', phone && [organization]),
    ...noteBeside(fields.note),
    status: 'active',
    ...known('subscriberId', memberId),
    beneficiary: { reference: own.subject },
    ...period('period', fields.since, fields.until),
    payor: [phone === undefined ? named(insurer) : { reference: '#insurer', display: insurer }],
    ...known('class', classes.length > 0 ? classes : undefined),
  }
}

export function coverageFromFhir(resource: JsonObject): unknown {
  const value = (code: string) =>
    said(
      objectsOf(resource['class']).find(each => tokensOf(each['type']).has(code)),
      'value',
    )
  return {
    insurer: said(resource, 'payor', 'display'),
    plan: value('plan'),
    memberId: resource['subscriberId'],
    groupId: value('group'),
    phone: said(resource, 'contained', 'telecom', 'value'),
    since: at(resource, 'period', 'start'),
    until: at(resource, 'period', 'end'),
    note: noteIn(resource),
  }
}

/** https://hl7.org/fhir/R4/consent.html of scope `adr`; `policyRule` is the words themselves, as no law or form need be named. */
export function directiveToFhir(fields: DescribedFieldsOf<'directive'>, own: OwnResource): JsonObject {
  const { keptAt, contact } = fields
  const surrogate = {
    role: concept('http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'AGNT', 'agent'),
    reference: named(contact),
  }
  return {
    ...ownResource('Consent', own),
    status: 'active',
    scope: concept('http://terminology.hl7.org/CodeSystem/consentscope', 'adr', 'Advanced Care Directive'),
    category: [{ ...loinc('42348-3', fields.name) }],
    patient: { reference: own.subject },
    ...knownDate('dateTime', fields.happenedOn),
    performer: [{ reference: own.subject }],
    ...known('sourceReference', named(keptAt)),
    policyRule: inWords(fields.words),
    ...known('provision', contact && { actor: [surrogate] }),
  }
}

export function directiveFromFhir(resource: JsonObject): unknown {
  return {
    name: said(resource, 'category', 'text'),
    words: said(resource, 'policyRule', 'text'),
    keptAt: said(resource, 'sourceReference', 'display'),
    contact: said(resource, 'provision', 'actor', 'reference', 'display'),
    happenedOn: resource['dateTime'],
  }
}
