import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { isPregnancyHere } from './by-section.ts'
import { hasCode, quantityOf, rangeOf, ratioOf } from './data-types.ts'
import { absent, absentReason, type Fhir, type FhirObject, wholeNumber } from './fhir-json.ts'
import { referTo, referToEach } from './making.ts'
import { periodOf } from './dates.ts'
import {
  authorsOf,
  commonOf,
  conceptIn,
  isDenied,
  performersOf,
  type Scope,
  statusOf,
  textWords,
  timeOf,
  wordsAt,
} from './scope.ts'
import { hasTemplate } from './templates.ts'
import { OBSERVATION_CATEGORY, OBSERVATION_STATUS } from './status-tables.ts'

const LOINC = 'http://loinc.org'
const PREGNANCY = ['2.16.840.1.113883.10.20.15.3.8', '4.293']

export const listOf = (value: Fhir): readonly Fhir[] => (Array.isArray(value) ? value : [])

/** What an Observation says, apart from its members and notes. */
export function observationBody(statement: XmlElement, scope: Scope): FhirObject {
  const { dates } = scope.making
  const effective = timeOf(statement, scope)
  const span = dates.span(effective)
  const isPeriod = span?.end !== undefined && span.start !== undefined
  const performers = performersOf(statement, scope)
  const author = scope.people.author(authorsOf(statement, scope))
  const isByPatient = authorsOf(statement, scope).some(each => scope.people.isPatient(childAt(each, 'assignedAuthor')))
  return {
    ...commonOf(statement, scope),
    status: OBSERVATION_STATUS[statusOf(statement) ?? ''] ?? 'unknown',
    category: categoriesOf(statement, scope),
    code: codeOf(statement, scope),
    subject: scope.patient,
    encounter: referTo(scope.encounter),
    ...(isPeriod ? { effectivePeriod: periodOf(span) } : { effectiveDateTime: dates.at(effective) }),
    performer:
      performers.length > 0 || isByPatient
        ? [...(isByPatient ? [scope.patient] : []), ...referToEach(performers)]
        : author === undefined || author.type === 'Device'
          ? []
          : [referTo(author)],
    ...withPriority(valuesOf(statement, scope), statement, scope),
    interpretation: childrenOf(statement, 'interpretationCode').flatMap(each => conceptIn(scope, each) ?? []),
    bodySite: conceptIn(scope, childAt(statement, 'targetSiteCode')),
    method: conceptIn(scope, childAt(statement, 'methodCode')),
    device: author?.type === 'Device' ? referTo(author) : undefined,
    referenceRange: childrenOf(statement, 'referenceRange').flatMap(each => referenceRangeOf(each, scope) ?? []),
  }
}

function categoriesOf(statement: XmlElement, scope: Scope): readonly Fhir[] {
  const bySection = hasTemplate(statement, '4.27')
    ? OBSERVATION_CATEGORY['8716-3']
    : hasTemplate(statement, '4.38', '4.78', '4.85')
      ? OBSERVATION_CATEGORY['29762-2']
      : OBSERVATION_CATEGORY[scope.section]
  if (bySection === undefined) return []
  const [system, code, display] = bySection
  return [{ coding: [{ system, code, display }] }]
}

const isPregnancy = (statement: XmlElement) => hasTemplate(statement, ...PREGNANCY) || isPregnancyHere(statement)

/** `ASSERTION` says nothing by itself: what is asserted stands in the value. */
function codeOf(statement: XmlElement, scope: Scope): Fhir {
  const code = childAt(statement, 'code')
  if (isPregnancy(statement)) {
    return { coding: [{ system: LOINC, code: '82810-3', display: 'Pregnancy status' }], text: 'Pregnancy status' }
  }
  const own = conceptIn(scope, code)
  if (!isAssertion(statement)) return own ?? wordsCode(statement, scope)
  const value = childAt(statement, 'value')
  const asserted = conceptIn(scope, value)?.text ?? textWords(statement, scope) ?? wordsAt(value, scope)
  return { coding: own?.coding, text: asserted }
}

export const isAssertion = (statement: XmlElement) =>
  attributeOf(childAt(statement, 'code'), 'code')?.toUpperCase() === 'ASSERTION'

/** Without a code, the statement's own words name it. */
function wordsCode(statement: XmlElement, scope: Scope): Fhir {
  const text = textWords(statement, scope)
  const nullFlavor = attributeOf(childAt(statement, 'code'), 'nullFlavor')
  return text === undefined ? absent(absentReason(nullFlavor)) : { text }
}

/**
 * The value, by its type. Several are components under the same code, as FHIR has one. A negated finding is a component
 * that says false: nothing may read it as found.
 */
function valuesOf(statement: XmlElement, scope: Scope): FhirObject {
  const values = childrenOf(statement, 'value')
  if (isDenied(statement, scope)) return negatedValues(statement, scope)
  if (values.length > 1) {
    const code = codeOf(statement, scope)
    return { component: values.map(value => ({ code, ...valueOf(value, scope) })) }
  }
  return valueOf(values[0], scope)
}

/** FHIR's Observation has no priority: it is one more thing observed. */
function withPriority(values: FhirObject, statement: XmlElement, scope: Scope): FhirObject {
  const priority = conceptIn(scope, childAt(statement, 'priorityCode'))
  if (priority === undefined) return values
  const code = { coding: [{ system: 'http://snomed.info/sct', code: '260870009', display: 'Priority' }] }
  return { ...values, component: [...listOf(values['component']), { code, valueCodeableConcept: priority }] }
}

function negatedValues(statement: XmlElement, scope: Scope): FhirObject {
  const value = childAt(statement, 'value')
  const finding = conceptIn(scope, value) ?? conceptIn(scope, childAt(statement, 'code'))
  const isPregnant = isPregnancy(statement) && hasCode(value, '77386006')
  const notPregnant = { coding: [{ system: 'http://snomed.info/sct', code: '60001007', display: 'Not pregnant' }] }
  return {
    ...(isPregnant ? { valueCodeableConcept: { ...notPregnant, text: 'Not pregnant' } } : {}),
    component: [{ code: finding ?? codeOf(statement, scope), valueBoolean: false }],
  }
}

export function componentOf(statement: XmlElement, scope: Scope): FhirObject {
  return { code: codeOf(statement, scope), ...valueOf(childAt(statement, 'value'), scope) }
}

/** `value[x]` of an Observation or a component, or why there is none. */
export function valueOf(value: XmlElement | undefined, scope: Scope): FhirObject {
  if (value === undefined) return {}
  const found = typedValue(value, scope)
  if (found !== undefined) return found
  const nullFlavor = attributeOf(value, 'nullFlavor')
  if (nullFlavor === undefined) return {}
  const coding = { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: absentReason(nullFlavor) }
  return { dataAbsentReason: { coding: [coding] } }
}

function typedValue(value: XmlElement, scope: Scope): FhirObject | undefined {
  const { dates } = scope.making
  const type = attributeOf(value, 'xsi:type')?.replace(/^.*:/, '') ?? guessedType(value)
  const number = attributeOf(value, 'value')
  switch (type) {
    case 'INT': {
      const whole = wholeNumber(number)
      return whole === undefined ? plainText(value, scope) : { valueInteger: whole }
    }
    case 'PQ':
    case 'REAL':
    case 'MO': {
      const quantity = quantityOf(value)
      return quantity === undefined ? plainText(value, scope) : { valueQuantity: quantity }
    }
    case 'BL':
      return number === 'true' || number === 'false' ? { valueBoolean: number === 'true' } : plainText(value, scope)
    case 'TS': {
      const time = dates.dateTime(number)
      return time === undefined ? plainText(value, scope) : { valueDateTime: time }
    }
    case 'IVL_TS': {
      const span = dates.span(value)
      return span === undefined ? plainText(value, scope) : { valuePeriod: periodOf(span) }
    }
    case 'CD':
    case 'CE':
    case 'CV':
    case 'CO':
    case 'CS': {
      const concept = conceptIn(scope, value)
      return concept === undefined ? plainText(value, scope) : { valueCodeableConcept: concept }
    }
    default:
      return intervalOrText(type, value, scope)
  }
}

function intervalOrText(type: string, value: XmlElement, scope: Scope): FhirObject | undefined {
  if (type.startsWith('IVL_')) {
    const { quantity, range } = rangeOf(value)
    if (quantity !== undefined || range !== undefined) return { valueQuantity: quantity, valueRange: range }
  }
  if (type.startsWith('RTO')) {
    const ratio = ratioOf(value)
    if (ratio !== undefined) return { valueRatio: ratio }
  }
  // Bytes are no words; they come in as they are, in the original.
  if (attributeOf(value, 'representation') === 'B64') return undefined
  return plainText(value, scope)
}

function guessedType(value: XmlElement): string {
  if (attributeOf(value, 'code') !== undefined || childAt(value, 'translation') !== undefined) return 'CD'
  if (attributeOf(value, 'value') !== undefined) return 'PQ'
  return childAt(value, 'low') !== undefined || childAt(value, 'high') !== undefined ? 'IVL_PQ' : 'ST'
}

/** What could not be told by its type, as it was written. */
function plainText(value: XmlElement, scope: Scope): FhirObject | undefined {
  const reference = attributeOf(childAt(value, 'reference') ?? childAt(value, 'originalText', 'reference'), 'value')
  const pointed = reference === undefined ? undefined : scope.narrative.words(reference)
  const written = [attributeOf(value, 'value'), attributeOf(value, 'unit')].filter(part => part !== undefined)
  const text = pointed ?? wordsIn(value) ?? (written.length === 0 ? undefined : written.join(' '))
  return text === undefined ? undefined : { valueString: text }
}

/** FHIR R5's element for a normal value that is no number, in R4's way to say it. */
const NORMAL_VALUE = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Observation.referenceRange.normalValue'

function referenceRangeOf(holder: XmlElement, scope: Scope): FhirObject | undefined {
  const range = childAt(holder, 'observationRange')
  const value = childAt(range, 'value')
  const [low, high] = [quantityOf(childAt(value, 'low')), quantityOf(childAt(value, 'high'))]
  const concept = conceptIn(scope, value)
  const text =
    textWords(range, scope) ?? (low === undefined && high === undefined ? wordsOfValue(value, scope) : undefined)
  if (low === undefined && high === undefined && text === undefined) return undefined
  const type = childAt(range, 'interpretationCode')
  const isNormal = type === undefined || hasCode(type, 'N')
  return {
    low,
    high,
    type: isNormal ? undefined : conceptIn(scope, type),
    extension: (concept?.coding ?? []).length === 0 ? [] : [{ url: NORMAL_VALUE, valueCodeableConcept: concept }],
    text,
  }
}

function wordsOfValue(value: XmlElement | undefined, scope: Scope): string | undefined {
  const words =
    value === undefined ? undefined : (plainText(value, scope)?.['valueString'] ?? conceptIn(scope, value)?.text)
  return typeof words === 'string' ? words : undefined
}
