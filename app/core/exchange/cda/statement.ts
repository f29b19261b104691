import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { isAllergy, readAllergy } from './allergy.ts'
import {
  holdsHere,
  holdsResultsHere,
  isHandOffHere,
  isHealthConcernHere,
  isPlannedCoverageHere,
  isProcedureHere,
  isReferenceHere,
} from './by-section.ts'
import { isPolicy, readPolicy } from './coverage.ts'
import { hasCode } from './data-types.ts'
import { readDeviceSupply, suppliedDevice } from './device.ts'
import { isDirective, readDirective } from './directive.ts'
import { isNote, readBasic, readCommunication, readMedia, readNote } from './documents.ts'
import { readEncounter } from './encounter.ts'
import { readGoal } from './goal.ts'
import { isImmunization, readImmunization } from './immunization.ts'
import type { Made } from './making.ts'
import { readMedication, readMedicineSupply } from './medication.ts'
import { readOrganizer } from './organizer.ts'
import { isProblem, readProblem } from './problem.ts'
import { readProcedure, readProcedureObservation, readRequest } from './procedure.ts'
import { conceptIn, isNegated, moodOf, nestedIn, readRest, type Scope, statusOf } from './scope.ts'
import { hasTemplate } from './templates.ts'
import { isCollection, readCollection } from './specimen.ts'
import { readObservation } from './whole-observation.ts'

/** Makes FHIR of one clinical statement and all inside it, by its class, its templates and the section it stands in. */
export function readStatement(statement: XmlElement, scope: Scope): readonly Made[] {
  switch (statement.name) {
    case 'observation':
      return readAnyObservation(statement, scope)
    case 'act':
      return readAct(statement, scope)
    case 'procedure':
      return isCollection(statement) ? [readCollection(statement, scope)] : readProcedure(statement, scope)
    case 'encounter':
      return readEncounter(statement, scope)
    case 'organizer':
      return readOrganizer(statement, scope)
    case 'substanceAdministration':
      return isImmunization(statement, scope.section)
        ? readImmunization(statement, scope)
        : readMedication(statement, scope)
    case 'supply':
      return readSupply(statement, scope)
    case 'observationMedia':
      return readMedia(statement, scope)
    default:
      return []
  }
}

function readAnyObservation(statement: XmlElement, scope: Scope): readonly Made[] {
  const mood = moodOf(statement)
  if (mood === 'GOL') return readGoal(statement, scope)
  if (mood !== 'EVN') return readRequest(statement, scope)
  if (isAllergy(statement, scope)) return readAllergy(statement, scope)
  if (isDirective(statement, scope.section)) return readDirective(statement, scope)
  if (isProblem(statement, scope)) return readProblem(statement, scope)
  if (hasTemplate(statement, '4.13') || isProcedureHere(statement, scope))
    return readProcedureObservation(statement, scope)
  return readObservation(statement, scope)
}

/** Acts that only hold others: concerns, diagnoses of admission and discharge, medication lists, payments, risks. */
const HOLDERS = [
  '4.3',
  '4.30',
  '1.27',
  '4.132',
  '4.136',
  '4.33',
  '4.34',
  '4.35',
  '4.36',
  '4.51',
  '4.65',
  '4.80',
  '4.60',
  '1.20',
]
const PROCEDURE_SECTIONS = ['47519-4', '62387-6', '46240-8', '29554-3', '10216-0']

function readAct(statement: XmlElement, scope: Scope): readonly Made[] {
  if (isHolder(statement, scope)) return readHolder(statement, scope)
  // A reference to an entry that stands elsewhere: C-CDA's and IHE's Internal Reference.
  if (hasTemplate(statement, '4.122', '1.3.6.1.4.1.19376.1.5.3.1.4.4.1') || isReferenceHere(statement, scope)) return []
  if (hasTemplate(statement, '4.129') || isPlannedCoverageHere(statement)) return readPlannedCoverage(statement, scope)
  if (isPolicy(statement, scope)) return readPolicy(statement, scope)
  if (isNote(statement)) return readNote(statement, scope)
  if (hasTemplate(statement, '4.64', '1.40')) return readNote(statement, scope)
  if (hasTemplate(statement, '4.141') || isHandOffHere(statement)) return readCommunication(statement, scope)
  if (moodOf(statement) !== 'EVN') return readRequest(statement, scope)
  const isDone = hasTemplate(statement, '4.12', '4.131') || PROCEDURE_SECTIONS.includes(scope.section)
  return isDone ? readProcedure(statement, scope) : readBasic(statement, scope)
}

/** C-CDA Planned Coverage (4.129): who is to pay stands inside. */
function readPlannedCoverage(statement: XmlElement, scope: Scope): readonly Made[] {
  const group = conceptIn(scope, childAt(statement, 'code'))
  return nestedIn(statement).flatMap(each =>
    readPolicy(each.statement, group === undefined ? scope : { ...scope, group }),
  )
}

function isHolder(statement: XmlElement, scope: Scope): boolean {
  if (hasTemplate(statement, ...HOLDERS)) return true
  const inside = { ...scope, outer: statement }
  const holdsProblem = nestedIn(statement).some(
    each => isProblem(each.statement, inside) || isAllergy(each.statement, inside),
  )
  return moodOf(statement) === 'EVN' && (holdsProblem || holdsHere(statement) || holdsResultsHere(statement, scope))
}

function readHolder(statement: XmlElement, scope: Scope): readonly Made[] {
  const code = childAt(statement, 'code')
  const group = hasCode(code, 'CONC') ? undefined : conceptIn(scope, code)
  const status = statusOf(statement)
  const groupCode = attributeOf(code, 'code')
  const nested = nestedIn(statement)
  const severity = nested.find(each => hasCode(childAt(each.statement, 'code'), 'SEV'))?.statement
  const inner = readRest(statement, nested, new Set(severity === undefined ? [] : [severity]), scope, {
    ...(group === undefined ? {} : { group }),
    ...(groupCode === undefined ? {} : { groupCode }),
    ...(status === undefined ? {} : { concernStatus: status }),
    ...(severity === undefined ? {} : { concernSeverity: severity }),
    ...(isNegated(statement) ? { isDenied: true } : {}),
    ...(isHealthConcern(statement) ? { section: '75310-3' } : {}),
  })
  // A concern or a list without anything in it still says what its code says.
  return inner.length === 0 && group !== undefined ? readBasic(statement, scope) : inner
}

const isHealthConcern = (statement: XmlElement) =>
  hasTemplate(statement, '4.132', '4.136') || isHealthConcernHere(statement)

/** A device, a medicine, or what of a supply is known by a code alone. */
function readSupply(statement: XmlElement, scope: Scope): readonly Made[] {
  if (suppliedDevice(statement) !== undefined) return readDeviceSupply(statement, scope)
  const hasProduct = childrenOf(statement, 'product').length > 0 || scope.medicine !== undefined
  return hasProduct || hasTemplate(statement, '4.17', '4.18', '1.34')
    ? readMedicineSupply(statement, scope)
    : readBasic(statement, scope)
}
