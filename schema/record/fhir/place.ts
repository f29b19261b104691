import { placeOfLoinc } from '#schema/codes/observations.ts'
import type { Coding } from '../entry.ts'
import { loincOf, tokensOf } from './concept.ts'
import { firstOf } from './json.ts'
import type { Reading } from './reading.ts'
import type { Place } from './rules.ts'

/** https://hl7.org/fhir/R4/valueset-observation-category.html and US Core's additions to it. */
const PLACE_BY_CATEGORY: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['75325-1', { kind: 'symptom', section: 'vitals' }],
  ['vital-signs', { kind: 'vital-sign', section: 'vitals' }],
  ['laboratory', { kind: 'lab-result', section: 'results' }],
  ['LAB', { kind: 'lab-result', section: 'results' }],
  ['imaging', { kind: 'lab-result', section: 'results' }],
  ['social-history', { kind: 'social-history', section: 'social' }],
  ['sdoh', { kind: 'social-history', section: 'social' }],
  ['functional-status', { kind: 'functional-status', section: 'functioning' }],
  ['cognitive-status', { kind: 'functional-status', section: 'functioning' }],
  ['disability-status', { kind: 'functional-status', section: 'functioning' }],
  ['treatment-intervention-preference', { kind: 'directive', section: 'directives' }],
  ['care-experience-preference', { kind: 'directive', section: 'directives' }],
  ['survey', { kind: 'functional-status', section: 'functioning' }],
  ['activity', { kind: 'social-history', section: 'social' }],
])

/** Its codes first: sources put pregnancies and smoking under many categories. What names no place is a result. */
export function observationPlace(reading: Reading, codes: readonly Coding[]): Place {
  const byCode = firstOf(loincOf(codes), placeOfLoinc)
  if (byCode !== undefined) return byCode
  const tokens = tokensOf(reading.resource['category'])
  // From the most telling category to the broadest: a survey of social needs has both.
  const byCategory = firstOf([...PLACE_BY_CATEGORY], ([token, place]) => (tokens.has(token) ? place : undefined))
  return byCategory ?? { kind: 'lab-result', section: 'results' }
}

/** A report that is only a written note (no results, but text attached) is a document. */
export function reportPlace({ resource }: Reading): Place | undefined {
  const isEmpty = (list: unknown) => !Array.isArray(list) || list.length === 0
  const isNote = isEmpty(resource['result']) && isEmpty(resource['imagingStudy']) && !isEmpty(resource['presentedForm'])
  return isNote ? { kind: 'document', section: 'documents' } : undefined
}

/** LOINC document types and categories of advance directives (US Core ADI DocumentReference, IPS advance directives). */
const DIRECTIVE_DOCUMENTS = [
  '42348-3',
  '75320-2',
  '81334-5',
  '84095-9',
  '86533-7',
  '64298-3',
  '78823-2',
  '93037-0',
  '77599-9',
]
/** https://hl7.org/fhir/R4/codesystem-consent-scope.html `adr`, consent categories and v3 ActCode. */
const DIRECTIVE_CONSENTS = ['adr', 'acd', 'dnr', 'hcd', 'polst', 'emrgonly', 'ACD', 'DNR', 'HCD', 'POLST', 'EMRGONLY']

const directive: Place = { kind: 'directive', section: 'directives' }
const hasAny = (tokens: ReadonlySet<string>, codes: readonly string[]) => codes.some(code => tokens.has(code))

export function advanceDirectiveDocument({ resource }: Reading): Place | undefined {
  if (tokensOf(resource['type']).has('81338-6')) return { kind: 'story', section: 'story' }
  const isDirective = ['type', 'category'].some(name => hasAny(tokensOf(resource[name]), DIRECTIVE_DOCUMENTS))
  return isDirective ? directive : undefined
}

export function consentPlace({ resource }: Reading): Place | undefined {
  const codes = [...DIRECTIVE_CONSENTS, ...DIRECTIVE_DOCUMENTS]
  return ['scope', 'category'].some(name => hasAny(tokensOf(resource[name]), codes)) ? directive : undefined
}
