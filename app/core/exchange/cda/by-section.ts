import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { codingsOf, hasCode, isNumber } from './data-types.ts'
import type { Scope } from './scope.ts'
import { hasTemplate, isUnmarked } from './templates.ts'

/**
 * What a statement is where none of its templates is known: the section it stands in, its class, its codes and the statement
 * around it decide (CDA R2 asks for no template at all).
 */

/** LOINC: problem list, past illness, encounters, health concerns; diagnoses, of admission, discharge, before and after an operation; complications. */
const PROBLEM_SECTIONS = [
  '11450-4',
  '11348-0',
  '46240-8',
  '75310-3',
  '29548-5',
  '46241-6',
  '11535-2',
  '78375-3',
  '10219-4',
  '10218-6',
  '59769-0',
  '55109-3',
]
const ALLERGY_SECTIONS = ['48765-2', '10155-0']
const VACCINE_SECTION = '11369-6'
/** CVX, as HL7 and as the CDC name it. */
const CVX = ['2.16.840.1.113883.12.292', '2.16.840.1.113883.6.59']
const PAYER_SECTION = '48768-6'

/** Acts that only hold others, by their code: a concern, a list of allergies or medicines, a diagnosis, a payer, a risk. */
const HOLDING = [
  'CONC',
  ...PROBLEM_SECTIONS,
  ...ALLERGY_SECTIONS,
  '29308-4', // diagnosis
  '10183-2', // medicines at discharge
  '75311-1',
  '42346-7', // medicines on admission
  PAYER_SECTION,
  '281694009', // finding of at risk
]

/** What only says something of the statement around it: its status, severity, criticality, age, health status, preference, a comment. */
const ABOUT = ['33999-4', 'SEV', '82606-5', '445518008', '30972-4', '35267-4', '11323-3', '225773000', '48767-8']

/** LOINC's own types of problem; its other codes are questions, and what answers them is no problem. */
const PROBLEM_TYPES = ['75326-9', '75323-6', '75321-0', '75322-8', '75325-1', '75319-4', '75318-6', '29308-4']
const LOINC = 'http://loinc.org'

export function isProblemHere(statement: XmlElement, { section, outer }: Scope): boolean {
  const isCondition = attributeOf(statement, 'classCode') === 'COND'
  const isListed = isCondition || PROBLEM_SECTIONS.includes(section) || hasCode(childAt(outer, 'code'), ...HOLDING)
  return isListed && isWhole(statement, outer) && asksForProblem(statement) && !isNumber(childAt(statement, 'value'))
}

function asksForProblem(statement: XmlElement): boolean {
  const codings = codingsOf(childAt(statement, 'code'))
  return codings.some(({ code }) => PROBLEM_TYPES.includes(code)) || codings.every(({ system }) => system !== LOINC)
}

export function isAllergyHere(statement: XmlElement, namesSubstance: boolean, { section, outer }: Scope): boolean {
  const around = childAt(outer, 'code')
  if (ALLERGY_SECTIONS.includes(section)) return namesSubstance || isWhole(statement, outer)
  return isWhole(statement, outer) && hasCode(around, ...ALLERGY_SECTIONS, ...(namesSubstance ? ['CONC'] : []))
}

/** An observation of its own, not one that belongs to another or only says something of it. */
function isWhole(statement: XmlElement, outer: XmlElement | undefined): boolean {
  const isInside = outer?.name === 'observation' || outer?.name === 'organizer'
  const isOwn = statement.name === 'observation' && !isInside && !hasCode(childAt(statement, 'code'), ...ABOUT)
  return isOwn && isUnmarked(statement)
}

export function isVaccineHere(statement: XmlElement, section: string): boolean {
  const material = childAt(statement, 'consumable', 'manufacturedProduct', 'manufacturedMaterial', 'code')
  return (
    section === VACCINE_SECTION ||
    ((isUnmarked(statement) || hasTemplate(statement, '1.24')) &&
      codeSystems(material).some(system => CVX.includes(system ?? '')))
  )
}

/** Procedures may be written as observations. */
export function isProcedureHere(statement: XmlElement, { section, outer }: Scope): boolean {
  return ['47519-4', '29554-3'].includes(section) && outer === undefined && isUnmarked(statement)
}

/** A concern, or an act that is a list, a diagnosis or nothing by itself, with others in it. */
export function holdsHere(act: XmlElement): boolean {
  const code = childAt(act, 'code')
  if (hasCode(code, 'CONC')) return true
  const holdsAny = isUnmarked(act) && childrenOf(act, 'entryRelationship').length > 0
  return holdsAny && (hasCode(code, ...HOLDING) || isNameless(act))
}

const isNameless = (act: XmlElement) =>
  codingsOf(childAt(act, 'code')).length === 0 &&
  childAt(act, 'code', 'originalText') === undefined &&
  childAt(act, 'text') === undefined

/** A laboratory's act has its section's code, and holds what was found and when it was taken (IHE XD-LAB, of many countries in Europe). */
export function holdsResultsHere(act: XmlElement, { section }: Scope): boolean {
  const held = childrenOf(act, 'entryRelationship').filter(each => attributeOf(each, 'typeCode') === 'COMP')
  const holdsAny = held.some(each => childrenOf(each, 'organizer', 'observation').length > 0)
  return holdsAny && isUnmarked(act) && section !== '' && hasCode(childAt(act, 'code'), section)
}

export function isHealthConcernHere(act: XmlElement): boolean {
  return isUnmarked(act) && hasCode(childAt(act, 'code'), '75310-3', '281694009')
}

/** Who pays, inside what holds all that pay, or by itself. */
export function isPolicyHere(act: XmlElement, { section, outer }: Scope): boolean {
  const isInPolicy = outer !== undefined && !hasCode(childAt(outer, 'code'), PAYER_SECTION)
  return section === PAYER_SECTION && !isInPolicy && isUnmarked(act)
}

export const isPlannedCoverageHere = (act: XmlElement) =>
  isUnmarked(act) && hasCode(childAt(act, 'code'), PAYER_SECTION)

/** An act inside another that has an id and nothing to say: it stands for an entry elsewhere. */
export function isReferenceHere(act: XmlElement, { outer }: Scope): boolean {
  const isSilent = childrenOf(act, 'entryRelationship', 'performer', 'participant', 'reference').length === 0
  return outer !== undefined && isSilent && isNameless(act)
}

/** SNOMED CT: hand-off communication. */
export const isHandOffHere = (act: XmlElement) => isUnmarked(act) && hasCode(childAt(act, 'code'), '432138007')

/** SNOMED CT: education, of a patient, about a vaccine or a medicine; how a medicine is to be given. */
const INSTRUCTIONS = ['409073007', '311401005', '171044003', '967006', '423564006', '422037009']

export function isInstructionHere(act: XmlElement): boolean {
  const isMeant = act.name === 'act' && attributeOf(act, 'moodCode') === 'INT'
  return isMeant && isUnmarked(act) && hasCode(childAt(act, 'code'), ...INSTRUCTIONS)
}

/** SNOMED CT: pregnancy, asserted outside of problems. */
export function isPregnancyHere(observation: XmlElement): boolean {
  const isAsserted = hasCode(childAt(observation, 'code'), 'ASSERTION')
  return isAsserted && isUnmarked(observation) && hasCode(childAt(observation, 'value'), '77386006')
}

/** What a vaccine brought on. */
export function isReactionHere(statement: XmlElement, typeCode: string): boolean {
  return statement.name === 'observation' && (typeCode === 'MFST' || (typeCode === 'CAUS' && isUnmarked(statement)))
}

/** A reason that is its own code and has no value: why something was not done. */
export function isRefusalHere(observation: XmlElement, typeCode: string): boolean {
  return typeCode === 'RSON' && isUnmarked(observation) && childAt(observation, 'value') === undefined
}

const codeSystems = (element: XmlElement | undefined) =>
  [element, ...childrenOf(element, 'translation')].map(each => attributeOf(each, 'codeSystem'))
