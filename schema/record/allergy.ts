import { SYSTEMS } from '../codes/systems.ts'
import type { Result } from '../result.ts'
import type { AllergyFields, EntryParts } from './entry.ts'
import { type InvalidField, readFields } from './field-reader.ts'
import { conceptText } from './fhir/concept.ts'
import { at, type JsonObject } from './fhir/json.ts'
import { concept, inWords, known, knownDate, noteOf, type OwnResource, ownResource } from './own-resource.ts'
import { parseWhen } from './when.ts'

const SEVERITIES = ['mild', 'moderate', 'severe'] as const

/** A reaction needs a manifestation in FHIR; when only the severity is known, this says so. */
const NOT_KNOWN = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
} as const

export function parseAllergy(value: unknown): Result<AllergyFields, InvalidField> {
  return readFields(value, read => ({
    kind: read.choice('kind', ['allergy']),
    substance: read.text('substance'),
    ...read.optionalText('reaction'),
    ...read.optionalChoice('severity', SEVERITIES),
    ...read.optionalDate('since'),
    ...read.note(),
  }))
}

export function allergyParts(fields: AllergyFields): EntryParts {
  const when = parseWhen(fields.since)
  return {
    kind: 'allergy',
    section: 'allergies',
    title: fields.substance,
    ...(when.ok ? { when: when.value } : {}),
    ...(fields.reaction === undefined ? {} : { value: { type: 'text', text: fields.reaction } }),
    status: 'active',
    codes: [],
  }
}

export function allergyToFhir(fields: AllergyFields, own: OwnResource): JsonObject {
  const { reaction, severity } = fields
  const manifestation = [reaction === undefined ? NOT_KNOWN : inWords(reaction)]
  return {
    ...ownResource('AllergyIntolerance', own),
    clinicalStatus: concept(SYSTEMS.allergyClinical, 'active', 'Active'),
    verificationStatus: concept(SYSTEMS.allergyVerification, 'unconfirmed', 'Unconfirmed'),
    code: inWords(fields.substance),
    patient: { reference: own.subject },
    ...knownDate('onsetDateTime', fields.since),
    asserter: { reference: own.subject },
    ...noteOf(fields.note),
    ...(reaction === undefined && severity === undefined
      ? {}
      : { reaction: [{ manifestation, ...known('severity', severity) }] }),
  }
}

export function allergyFromFhir(resource: JsonObject): AllergyFields | undefined {
  const parsed = parseAllergy({
    kind: 'allergy',
    substance: conceptText(resource['code']) ?? conceptText(at(resource, 'reaction', 'substance')),
    reaction: conceptText(at(resource, 'reaction', 'manifestation')),
    severity: at(resource, 'reaction', 'severity'),
    since: resource['onsetDateTime'],
    note: at(resource['note'], 'text'),
  })
  return parsed.ok ? parsed.value : undefined
}
