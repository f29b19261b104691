import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, tagOf } from './about.ts'
import { codingOf, hasCode, idKey, lookUp, worded } from './data-types.ts'
import { alternateCodes, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo } from './making.ts'
import { isAssertion } from './observation.ts'
import {
  commonOf,
  conceptIn,
  hasTemplate,
  isDenied,
  nestedIn,
  type Nested,
  notesOf,
  readRest,
  recordedAt,
  recorderOf,
  type Scope,
  textWords,
} from './scope.ts'
import {
  ALLERGY_CATEGORY,
  ALLERGY_TYPE,
  CLINICAL_STATUS,
  CONCERN_STATUS,
  CRITICALITY,
  NO_KNOWN_ALLERGY,
  SEVERITY,
} from './status-tables.ts'

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'

/** C-CDA Allergy Intolerance Observation (4.7, 4.90), the CCD and IHE templates of before, or what names a substance in an allergy section. */
export function isAllergy(statement: XmlElement, section: string): boolean {
  if (hasTemplate(statement, '4.7', '4.90', '1.18', '1.3.6.1.4.1.19376.1.5.3.1.4.6'))
    return !hasTemplate(statement, '1.54', '4.9')
  return section === '48765-2' && substanceOf(statement) !== undefined
}

function substanceOf(statement: XmlElement): XmlElement | undefined {
  const consumable = childrenOf(statement, 'participant').find(each => attributeOf(each, 'typeCode') === 'CSM')
  return childAt(consumable, 'participantRole', 'playingEntity')
}

/** An allergy or intolerance, or that there is none (C-CDA on FHIR, "Allergies"). */
export function readAllergy(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const withCode = (code: string) => nested.find(each => hasCode(childAt(each.statement, 'code'), code))?.statement
  const severity = withCode('SEV') ?? scope.concernSeverity
  const [status, criticality] = [withCode('33999-4'), withCode('82606-5')]
  const reactions = nested.filter(isReaction)
  const about = [status, severity, criticality].filter(found => found !== undefined)
  const used = new Set([...about, ...reactions.map(each => each.statement)])
  const reactionScope = { ...scope, place: `${scope.place}, reaction` }
  const inner = [
    ...readRest(statement, nested, used, scope),
    ...reactions.flatMap(each =>
      readRest(each.statement, nestedIn(each.statement).filter(isNoSeverity), new Set(), reactionScope),
    ),
  ]
  const kind = kindOf(statement, scope)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  return [
    scope.making.add(
      {
        resourceType: 'AllergyIntolerance',
        ...commonOf(statement, scope),
        contained: [...aboutParent(about, scope), tagOf('group', scope.group)],
        extension: span?.end === undefined ? [] : [{ url: ABATEMENT, valueDateTime: span.end }],
        clinicalStatus: clinicalStatusOf(status, scope, span?.end !== undefined || span?.hasEnded === true),
        ...kind,
        criticality: lookUp(childAt(criticality, 'value'), CRITICALITY),
        patient: scope.patient,
        encounter: referTo(scope.encounter),
        onsetDateTime: span?.start,
        recordedDate: recordedAt(statement, scope),
        recorder: recorderOf(statement, scope),
        note: notesOf(nested, scope),
        reaction: reactions.flatMap(each => reactionOf(each.statement, severity, scope) ?? []),
      },
      idKey(statement),
      scope.place,
    ),
    ...inner,
  ]
}

const ABATEMENT = 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement'
const isReaction = ({ typeCode, statement }: Nested) => typeCode === 'MFST' || hasTemplate(statement, '4.9', '1.54')
const isNoSeverity = ({ statement }: Nested) => !hasCode(childAt(statement, 'code'), 'SEV')

/** R4 wants a status of every allergy that is no error (ait-1): one that stands on a list without an end is in force. */
function clinicalStatusOf(observation: XmlElement | undefined, scope: Scope, hasEnded: boolean): Fhir {
  const value = childAt(observation, 'value')
  const told = lookUp(value, CLINICAL_STATUS) ?? CONCERN_STATUS[scope.concernStatus ?? '']
  const code =
    told !== undefined && ALLERGY_STATES.has(told) ? told : hasEnded && told === undefined ? 'inactive' : 'active'
  return { coding: [{ system: CLINICAL, code }, ...(conceptIn(scope, value)?.coding ?? [])] }
}

/** A recurrence or relapse of an allergy is an active one: FHIR has no more states for it. */
const ALLERGY_STATES = new Set(['active', 'inactive', 'resolved'])

/** What it is against and of what sort. CCD documents before C-CDA put the sort into `code`. */
function kindOf(statement: XmlElement, scope: Scope): FhirObject {
  const [code, value] = [childAt(statement, 'code'), childAt(statement, 'value')]
  const sort = codingOf(value) === undefined && !isAssertion(statement) ? code : value
  const category = lookUp(sort, ALLERGY_CATEGORY)
  return {
    type: lookUp(sort, ALLERGY_TYPE),
    // Where FHIR has no type for the source's code, the code stands there with none.
    _type: alternateCodes(conceptIn(scope, sort)),
    category: category === undefined ? [] : [category],
    ...substanceCode(statement, sort, scope),
  }
}

function substanceCode(statement: XmlElement, sort: XmlElement | undefined, scope: Scope): FhirObject {
  const entity = substanceOf(statement)
  const name = wordsIn(childAt(entity, 'name'))
  const code = conceptIn(scope, childAt(entity, 'code')) ?? (name === undefined ? undefined : { text: name })
  if (!isDenied(statement, scope)) return { code: code ?? fallbackCode(statement, scope) }
  // A negated allergy to something named: FHIR's "refuted" reads so everywhere.
  if (code !== undefined && isSpecific(childAt(entity, 'code'), name)) {
    return { code, verificationStatus: { coding: [{ system: VERIFICATION, code: 'refuted', display: 'Refuted' }] } }
  }
  const [none, display] = lookUp(sort, NO_KNOWN_ALLERGY) ?? ['716186003', 'No known allergy']
  return { code: { coding: [{ system: 'http://snomed.info/sct', code: none, display }], text: display } }
}

const isSpecific = (code: XmlElement | undefined, name: string | undefined) =>
  attributeOf(code, 'code') !== undefined || childAt(code, 'translation') !== undefined || name !== undefined

function fallbackCode(statement: XmlElement, scope: Scope): Fhir {
  const words = textWords(statement, scope)
  return words === undefined ? undefined : { text: words }
}

/** FHIR wants to know of a reaction what it was: one without a code or words is none. */
function reactionOf(
  statement: XmlElement,
  severityOfAll: XmlElement | undefined,
  scope: Scope,
): FhirObject | undefined {
  const words = textWords(statement, scope)
  const value =
    conceptIn(scope, childAt(statement, 'value')) ??
    (isAssertion(statement) ? undefined : conceptIn(scope, childAt(statement, 'code')))
  const manifestation = worded(value, words)
  if (manifestation === undefined) return undefined
  const own = nestedIn(statement).find(each => !isNoSeverity(each))?.statement
  const severity = childAt(own ?? severityOfAll, 'value')
  return {
    manifestation: [manifestation],
    onset: scope.making.dates.at(childAt(statement, 'effectiveTime')),
    severity: lookUp(severity, SEVERITY),
    _severity: alternateCodes(conceptIn(scope, severity)),
    note: notesOf(nestedIn(statement), scope),
  }
}
