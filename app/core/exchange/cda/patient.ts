import { attributeOf, childAt, childrenOf, type XmlElement } from '../xml/xml-element.ts'
import { addressesOf, codingOf, conceptOf, humanNamesOf, identifiersOf, telecomsOf } from './data-types.ts'
import type { Dates } from './dates.ts'
import type { Fhir } from './fhir-json.ts'
import { type Made, referTo } from './making.ts'

const noWords = () => undefined
const GENDERS: Readonly<Record<string, string>> = { M: 'male', F: 'female', UN: 'other', UNK: 'unknown' }
const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition'

/** C-CDA's recordTarget as FHIR Patient (C-CDA on FHIR, "Patient"). */
export function patientBody(role: XmlElement | undefined, dates: Dates, organization: Made | undefined) {
  const patient = childAt(role, 'patient')
  const birth = attributeOf(childAt(patient, 'birthTime'), 'value')
  const birthTime = dates.dateTime(birth)
  const gender = childAt(patient, 'administrativeGenderCode')
  return {
    resourceType: 'Patient' as const,
    extension: [...raceAndEthnicity(patient), ...otherExtensions(patient)],
    identifier: identifiersOf(role),
    name: humanNamesOf(patient),
    telecom: telecomsOf(role),
    gender: GENDERS[attributeOf(gender, 'code') ?? attributeOf(gender, 'nullFlavor') ?? ''],
    birthDate: birthTime?.slice(0, 10),
    _birthDate:
      birthTime?.includes('T') === true ? { extension: [{ url: BIRTH_TIME, valueDateTime: birthTime }] } : undefined,
    ...deceasedOf(patient, dates),
    address: addressesOf(role),
    maritalStatus: conceptOf(childAt(patient, 'maritalStatusCode'), noWords),
    contact: childrenOf(patient, 'guardian').map(guardianOf),
    communication: childrenOf(patient, 'languageCommunication').flatMap(languageOf),
    managingOrganization: referTo(organization),
  }
}

const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime'

function deceasedOf(patient: XmlElement | undefined, dates: Dates) {
  const deceasedDateTime = dates.dateTime(attributeOf(childAt(patient, 'sdtc:deceasedTime'), 'value'))
  if (deceasedDateTime !== undefined) return { deceasedDateTime }
  const told = attributeOf(childAt(patient, 'sdtc:deceasedInd'), 'value')
  return { deceasedBoolean: told === undefined ? undefined : told === 'true' }
}

/** The five races and two ethnicities of the US census; any other code is a detail of one. */
const RACES = new Set(['1002-5', '2028-9', '2054-5', '2076-8', '2106-3', '2131-1'])
const ETHNICITIES = new Set(['2135-2', '2186-5'])

function raceAndEthnicity(patient: XmlElement | undefined): readonly Fhir[] {
  return [
    censusExtension(childrenOf(patient, 'raceCode', 'sdtc:raceCode'), 'us-core-race', RACES),
    censusExtension(childrenOf(patient, 'ethnicGroupCode', 'sdtc:ethnicGroupCode'), 'us-core-ethnicity', ETHNICITIES),
  ]
}

function censusExtension(elements: readonly XmlElement[], name: string, broad: ReadonlySet<string>): Fhir {
  const codings = elements.map(codingOf).filter(coding => coding !== undefined)
  const text = [...new Set(elements.flatMap(element => attributeOf(element, 'displayName') ?? []))].join(', ')
  if (codings.length === 0) return undefined
  const parts = codings.map(valueCoding => ({
    url: broad.has(valueCoding.code) ? 'ombCategory' : 'detailed',
    valueCoding,
  }))
  const words = text === '' ? codings.map(({ code }) => code).join(', ') : text
  return { url: `${US_CORE}/${name}`, extension: [...parts, { url: 'text', valueString: words }] }
}

function otherExtensions(patient: XmlElement | undefined): readonly Fhir[] {
  const religion = conceptOf(childAt(patient, 'religiousAffiliationCode'), noWords)
  const valueAddress = addressesOf(childAt(patient, 'birthplace', 'place'))[0]
  const base = 'http://hl7.org/fhir/StructureDefinition'
  return [
    religion === undefined ? undefined : { url: `${base}/patient-religion`, valueCodeableConcept: religion },
    valueAddress === undefined ? undefined : { url: `${base}/patient-birthPlace`, valueAddress },
  ]
}

function guardianOf(guardian: XmlElement): Fhir {
  const person = childAt(guardian, 'guardianPerson')
  const fixed = { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'GUARD', display: 'guardian' }
  const codes = [childAt(guardian, 'code'), childAt(person, 'sdtc:asPatientRelationship', 'code')]
  return {
    relationship: [{ coding: [fixed] }, ...codes.map(code => conceptOf(code, noWords))],
    name: humanNamesOf(person)[0],
    telecom: telecomsOf(guardian),
    address: addressesOf(guardian)[0],
  }
}

/** FHIR's languages are BCP 47's, which CDA's are as well. */
export function languageCode(element: XmlElement | undefined): string | undefined {
  const code = attributeOf(element, 'code')
  return code !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(code) ? code : undefined
}

function languageOf(communication: XmlElement): readonly Fhir[] {
  const element = childAt(communication, 'languageCode')
  const code = languageCode(element)
  if (code === undefined) return []
  const preferred = attributeOf(childAt(communication, 'preferenceInd'), 'value')
  const type = codingOf(childAt(communication, 'modeCode'))
  const level = codingOf(childAt(communication, 'proficiencyLevelCode'))
  const parts = [
    type === undefined ? undefined : { url: 'type', valueCoding: type },
    level === undefined ? undefined : { url: 'level', valueCoding: level },
  ]
  const hasProficiency = type !== undefined || level !== undefined
  return [
    {
      extension: hasProficiency
        ? [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-proficiency', extension: parts }]
        : [],
      language: { coding: [{ system: 'urn:ietf:bcp:47', code, display: attributeOf(element, 'displayName') }] },
      preferred: preferred === undefined ? undefined : preferred === 'true',
    },
  ]
}
