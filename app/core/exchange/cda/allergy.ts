import { namedIn } from '#schema/named-in.ts'
import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent, tagOf } from './about.ts'
import { isAllergyHere } from './by-section.ts'
import { codingOf, conceptOf, displaysOf, hasCode, idKey, lookUp, originalWords, worded } from './data-types.ts'
import { alternateCodes, type Fhir, type FhirObject } from './fhir-json.ts'
import { type Made, referTo } from './making.ts'
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
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import {
  ALLERGY_CATEGORY,
  ALLERGY_TYPE,
  CLINICAL_STATUS,
  CONCERN_STATUS,
  CRITICALITY,
  NO_KNOWN_ALLERGY,
  SEVERITY,
} from './status-tables.ts'
import { substanceIn } from './substance.ts'

const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'
const VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification'

/** C-CDA Allergy Intolerance Observation (4.7, 4.90), the CCD and IHE templates of before, or what stands in a section of allergies. */
export function isAllergy(statement: XmlElement, scope: Scope): boolean {
  if (hasTemplate(statement, '4.7', '4.90', '1.18', '1.3.6.1.4.1.19376.1.5.3.1.4.6'))
    return !hasTemplate(statement, '1.54', '4.9')
  return isAllergyHere(statement, substanceOf(statement) !== undefined, scope)
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
  const elsewhere = reactions.flatMap(each => reactionWords(each.statement, scope))
  const { notes = [], whole, ...kind } = kindOf(statement, elsewhere, scope)
  const span = scope.making.dates.span(childAt(statement, 'effectiveTime'))
  return [
    scope.making.add(
      {
        resourceType: 'AllergyIntolerance',
        ...commonOf(statement, scope),
        contained: [...aboutParent(about, scope), tagOf('group', scope.group), tagOf('substance', whole)],
        extension: span?.end === undefined ? [] : [{ url: ABATEMENT, valueDateTime: span.end }],
        clinicalStatus: clinicalStatusOf(status, scope, span?.end !== undefined || span?.hasEnded === true),
        ...kind,
        criticality: lookUp(childAt(criticality, 'value'), CRITICALITY),
        patient: scope.patient,
        encounter: referTo(scope.encounter),
        onsetDateTime: span?.start,
        recordedDate: recordedAt(statement, scope),
        recorder: recorderOf(statement, scope),
        note: [...notesOf(nested, scope), ...notes],
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
  const told = lookUp(value, CLINICAL_STATUS) ?? namedIn(CONCERN_STATUS, scope.concernStatus)
  const code =
    told !== undefined && ALLERGY_STATES.has(told) ? told : hasEnded && told === undefined ? 'inactive' : 'active'
  return { coding: [{ system: CLINICAL, code }, ...(conceptIn(scope, value)?.coding ?? [])] }
}

/** A recurrence or relapse of an allergy is an active one: FHIR has no more states for it. */
const ALLERGY_STATES = new Set(['active', 'inactive', 'resolved'])

/** All that a document calls a reaction. */
function reactionWords(reaction: XmlElement, scope: Scope): readonly string[] {
  const value = childAt(reaction, 'value')
  const words = [textWords(reaction, scope), originalWords(value, scope.narrative.words), ...displaysOf(value)]
  return words.filter(each => each !== undefined)
}

/** What it is against and of what sort. CCD documents before C-CDA put the sort into `code`. */
function kindOf(statement: XmlElement, elsewhere: readonly string[], scope: Scope) {
  const [code, value] = [childAt(statement, 'code'), childAt(statement, 'value')]
  const sort = codingOf(value) === undefined && !isAssertion(statement) ? code : value
  const category = lookUp(sort, ALLERGY_CATEGORY)
  return {
    type: lookUp(sort, ALLERGY_TYPE),
    // Where FHIR has no type for the source's code, the code stands there with none.
    _type: alternateCodes(conceptOf(sort, scope.narrative.words, (words, [display]) => display ?? words)),
    category: category === undefined ? [] : [category],
    ...againstWhat(statement, sort, elsewhere, scope),
  }
}

function againstWhat(
  statement: XmlElement,
  sort: XmlElement | undefined,
  elsewhere: readonly string[],
  scope: Scope,
): { code: Fhir; verificationStatus?: Fhir; notes?: readonly FhirObject[]; whole?: Fhir } {
  const entity = substanceOf(statement)
  const [element, name] = [childAt(entity, 'code'), childAt(entity, 'name')]
  const { code, notes } = substanceIn(scope, element, name, elsewhere)
  if (!isDenied(statement, scope)) {
    const words = textWords(statement, scope)
    return { code: worded(code, elsewhere.includes(words ?? '') ? undefined : words), notes }
  }
  // A negated allergy to something named: FHIR's "refuted" reads so everywhere.
  const isSpecific =
    codingOf(element) !== undefined || childAt(element, 'translation') !== undefined || wordsIn(name) !== undefined
  if (code !== undefined && isSpecific && !hasCode(element, ...ANY_SUBSTANCE)) {
    const verificationStatus = { coding: [{ system: VERIFICATION, code: 'refuted', display: 'Refuted' }] }
    return { code, verificationStatus, notes }
  }
  const [none, display] = lookUp(sort, NO_KNOWN_ALLERGY) ?? ['716186003', 'No known allergy']
  return { code: { coding: [{ system: 'http://snomed.info/sct', code: none, display }], text: display }, whole: code }
}

/** SNOMED CT: substance, drug, food, pharmaceutical product: none of them in particular. */
const ANY_SUBSTANCE = ['105590001', '410942007', '255620007', '762766007', '373873005', '763158003']

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
