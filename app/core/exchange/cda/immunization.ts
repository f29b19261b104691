import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { aboutParent } from './about.ts'
import { isReactionHere, isVaccineHere } from './by-section.ts'
import { countOf, hasCode, idKey, quantityOf, worded } from './data-types.ts'
import { absent, absentReason } from './fhir-json.ts'
import { type Made, referTo, referToEach } from './making.ts'
import { indicationsOf, refusalOf } from './reasons.ts'
import {
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
  type Scope,
  statusOf,
  textWords,
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import { IMMUNIZATION_STATUS } from './status-tables.ts'
import { type Substance, substanceIn } from './substance.ts'

/** C-CDA's, HITSP C83's and IHE's. CCD's 1.24 is every substance given: of a vaccine and of a medicine alike. */
const TEMPLATES = ['4.52', '4.120', '2.16.840.1.113883.3.88.11.83.13', '1.3.6.1.4.1.19376.1.5.3.1.4.12']

export function isImmunization(statement: XmlElement, section: string): boolean {
  return hasTemplate(statement, ...TEMPLATES) || isVaccineHere(statement, section)
}

const materialOf = (statement: XmlElement) =>
  childAt(statement, 'consumable', 'manufacturedProduct', 'manufacturedMaterial')

/** A vaccination, given or not (C-CDA on FHIR, "Immunizations"); one that is planned is a recommendation. */
export function readImmunization(statement: XmlElement, scope: Scope): readonly Made[] {
  const nested = nestedIn(statement)
  const refusal = refusalOf(nested, scope)
  const reasons = indicationsOf(nested, scope)
  const dose = nested.find(each => hasCode(childAt(each.statement, 'code'), '30973-2'))?.statement
  const reactions = nested.filter(isReaction).map(each => each.statement)
  const about = [...reactions, ...refusal.questions, ...(dose === undefined ? [] : [dose])]
  const inner = readRest(statement, nested, new Set([...refusal.used, ...reasons.used, ...about]), scope)
  const vaccine = vaccineOf(statement, scope)
  const doseNumber = countOf(childAt(statement, 'repeatNumber')) ?? countOf(childAt(dose, 'value'))
  const body =
    moodOf(statement) === 'EVN'
      ? {
          resourceType: 'Immunization' as const,
          ...givenBody(statement, vaccine, scope),
          statusReason: isNegated(statement) ? refusal.reason : undefined,
          reasonCode: reasons.codes,
          contained: [...reasons.contained, ...aboutParent(about, scope)],
          reasonReference: reasons.references,
          note: [...notesOf(nested, scope), ...vaccine.notes],
          reaction: [
            ...reactions.map((each, index) => reactionOf(each, `#about-${index + 1}`, scope)),
            ...referToEach(inner, 'Observation').map(detail => ({ detail })),
          ],
          protocolApplied: doseNumber === undefined || doseNumber < 1 ? [] : [{ doseNumberPositiveInt: doseNumber }],
        }
      : recommendationBody(statement, scope)
  return [scope.making.add(body, idKey(statement), scope.place), ...inner]
}

const isReaction = ({ typeCode, statement }: Nested) =>
  hasTemplate(statement, '4.9', '1.54') || isReactionHere(statement, typeCode)

const reactionOf = (statement: XmlElement, reference: string, scope: Scope) => ({
  date: scope.making.dates.at(childAt(statement, 'effectiveTime')),
  detail: { reference },
})

function givenBody(statement: XmlElement, vaccine: Substance, scope: Scope) {
  const { dates } = scope.making
  const time = childAt(statement, 'effectiveTime')
  const occurrence = dates.at(time)
  const material = materialOf(statement)
  const product = childAt(statement, 'consumable', 'manufacturedProduct')
  return {
    ...commonOf(statement, scope),
    status: isNegated(statement) ? 'not-done' : (IMMUNIZATION_STATUS[statusOf(statement) ?? ''] ?? 'completed'),
    vaccineCode: vaccine.code ?? absent(),
    patient: scope.patient,
    encounter: referTo(scope.encounter),
    occurrenceDateTime: occurrence,
    _occurrenceDateTime: occurrence === undefined ? absent(absentReason(attributeOf(time, 'nullFlavor'))) : undefined,
    recorded: recordedAt(statement, scope),
    manufacturer: referTo(scope.people.organization(childAt(product, 'manufacturerOrganization'))),
    lotNumber: wordsIn(childAt(material, 'lotNumberText')),
    site: conceptIn(scope, childAt(statement, 'approachSiteCode')),
    route: conceptIn(scope, childAt(statement, 'routeCode')),
    doseQuantity: quantityOf(childAt(statement, 'doseQuantity')),
    performer: performersOf(statement, scope).map(actor => ({ function: ADMINISTERING, actor: referTo(actor) })),
  }
}

const ADMINISTERING = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0443', code: 'AP', display: 'Administering Provider' }],
}

function vaccineOf(statement: XmlElement, scope: Scope): Substance {
  const material = materialOf(statement)
  const { code, notes } = substanceIn(scope, childAt(material, 'code'), childAt(material, 'name'))
  return { code: worded(code, textWords(statement, scope)), notes }
}

function recommendationBody(statement: XmlElement, scope: Scope) {
  const time = childrenOf(statement, 'effectiveTime')[0]
  const due = scope.making.dates.at(time)
  const date = recordedAt(statement, scope) ?? (scope.making.writtenOn === '9999' ? undefined : scope.making.writtenOn)
  return {
    resourceType: 'ImmunizationRecommendation' as const,
    ...commonOf(statement, scope),
    patient: scope.patient,
    date,
    _date: date === undefined ? absent() : undefined,
    recommendation: [
      {
        vaccineCode: [vaccineOf(statement, scope).code ?? absent()],
        forecastStatus: { text: 'Planned' },
        dateCriterion: due === undefined ? [] : [{ code: { text: 'Planned for' }, value: due }],
      },
    ],
  }
}
