import { SYSTEMS } from '../../codes/systems.ts'
import { codesOf, loincOf, tokensOf } from '../fhir/concept.ts'
import { at, type JsonObject, objectsOf } from '../fhir/json.ts'
import { concept, inWords, known, knownDate, noteOf, type OwnResource, ownResource } from '../own-resource.ts'
import { fhirDateTime } from '../when.ts'
import { loinc, noteIn, said } from './fhir-parts.ts'
import type { DescribedFieldsOf, PREGNANCY_COUNTS } from './kinds.ts'

const years = (value: number | undefined): JsonObject | undefined =>
  value === undefined ? undefined : { value, unit: 'years', system: SYSTEMS.ucum, code: 'a' }

/** https://hl7.org/fhir/R4/familymemberhistory.html; the relative in the person's words, in whatever language. */
export function familyToFhir(fields: DescribedFieldsOf<'family-member'>, own: OwnResource): JsonObject {
  const { illness, onsetAge, deceased, deathAge } = fields
  return {
    ...ownResource('FamilyMemberHistory', own),
    status: 'completed',
    patient: { reference: own.subject },
    relationship: inWords(fields.relative),
    ...(deathAge !== undefined
      ? { deceasedAge: years(deathAge) }
      : known('deceasedBoolean', deceased && deceased === 'yes')),
    ...noteOf(fields.note),
    ...known('condition', illness && [{ code: inWords(illness), ...known('onsetAge', years(onsetAge)) }]),
  }
}

export function familyFromFhir(resource: JsonObject): unknown {
  const isDead = resource['deceasedBoolean']
  const deathAge = at(resource, 'deceasedAge', 'value')
  return {
    relative: said(resource, 'relationship', 'text'),
    illness: said(resource, 'condition', 'code', 'text'),
    onsetAge: at(resource, 'condition', 'onsetAge', 'value'),
    deceased: deathAge !== undefined || isDead === true ? 'yes' : isDead === false ? 'no' : undefined,
    deathAge,
    note: noteIn(resource),
  }
}

/** What it is about in words: FHIR has no codes for these. */
const WAYS: Readonly<Record<DescribedFieldsOf<'social-history'>['topic'], string>> = {
  tobacco: 'Tobacco',
  alcohol: 'Alcohol',
  drugs: 'Drugs',
  work: 'Work',
  home: 'Living situation',
  exercise: 'Exercise',
  food: 'Food',
  other: 'Other',
}
/** The two that the IPS names: https://hl7.org/fhir/uv/ips/StructureDefinition-Observation-tobaccouse-uv-ips.html and -alcoholuse-. */
const WAY_CODES: Readonly<Partial<Record<string, string>>> = { tobacco: '72166-2', alcohol: '74013-4' }
const observation = (
  own: OwnResource,
  category: JsonObject,
  code: JsonObject,
  when: string | undefined,
): JsonObject => ({
  ...ownResource('Observation', own),
  status: 'final',
  category: [category],
  code,
  subject: { reference: own.subject },
  ...knownDate('effectiveDateTime', when),
  performer: [{ reference: own.subject }],
})

const NOW_OR_PAST = 'Now or in the past'

export function socialToFhir(fields: DescribedFieldsOf<'social-history'>, own: OwnResource): JsonObject {
  const { topic, nowOrPast } = fields
  const category = concept(SYSTEMS.observationCategory, 'social-history', 'Social History')
  const made = observation(own, category, loinc(WAY_CODES[topic], fields.name), fields.happenedOn)
  return {
    ...made,
    category: [category, inWords(WAYS[topic])],
    valueCodeableConcept: inWords(fields.words),
    ...known('component', nowOrPast && [{ code: inWords(NOW_OR_PAST), valueCodeableConcept: inWords(nowOrPast) }]),
  }
}

export function socialFromFhir(resource: JsonObject): unknown {
  const about = objectsOf(resource['category']).map(each => each['text'])
  const part = objectsOf(resource['component']).find(each => said(each, 'code', 'text') === NOW_OR_PAST)
  return {
    topic: Object.entries(WAYS).find(([, text]) => about.includes(text))?.[0],
    name: said(resource, 'code', 'text'),
    words: said(resource, 'valueCodeableConcept', 'text'),
    nowOrPast: said(part, 'valueCodeableConcept', 'text'),
    happenedOn: resource['effectiveDateTime'],
  }
}

/** https://hl7.org/fhir/uv/ips/ValueSet-pregnancies-summary-uv-ips.html */
const COUNT_CODES: Readonly<Record<(typeof PREGNANCY_COUNTS)[number], string>> = {
  births: '11640-0',
  'births-live': '11636-8',
  'births-term': '11639-2',
  'births-preterm': '11637-6',
  'births-living': '11638-4',
  losses: '11612-9',
  miscarriages: '11614-5',
  abortions: '11613-7',
  ectopic: '33065-4',
}
const STATUS = '82810-3'
const DUE = '11778-8'
/** https://hl7.org/fhir/uv/ips/ValueSet-pregnancy-status-uv-ips.html */
const ANSWERS = { yes: 'LA15173-0', no: 'LA26683-5', unknown: 'LA4489-6' } as const

/** The IPS's Observations: of the status, with the due date as its member, and of each count of past pregnancies. */
export function pregnancyToFhir(fields: DescribedFieldsOf<'pregnancy'>, own: OwnResource): JsonObject {
  const { topic, pregnant, dueOn, count } = fields
  const category = concept(SYSTEMS.observationCategory, 'social-history', 'Social History')
  const code = topic === 'now' ? STATUS : COUNT_CODES[topic]
  const due = {
    ...observation({ ...own, id: 'due' }, category, loinc(DUE, 'Estimated delivery date'), fields.happenedOn),
    ...known('valueDateTime', dueOn && fhirDateTime(dueOn)),
  }
  const { meta: _, ...member } = due
  return {
    ...observation(own, category, loinc(code, fields.name), fields.happenedOn),
    ...known('contained', dueOn && [member]),
    ...known('valueCodeableConcept', pregnant && loinc(ANSWERS[pregnant], fields.words ?? pregnant)),
    ...known('valueInteger', count),
    ...noteOf(fields.note),
    ...known('hasMember', dueOn && [{ reference: '#due' }]),
  }
}

export function pregnancyFromFhir(resource: JsonObject): unknown {
  const [code] = loincOf(codesOf(resource['code']))
  const topic = code === STATUS ? 'now' : Object.entries(COUNT_CODES).find(([, each]) => each === code)?.[0]
  const answer = tokensOf(resource['valueCodeableConcept'])
  const pregnant = Object.entries(ANSWERS).find(([, each]) => answer.has(each))?.[0]
  const words = said(resource, 'valueCodeableConcept', 'text')
  return {
    topic,
    name: said(resource, 'code', 'text'),
    pregnant,
    words: words === pregnant ? undefined : words,
    dueOn: said(resource, 'contained', 'valueDateTime'),
    count: resource['valueInteger'],
    happenedOn: resource['effectiveDateTime'],
    note: noteIn(resource),
  }
}

const FUNCTIONAL = concept(
  'http://hl7.org/fhir/us/core/CodeSystem/us-core-category',
  'functional-status',
  'Functional Status',
)

export function functionalToFhir(fields: DescribedFieldsOf<'functional-status'>, own: OwnResource): JsonObject {
  return {
    ...observation(own, FUNCTIONAL, inWords(fields.name), fields.happenedOn),
    valueCodeableConcept: inWords(fields.words),
    ...noteOf(fields.note),
  }
}

export function functionalFromFhir(resource: JsonObject): unknown {
  return {
    name: said(resource, 'code', 'text'),
    words: said(resource, 'valueCodeableConcept', 'text'),
    happenedOn: resource['effectiveDateTime'],
    note: noteIn(resource),
  }
}
