import type { Result } from '../../result.ts'
import type { EntryParts } from '../entry.ts'
import type { InvalidField } from '../field-reader.ts'
import { tokensOf } from '../fhir/concept.ts'
import { readResource } from '../fhir/entry-parts.ts'
import type { JsonObject } from '../fhir/json.ts'
import { isPatientSupplied, type OwnResource } from '../own-resource.ts'
import {
  deviceFromFhir,
  deviceToFhir,
  immunizationFromFhir,
  immunizationToFhir,
  isOwnResult,
  labResultFromFhir,
  labResultToFhir,
  procedureFromFhir,
  procedureToFhir,
  visitFromFhir,
  visitToFhir,
} from './care.ts'
import { DESCRIBED, type DescribedFields, type DescribedFieldsOf, type DescribedKind, parseDescribed } from './kinds.ts'
import {
  familyFromFhir,
  familyToFhir,
  functionalFromFhir,
  functionalToFhir,
  pregnancyFromFhir,
  pregnancyToFhir,
  socialFromFhir,
  socialToFhir,
} from './life.ts'
import {
  coverageFromFhir,
  coverageToFhir,
  directiveFromFhir,
  directiveToFhir,
  memberFromFhir,
  memberToFhir,
} from './support.ts'

interface Mapping<Kind extends DescribedKind> {
  readonly toFhir: (fields: DescribedFieldsOf<Kind>, own: OwnResource) => JsonObject
  /** What the resource says, unchecked; the table checks it. */
  readonly fromFhir: (resource: JsonObject) => unknown
}

const MAPPINGS: { readonly [Kind in DescribedKind]: Mapping<Kind> } = {
  immunization: { toFhir: immunizationToFhir, fromFhir: immunizationFromFhir },
  procedure: { toFhir: procedureToFhir, fromFhir: procedureFromFhir },
  device: { toFhir: deviceToFhir, fromFhir: deviceFromFhir },
  visit: { toFhir: visitToFhir, fromFhir: visitFromFhir },
  'lab-result': { toFhir: labResultToFhir, fromFhir: labResultFromFhir },
  'family-member': { toFhir: familyToFhir, fromFhir: familyFromFhir },
  'social-history': { toFhir: socialToFhir, fromFhir: socialFromFhir },
  'care-team-member': { toFhir: memberToFhir, fromFhir: memberFromFhir },
  coverage: { toFhir: coverageToFhir, fromFhir: coverageFromFhir },
  directive: { toFhir: directiveToFhir, fromFhir: directiveFromFhir },
  pregnancy: { toFhir: pregnancyToFhir, fromFhir: pregnancyFromFhir },
  'functional-status': { toFhir: functionalToFhir, fromFhir: functionalFromFhir },
}

/** A parser for each kind of the table. */
export const DESCRIBED_PARSERS = Object.fromEntries(
  (Object.keys(DESCRIBED) as DescribedKind[]).map(kind => [kind, (value: unknown) => parseDescribed(kind, value)]),
) as { readonly [Kind in DescribedKind]: (value: unknown) => Result<DescribedFieldsOf<Kind>, InvalidField> }

export function describedToFhir(fields: DescribedFields, own: OwnResource): JsonObject {
  const { toFhir } = MAPPINGS[fields.kind] as Mapping<DescribedKind>
  return toFhir(fields as never, own)
}

/** A row says what the row of its own resource says: so it is the same here and where it is brought in. */
export function describedParts(fields: DescribedFields): EntryParts {
  const { resourceType: _, ...parts } = readResource(
    describedToFhir(fields, { id: 'own', subject: 'urn:uuid:own' }),
  ).parts
  return parts
}

const KIND_BY_TYPE: Readonly<Partial<Record<string, DescribedKind>>> = {
  Immunization: 'immunization',
  Procedure: 'procedure',
  DeviceUseStatement: 'device',
  Encounter: 'visit',
  FamilyMemberHistory: 'family-member',
  CareTeam: 'care-team-member',
  Coverage: 'coverage',
  Consent: 'directive',
}

function kindOf(resource: JsonObject): DescribedKind | undefined {
  const type = String(resource['resourceType'])
  if (type !== 'Observation') return KIND_BY_TYPE[type]
  const category = tokensOf(resource['category'])
  if (category.has('functional-status')) return 'functional-status'
  if (isOwnResult(resource)) return 'lab-result'
  if (!category.has('social-history')) return undefined
  return readResource(resource).parts.kind === 'pregnancy' ? 'pregnancy' : 'social-history'
}

/**
 * What a person typed of this kind in a record like this one. Of what a clinic wrote nothing: it says more than these forms hold, and a
 * correction would take the rest away.
 */
export function describedFromFhir(resource: JsonObject): DescribedFields | undefined {
  const kind = isPatientSupplied(resource) ? kindOf(resource) : undefined
  if (kind === undefined) return undefined
  const said = MAPPINGS[kind].fromFhir(resource)
  const parsed = parseDescribed(kind, { ...(said as object), kind })
  return parsed.ok ? (parsed.value as DescribedFields) : undefined
}
