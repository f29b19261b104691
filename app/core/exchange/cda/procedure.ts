import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, preferencesIn } from './about.ts'
import { isInstructionHere } from './by-section.ts'
import { deviceOf } from './device.ts'
import { hasCode, idKey, worded } from './data-types.ts'
import { periodOf } from './dates.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { observationBody } from './observation.ts'
import { indicationsOf, refusalOf } from './reasons.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  isNegated,
  moodOf,
  nestedIn,
  type Nested,
  notesOf,
  performersOf,
  readRest,
  recordedAt,
  recorderOf,
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import { specimensOf } from './specimen.ts'
import { PROCEDURE_STATUS, REQUEST_INTENT, REQUEST_STATUS } from './status-tables.ts'

/** Something done to or with the patient (mood EVN) as Procedure, something ordered or planned as ServiceRequest. */
export function readProcedure(statement: XmlElement, scope: Scope): readonly Made[] {
  if (moodOf(statement) !== 'EVN') return readRequest(statement, scope)
  const nested = nestedIn(statement)
  const reasons = indicationsOf(nested, scope)
  const refusal = refusalOf(nested, scope)
  const about = [...refusal.questions, ...preferencesIn(nested)]
  const inner = readRest(statement, nested, new Set([...reasons.used, ...refusal.used, ...about]), scope)
  const devices = devicesOf(statement, scope)
  specimensOf(statement, scope)
  return [
    scope.making.add(
      {
        resourceType: 'Procedure',
        ...commonOf(statement, scope),
        contained: [...reasons.contained, ...aboutParent(about, scope)],
        extension: methodsOf(statement, scope),
        status: isNegated(statement) ? 'not-done' : (PROCEDURE_STATUS[statusOf(statement) ?? ''] ?? 'unknown'),
        statusReason: isNegated(statement) ? refusal.reason : undefined,
        category: scope.group,
        code: codeOf(statement, scope),
        subject: scope.patient,
        encounter: referTo(scope.encounter),
        ...performedOf(statement, scope),
        recorder: recorderOf(statement, scope),
        performer: performersOf(statement, scope).map(actor => ({ actor: referTo(actor) })),
        location: referTo(locationOf(statement, scope)),
        reasonCode: reasons.codes,
        reasonReference: [...reasons.references, ...referToEach(inner, 'Condition')],
        bodySite: childrenOf(statement, 'targetSiteCode', 'approachSiteCode').flatMap(
          each => conceptIn(scope, each) ?? [],
        ),
        report: referToEach(inner, 'DiagnosticReport', 'DocumentReference'),
        note: notesOf(nested, scope),
        usedReference: referToEach(devices),
      },
      idKey(statement),
      scope.place,
    ),
    ...devices,
    ...inner,
  ]
}

function methodsOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  const url = 'http://hl7.org/fhir/StructureDefinition/procedure-method'
  const methods = childrenOf(statement, 'methodCode').map(each => conceptIn(scope, each))
  return methods.flatMap(method => (method === undefined ? [] : [{ url, valueCodeableConcept: method }]))
}

function codeOf(statement: XmlElement, scope: Scope): Fhir {
  return worded(conceptIn(scope, childAt(statement, 'code')), textWords(statement, scope)) ?? absent()
}

function performedOf(statement: XmlElement, scope: Scope): FhirObject {
  const time = childAt(statement, 'effectiveTime')
  const span = scope.making.dates.span(time)
  const isPeriod = attributeOf(time, 'value') === undefined && (span?.start !== undefined || span?.end !== undefined)
  return isPeriod ? { performedPeriod: periodOf(span) } : { performedDateTime: span?.start }
}

export function locationOf(statement: XmlElement, scope: Scope): Made | undefined {
  const place = childrenOf(statement, 'participant').find(each => attributeOf(each, 'typeCode') === 'LOC')
  return scope.people.location(childAt(place, 'participantRole'))
}

function devicesOf(statement: XmlElement, scope: Scope): readonly Made[] {
  return childrenOf(statement, 'participant').flatMap((each, index) => {
    const role = childAt(each, 'participantRole')
    return childAt(role, 'playingDevice') === undefined
      ? []
      : (deviceOf(role, { ...scope, place: `${scope.place}, device ${index + 1}` }) ?? [])
  })
}

/** A procedure written as an observation (4.13): what was done, and what was found where it says so. */
export function readProcedureObservation(statement: XmlElement, scope: Scope): readonly Made[] {
  const done = readProcedure(statement, scope)
  const body = observationBody(statement, scope)
  if (!Object.keys(body).some(name => name.startsWith('value'))) return done
  const found = scope.making.add(
    { resourceType: 'Observation', ...body, partOf: referToEach(done, 'Procedure') },
    idKey(statement),
    scope.place,
  )
  return [...done, found]
}

const PRIORITIES: Readonly<Record<string, string>> = { R: 'routine', UR: 'urgent', S: 'stat', A: 'asap', EM: 'stat' }

/** Something asked for, planned, proposed or promised. */
export function readRequest(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const reasons = indicationsOf(nested, scope)
  const about = preferencesIn(nested)
  const inner = readRest(statement, nested, new Set([...reasons.used, ...about]), scope)
  const coverages = inner.filter(({ type }) => type === 'Coverage')
  const devices = devicesOf(statement, scope)
  const time = childAt(statement, 'effectiveTime')
  const span = scope.making.dates.span(time)
  const isPeriod = span?.end !== undefined
  return [
    scope.making.add(
      {
        resourceType: 'ServiceRequest',
        ...commonOf(statement, scope),
        contained: [...reasons.contained, ...aboutParent(about, scope)],
        status: REQUEST_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
        intent: REQUEST_INTENT[moodOf(statement)] ?? 'plan',
        category: [scope.group],
        priority: PRIORITIES[attributeOf(childAt(statement, 'priorityCode'), 'code') ?? ''],
        doNotPerform: isNegated(statement) ? true : undefined,
        code: codeOf(statement, scope),
        subject: scope.patient,
        encounter: referTo(scope.encounter),
        ...(isPeriod ? { occurrencePeriod: periodOf(span) } : { occurrenceDateTime: span?.start }),
        authoredOn: recordedAt(statement, scope),
        requester: referTo(authorOf(statement, scope)),
        performer: referToEach(requestPerformers(statement, scope)),
        locationReference: [referTo(locationOf(statement, scope))],
        reasonCode: reasons.codes,
        reasonReference: [...reasons.references, ...referToEach(inner, 'Condition')],
        insurance: referToEach(coverages),
        supportingInfo: referToEach([
          ...inner.filter(each => !['Coverage', 'Condition'].includes(each.type)),
          ...devices,
        ]),
        bodySite: childrenOf(statement, 'targetSiteCode').flatMap(each => conceptIn(scope, each) ?? []),
        note: notesOf(nested, scope),
        patientInstruction:
          hasTemplate(statement, '4.20') || isInstructionHere(statement) ? textWords(statement, scope) : undefined,
      },
      idKey(statement),
      scope.place,
    ),
    ...devices,
    ...inner,
  ]
}

/** Who is to do it: its performers, and whom it makes responsible. */
function requestPerformers(statement: XmlElement, scope: Scope): readonly Made[] {
  const responsible = childrenOf(statement, 'participant')
    .filter(each => attributeOf(each, 'typeCode') === 'RESP')
    .flatMap(each => scope.people.of(childAt(each, 'participantRole')) ?? [])
  return [...performersOf(statement, scope), ...responsible].filter(({ type }) => type !== 'Location')
}

/** Whether an act is an encounter's diagnosis (LOINC 29308-4). */
export const isDiagnosis = ({ statement }: Nested) => hasCode(childAt(statement, 'code'), '29308-4')
