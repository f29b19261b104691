import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { codingOf, idKey } from './data-types.ts'
import { periodOf, type Span } from './dates.ts'
import type { Fhir, FhirObject } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { isDiagnosis } from './procedure.ts'
import { indicationsOf } from './reasons.ts'
import { commonOf, conceptIn, moodOf, nestedIn, performersOf, readRest, type Scope, statusOf } from './scope.ts'
import { ENCOUNTER_STATUS } from './status-tables.ts'

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** A visit or stay (C-CDA on FHIR, "Encounters"), in the body or around the whole document. */
export function readEncounter(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const reasons = indicationsOf(nested, scope)
  const diagnoses = nested.filter(isDiagnosis).map(each => each.statement)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  const inner = readRest(statement, nested, new Set([...reasons.used, ...diagnoses]), scope)
  const found = diagnoses.flatMap((each, index) =>
    scope.read(each, { ...scope, outer: statement, place: `${scope.place}, diagnosis ${index + 1}` }),
  )
  return [
    scope.making.add(
      {
        resourceType: 'Encounter',
        ...commonOf(statement, scope),
        contained: reasons.contained,
        status: encounterStatus(statement, span),
        ...classAndType(statement, scope),
        priority: conceptIn(scope, childAt(statement, 'priorityCode')),
        subject: scope.patient,
        participant: participantsOf(statement, scope),
        period: periodOf(span),
        reasonCode: reasons.codes,
        reasonReference: reasons.references,
        diagnosis: referToEach(found, 'Condition').map(condition => ({ condition })),
        hospitalization: hospitalizationOf(statement, scope),
        location: locationsOf(statement, scope),
        serviceProvider: referTo(providerOf(statement, scope)),
      },
      idKey(statement),
      scope.place,
    ),
    ...found,
    ...inner,
  ]
}

function encounterStatus(statement: XmlElement, span: Span | undefined): string {
  const told = ENCOUNTER_STATUS[statusOf(statement) ?? '']
  if (moodOf(statement) !== 'EVN') return told === 'cancelled' || told === 'entered-in-error' ? told : 'planned'
  if (told !== undefined) return told
  const isPoint = attributeOf(childAt(statement, 'effectiveTime'), 'value') !== undefined
  return isPoint || span?.end !== undefined ? 'finished' : 'unknown'
}

/** CPT's ranges for office visits, hospital care and emergencies, as the mapping guide reads them. */
function classOfCpt(code: string): string | undefined {
  const number = Number(code)
  if (number >= 99_202 && number <= 99_215) return 'AMB'
  if (number >= 99_221 && number <= 99_239) return 'IMP'
  return number >= 99_281 && number <= 99_285 ? 'EMER' : undefined
}

function classAndType(statement: XmlElement, scope: Scope): FhirObject {
  const code = childAt(statement, 'code')
  const concept = conceptIn(scope, code)
  const codings = concept?.coding ?? []
  const own = codings.find(({ system }) => system === ACT_CODE)
  const byCpt = codings.map(each => classOfCpt(each.code)).find(found => found !== undefined)
  // Without its display: a visit without a name would be called "unknown".
  const unknown = { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' }
  const rest = codings.filter(each => each !== own)
  const text = concept?.text ?? codingOf(code)?.display
  return {
    class: own ?? (byCpt === undefined ? unknown : { system: ACT_CODE, code: byCpt }),
    type: rest.length === 0 && text === undefined ? [] : [{ coding: rest, text }],
  }
}

/** Performers of an Encounter Activity; in the header, encounterParticipant and responsibleParty. */
function participantsOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  const named = [...childrenOf(statement, 'performer', 'encounterParticipant'), childAt(statement, 'responsibleParty')]
  return named.flatMap(each => {
    const individual = scope.people.of(childAt(each, 'assignedEntity'))
    if (individual === undefined || individual.type === 'Organization' || individual.type === 'Device') return []
    const code = conceptIn(scope, childAt(each, 'sdtc:functionCode') ?? childAt(each, 'functionCode'))
    const time = periodOf(scope.making.dates.span(childAt(each, 'time')))
    return [{ type: [code ?? participationType(each)], period: time, individual: referTo(individual) }]
  })
}

const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'

function participationType(participation: XmlElement | undefined): Fhir {
  const code = attributeOf(participation, 'typeCode')
  return code === undefined || !/^(?:ADM|ATND|CON|DIS|REF|PPRF|SPRF|PART)$/.test(code)
    ? undefined
    : { coding: [{ system: PARTICIPATION, code }] }
}

function providerOf(statement: XmlElement, scope: Scope): Made | undefined {
  const fromHeader = childAt(statement, 'location', 'healthCareFacility', 'serviceProviderOrganization')
  const organizations = performersOf(statement, scope).filter(({ type }) => type === 'Organization')
  return scope.people.organization(fromHeader) ?? organizations[0]
}

function locationsOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  const roles = [
    ...childrenOf(statement, 'participant')
      .filter(each => attributeOf(each, 'typeCode') === 'LOC')
      .map(each => childAt(each, 'participantRole')),
    childAt(statement, 'location', 'healthCareFacility'),
  ]
  return roles.flatMap(role => {
    const location = scope.people.location(role)
    return location === undefined ? [] : [{ location: referTo(location) }]
  })
}

function hospitalizationOf(statement: XmlElement, scope: Scope): Fhir {
  const disposition =
    childAt(statement, 'sdtc:dischargeDispositionCode') ?? childAt(statement, 'dischargeDispositionCode')
  const destination = childrenOf(statement, 'participant').find(each => attributeOf(each, 'typeCode') === 'DST')
  return {
    dischargeDisposition: conceptIn(scope, disposition),
    destination: referTo(scope.people.location(childAt(destination, 'participantRole'))),
  }
}
