import { BLOOD_PRESSURE_LOINC } from '#schema/codes/observations.ts'
import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { hasCode, idKey } from './data-types.ts'
import { periodOf } from './dates.ts'
import { absent, absentReason, type Fhir, type FhirObject } from './fhir-json.ts'
import { isFamilyOrganizer, readFamilyMember } from './family.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { observationBody } from './observation.ts'
import {
  authorOf,
  commonOf,
  conceptIn,
  isComment,
  nestedIn,
  type Nested,
  notesOf,
  performersOf,
  readRest,
  type Scope,
  statusOf,
  textWords,
  timeOf,
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import { specimensOf } from './specimen.ts'
import { OBSERVATION_STATUS } from './status-tables.ts'
import { pairBloodPressures } from './blood-pressure.ts'

/** A group of statements, by what it groups. */
export function readOrganizer(organizer: XmlElement, scope: Scope): readonly Made[] {
  if (isFamilyOrganizer(organizer)) return readFamilyMember(organizer, scope)
  if (hasTemplate(organizer, '4.500')) return readCareTeam(organizer, scope)
  if (isVitalSigns(organizer, scope.section)) return readVitalSigns(organizer, scope)
  if (hasTemplate(organizer, '4.108') || scope.section === '42348-3') return readGroup(organizer, scope)
  if (hasTemplate(organizer, '4.66', '4.75') || ['47420-5', '10190-7'].includes(scope.section))
    return readPanel(organizer, scope)
  if (isResults(organizer, scope.section)) return readReport(organizer, scope)
  return readList(organizer, scope)
}

function isVitalSigns(organizer: XmlElement, section: string): boolean {
  return (
    section === '8716-3' ||
    hasTemplate(organizer, '4.26', '1.35') ||
    hasCode(childAt(organizer, 'code'), '46680005', '74728-7', ...BLOOD_PRESSURE_LOINC)
  )
}

function isResults(organizer: XmlElement, section: string): boolean {
  const isBattery = attributeOf(organizer, 'classCode') === 'BATTERY'
  return hasTemplate(organizer, '4.1', '1.32') || section === '30954-2' || isBattery
}

/** Its code is what its members are of. */
function readGroup(organizer: XmlElement, scope: Scope): readonly Made[] {
  const group = conceptIn(scope, childAt(organizer, 'code')) ?? scope.group
  return readRest(organizer, nestedIn(organizer), new Set(), scope, group === undefined ? {} : { group })
}

/** A laboratory's panel or an examination: DiagnosticReport with its results. */
function readReport(organizer: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(organizer)
  const specimens = specimensOf(organizer, scope)
  const inner = membersOf(organizer, nested, scope)
  const performers = performersOf(organizer, scope)
  const author = authorOf(organizer, scope)
  return [
    scope.making.add(
      {
        resourceType: 'DiagnosticReport',
        ...commonOf(organizer, scope),
        status: OBSERVATION_STATUS[statusOf(organizer) ?? ''] ?? 'unknown',
        category: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB', display: 'Laboratory' }] },
        ],
        code: groupCode(organizer, scope),
        subject: scope.patient,
        encounter: referTo(scope.encounter),
        ...effectiveOf(organizer, scope),
        performer:
          performers.length > 0 ? referToEach(performers) : [author?.type === 'Device' ? undefined : referTo(author)],
        specimen: referToEach([...specimens, ...inner.filter(({ type }) => type === 'Specimen')]),
        result: referToEach(inner, 'Observation'),
        conclusion: nested
          .filter(isComment)
          .flatMap(each => textWords(each.statement, scope) ?? [])
          .join('\n'),
      },
      idKey(organizer),
      scope.place,
    ),
    ...inner,
  ]
}

/** Their own time, else from the first to the last of their members. */
function effectiveOf(organizer: XmlElement, scope: Scope): FhirObject {
  const { dates } = scope.making
  const span = dates.span(timeOf(organizer, scope))
  if (span?.end !== undefined && span.end !== span.start) return { effectivePeriod: periodOf(span) }
  const own = span?.start ?? span?.end
  const times = nestedIn(organizer)
    .flatMap(({ statement }) => dates.at(childAt(statement, 'effectiveTime')) ?? [])
    .toSorted()
  const [first, last] = [times[0], times.at(-1)]
  if (own !== undefined || first === last) return { effectiveDateTime: own ?? first }
  return { effectivePeriod: { start: first, end: last } }
}

function groupCode(organizer: XmlElement, scope: Scope): Fhir {
  const code = childAt(organizer, 'code')
  const words = textWords(organizer, scope)
  return (
    conceptIn(scope, code) ??
    (words === undefined ? absent(absentReason(attributeOf(code, 'nullFlavor'))) : { text: words })
  )
}

/** Vital signs taken together: an Observation whose members they are, each blood pressure in one piece. */
function readVitalSigns(organizer: XmlElement, scope: Scope): readonly Made[] {
  const vitals = { ...scope, section: '8716-3' }
  const members = membersOf(organizer, nestedIn(organizer), vitals)
  if (members.length === 0) return []
  const own = conceptIn(scope, childAt(organizer, 'code'))?.coding
  const panel = { system: 'http://loinc.org', code: '85353-1', display: 'Vital signs panel' }
  return [panelOf(organizer, vitals, members, { coding: [panel, ...(own ?? [])], text: 'Vital signs' }), ...members]
}

/** What a group holds, each blood pressure in one piece. */
function membersOf(organizer: XmlElement, nested: readonly Nested[], scope: Scope): readonly Made[] {
  const pressures = pairBloodPressures(organizer, nested, scope)
  return [...pressures.made, ...readRest(organizer, nested, new Set(pressures.used), scope)]
}

/** Findings of one kind: an Observation whose members they are. */
function readPanel(organizer: XmlElement, scope: Scope): readonly Made[] {
  const inner = membersOf(organizer, nestedIn(organizer), scope)
  return [panelOf(organizer, scope, inner, groupCode(organizer, scope)), ...inner]
}

function panelOf(organizer: XmlElement, scope: Scope, members: readonly Made[], code: Fhir): Made {
  const { effectiveDateTime: _, effectivePeriod: __, ...body } = observationBody(organizer, scope)
  return scope.making.add(
    {
      resourceType: 'Observation',
      ...body,
      code,
      ...effectiveOf(organizer, scope),
      hasMember: referToEach(members, 'Observation'),
      note: notesOf(nestedIn(organizer), scope),
    },
    idKey(organizer),
    scope.place,
  )
}

/** Things that belong together under a name: a List; without a name, only the things. */
function readList(organizer: XmlElement, scope: Scope): readonly Made[] {
  const inner = membersOf(organizer, nestedIn(organizer), scope)
  const code = conceptIn(scope, childAt(organizer, 'code'))
  if (code === undefined) return inner
  const body = {
    resourceType: 'List',
    ...commonOf(organizer, scope),
    status: 'current',
    mode: 'snapshot',
    title: code.text,
    code,
    subject: scope.patient,
    date: scope.making.dates.at(childAt(organizer, 'effectiveTime')),
    entry: referToEach(inner).map(item => ({ item })),
  }
  return [scope.making.add(body, idKey(organizer), scope.place), ...inner]
}

/** C-CDA Care Team Organizer (4.500): who looks after the patient. */
function readCareTeam(organizer: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(organizer)
  const members = nested.filter(({ statement }) => childrenOf(statement, 'performer').length > 0)
  const used = new Set(members.map(each => each.statement))
  const participants = members.flatMap(({ statement }) =>
    childrenOf(statement, 'performer').flatMap(performer => {
      const member = scope.people.of(childAt(performer, 'assignedEntity'))
      const role = conceptIn(scope, childAt(performer, 'sdtc:functionCode') ?? childAt(performer, 'functionCode'))
      return member === undefined ? [] : [{ role: [role], member: referTo(member) }]
    }),
  )
  const body = {
    resourceType: 'CareTeam',
    ...commonOf(organizer, scope),
    status: statusOf(organizer) === 'active' ? 'active' : 'inactive',
    category: [conceptIn(scope, childAt(organizer, 'code'))],
    name: textWords(organizer, scope),
    subject: scope.patient,
    period: periodOf(scope.making.dates.span(childAt(organizer, 'effectiveTime'))),
    participant: participants,
  }
  return [scope.making.add(body, idKey(organizer), scope.place), ...readRest(organizer, nested, used, scope)]
}
