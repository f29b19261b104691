import { namedIn } from '#schema/named-in.ts'
import { attributeOf, childAt, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, qualifiersOf } from './about.ts'
import { isProblemHere } from './by-section.ts'
import { hasCode, idKey, lookUp, quantityOf, worded } from './data-types.ts'
import { absent, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { isAssertion } from './observation.ts'
import {
  commonOf,
  conceptIn,
  isDenied,
  nestedIn,
  type Nested,
  notesOf,
  readRest,
  recordedAt,
  recorderOf,
  type Scope,
  textWords,
  wordsAt,
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import { CLINICAL_STATUS, CONCERN_STATUS, CONDITION_CATEGORY } from './status-tables.ts'

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'

/** C-CDA Problem Observation (4.4), its likes, and the CCD and IHE templates of before; not a reaction, which CCD marks as a problem, too. */
export function isProblem(statement: XmlElement, scope: Scope): boolean {
  const isMarked = hasTemplate(statement, '4.4', '1.28', '1.3.6.1.4.1.19376.1.5.3.1.4.5')
  return isMarked ? !hasTemplate(statement, '4.9', '1.54') : isProblemHere(statement, scope)
}

/** A problem, a diagnosis, a health concern: FHIR Condition. */
export function readProblem(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const parts = partsOf(nested, scope)
  const used = new Set(parts.about)
  const inner = readRest(statement, nested, used, scope)
  const isNone = isDenied(statement, scope) && hasCode(childAt(statement, 'value'), ...ANY_PROBLEM)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  const onsetAge = parts.age === undefined ? undefined : quantityOf(childAt(parts.age, 'value'))
  const status = clinicalStatusOf(parts.status, scope, span?.end !== undefined || span?.hasEnded === true)
  return [
    scope.making.add(
      {
        resourceType: 'Condition',
        ...commonOf(statement, scope),
        contained: [
          ...aboutParent([...parts.about, ...(isNone ? [statement] : [])], scope),
          ...qualifiersOf(childAt(statement, 'value'), scope),
        ],
        clinicalStatus: status,
        verificationStatus: isDenied(statement, scope) && !isNone ? verification('refuted', 'Refuted') : undefined,
        category: categoriesOf(statement, scope),
        severity: conceptIn(scope, childAt(parts.severity, 'value')),
        code: isNone ? noKnownProblems(statement, scope) : problemCode(statement, scope),
        bodySite: [conceptIn(scope, childAt(statement, 'targetSiteCode'))],
        subject: scope.patient,
        encounter: referTo(scope.encounter),
        ...(span?.start === undefined && onsetAge !== undefined ? { onsetAge } : { onsetDateTime: span?.start }),
        abatementDateTime: span?.end,
        _abatementDateTime: span?.hasEnded === true ? absent() : undefined,
        recordedDate: recordedAt(statement, scope),
        recorder: recorderOf(statement, scope),
        evidence: inner.length === 0 ? [] : [{ detail: referToEach(inner) }],
        note: notesOf(nested, scope),
      },
      idKey(statement),
      scope.place,
    ),
    ...inner,
  ]
}

interface Parts {
  readonly status: XmlElement | undefined
  readonly severity: XmlElement | undefined
  readonly age: XmlElement | undefined
  /** All of these, and what else only says something of the problem. */
  readonly about: readonly XmlElement[]
}

function partsOf(nested: readonly Nested[], scope: Scope): Parts {
  const withCode = (...codes: readonly string[]) =>
    nested.find(({ statement }) => hasCode(childAt(statement, 'code'), ...codes))?.statement
  const [status, age] = [withCode('33999-4'), withCode('445518008', '30972-4', '35267-4')]
  const severity = withCode('SEV') ?? scope.concernSeverity
  const others = nested.flatMap(({ statement }) => {
    const isAbout =
      hasTemplate(statement, '4.5', '4.143', '1.41') || hasCode(childAt(statement, 'code'), '11323-3', '225773000')
    return isAbout ? [statement] : []
  })
  const about = [status, severity, age].filter(found => found !== undefined)
  return { status, severity, age, about: [...new Set([...about, ...others])] }
}

/** A problem that has ended is not active, whatever its concern says (FHIR con-4). */
function clinicalStatusOf(observation: XmlElement | undefined, scope: Scope, hasEnded: boolean): Fhir {
  const value = childAt(observation, 'value')
  const told = lookUp(value, CLINICAL_STATUS) ?? namedIn(CONCERN_STATUS, scope.concernStatus)
  const isOver = told !== undefined && ['inactive', 'remission', 'resolved'].includes(told)
  const code = hasEnded && !isOver ? (told === undefined ? 'resolved' : 'inactive') : told
  if (code === undefined) return undefined
  const source = conceptIn(scope, value)?.coding
  return { coding: [{ system: CLINICAL, code }, ...(source ?? [])] }
}

const verification = (code: string, display: string): FhirObject => ({
  coding: [{ system: VERIFICATION, code, display }],
})

function categoriesOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  const bySection = CONDITION_CATEGORY[scope.section]
  const isEncounter = scope.groupCode === '29308-4'
  const known = isEncounter ? CONDITION_CATEGORY['46240-8'] : bySection
  const [system, code, display] = known ?? []
  const own = isAssertion(statement) ? undefined : conceptIn(scope, childAt(statement, 'code'))
  return [code === undefined ? undefined : { coding: [{ system, code, display }] }, scope.group, own]
}

/** Problem, disease, finding, complaint …: not one of them in particular. */
const ANY_PROBLEM = ['55607006', '64572001', '404684003', '409586006', '282291009']

function noKnownProblems(statement: XmlElement, scope: Scope): Fhir {
  const coding = { system: 'http://snomed.info/sct', code: '160245001', display: 'No current problems or disability' }
  return { coding: [coding], text: textWords(statement, scope) ?? 'No known problems' }
}

function problemCode(statement: XmlElement, scope: Scope): Fhir {
  const value = childAt(statement, 'value')
  return worded(
    conceptIn(scope, value),
    textWords(statement, scope) ?? attributeOf(value, 'value') ?? wordsAt(value, scope),
  )
}
