import { isObject, type JsonObject } from '#schema/record/fhir/json.ts'

type FhirVersion = 'DSTU2' | 'STU3' | 'R4' | 'R5'

/** Types that only another version has. */
const TYPES: Readonly<Record<'DSTU2' | 'STU3' | 'R5', readonly string[]>> = {
  DSTU2: [
    'MedicationOrder',
    'DiagnosticOrder',
    'Conformance',
    'DeviceUseRequest',
    'ImagingObjectSelection',
    'OrderResponse',
  ],
  STU3: ['ProcedureRequest', 'ReferralRequest', 'Sequence', 'ImagingManifest', 'DataElement', 'ProcessRequest'],
  R5: [
    'DeviceUsage',
    'NutritionIntake',
    'GenomicStudy',
    'ImagingSelection',
    'EncounterHistory',
    'DeviceDispense',
    'Transport',
  ],
}

const VERSION_BY_TYPE: ReadonlyMap<unknown, FhirVersion> = new Map(
  (['DSTU2', 'STU3', 'R5'] as const).flatMap(version => TYPES[version].map(type => [type, version] as const)),
)

type Tell = (resource: JsonObject) => FhirVersion | undefined
const has = (resource: JsonObject, name: string) => Object.hasOwn(resource, name)

/** A CodeableReference, `{ concept | reference: {…} }`: R5 only. */
const isCodeableReference = (value: unknown) =>
  isObject(value) && (isObject(value['concept']) || isObject(value['reference']))

/**
 * Shapes that differ between versions: an element renamed or of another type. Each is certain; where none applies, a
 * resource says nothing and counts for no version.
 */
const TELLS: ReadonlyMap<unknown, Tell> = new Map<string, Tell>([
  [
    'Condition',
    resource => {
      if (has(resource, 'dateRecorded') || (has(resource, 'patient') && !has(resource, 'subject'))) return 'DSTU2'
      if (typeof resource['clinicalStatus'] === 'string') return 'STU3'
      return isObject(resource['clinicalStatus']) ? 'R4' : undefined
    },
  ],
  [
    'AllergyIntolerance',
    resource => {
      if (has(resource, 'substance')) return 'DSTU2'
      if (typeof resource['clinicalStatus'] === 'string') return 'STU3'
      if (Array.isArray(resource['participant']) || isObject(resource['type'])) return 'R5'
      return isObject(resource['clinicalStatus']) ? 'R4' : undefined
    },
  ],
  [
    'Encounter',
    resource => {
      if (typeof resource['class'] === 'string') return 'DSTU2'
      if (Array.isArray(resource['class']) || has(resource, 'actualPeriod')) return 'R5'
      return isObject(resource['class']) && !has(resource, 'incomingReferral') ? 'R4' : undefined
    },
  ],
  [
    'Observation',
    resource => {
      if (has(resource, 'comments')) return 'DSTU2'
      if (has(resource, 'context') || has(resource, 'comment')) return 'STU3'
      // DSTU2 has an encounter, too, and one category that stands in no list; it reads alike.
      return has(resource, 'encounter') && !isObject(resource['category']) ? 'R4' : undefined
    },
  ],
  ['MedicationRequest', medicationTell],
  [
    'MedicationStatement',
    resource => {
      if (has(resource, 'wasNotTaken') || (has(resource, 'patient') && !has(resource, 'subject'))) return 'DSTU2'
      return has(resource, 'taken') ? 'STU3' : medicationTell(resource)
    },
  ],
  [
    'MedicationAdministration',
    resource =>
      has(resource, 'wasNotGiven') ? 'DSTU2' : has(resource, 'notGiven') ? 'STU3' : medicationTell(resource),
  ],
  ['MedicationDispense', medicationTell],
  [
    'Immunization',
    resource => {
      if (has(resource, 'reported') || has(resource, 'wasNotGiven')) return 'DSTU2'
      if (has(resource, 'notGiven') || typeof resource['date'] === 'string') return 'STU3'
      return has(resource, 'occurrenceDateTime') ? 'R4' : undefined
    },
  ],
  [
    'Procedure',
    resource => {
      if (typeof resource['notPerformed'] === 'boolean') return 'DSTU2'
      if (typeof resource['notDone'] === 'boolean') return 'STU3'
      if (has(resource, 'occurrenceDateTime') || has(resource, 'occurrencePeriod')) return 'R5'
      return undefined
    },
  ],
  [
    'DocumentReference',
    resource => {
      if (has(resource, 'indexed')) return 'STU3'
      return Array.isArray(resource['context']) ? 'R5' : undefined
    },
  ],
  ['Patient', resource => (has(resource, 'careProvider') ? 'DSTU2' : undefined)],
])

function medicationTell(resource: JsonObject): FhirVersion | undefined {
  if (isCodeableReference(resource['medication'])) return 'R5'
  const { requester } = resource
  if (has(resource, 'context') && has(resource, 'intent')) return 'STU3'
  if (isObject(requester) && isObject(requester['agent'])) return 'STU3'
  return undefined
}

/** Canonical addresses of one version: `http://hl7.org/fhir/3.0/StructureDefinition/Patient`, `…|3.0.1`. */
function versionOfProfiles(resource: JsonObject): FhirVersion | undefined {
  const profiles = isObject(resource['meta']) ? JSON.stringify(resource['meta']['profile'] ?? '') : ''
  const named =
    /hl7\.org\/fhir\/(?:(1\.0|DSTU2)|(3\.0|STU3)|(5\.0|R5))\/|hl7\.org\/fhir\/StructureDefinition\/\w+\|(?:(1\.0)|(3\.0)|(5\.0))/.exec(
      profiles,
    )
  if (named === null) return undefined
  if (named[1] ?? named[4]) return 'DSTU2'
  return (named[2] ?? named[5]) ? 'STU3' : 'R5'
}

/** `fhirVersion` of conformance resources (CapabilityStatement, StructureDefinition). */
function versionSaid(resource: JsonObject): FhirVersion | undefined {
  const said = resource['fhirVersion']
  if (typeof said !== 'string') return undefined
  const versions: Readonly<Record<string, FhirVersion>> = { '1': 'DSTU2', '3': 'STU3', '4': 'R4', '5': 'R5' }
  return versions[said.charAt(0)]
}

/** The version a resource certainly is of; undefined when it could be of several. */
export function versionOf(resource: JsonObject): FhirVersion | undefined {
  return (
    VERSION_BY_TYPE.get(resource['resourceType']) ??
    versionSaid(resource) ??
    versionOfProfiles(resource) ??
    TELLS.get(resource['resourceType'])?.(resource)
  )
}

/** The version of a whole file: another than R4 only when more resources tell of that one than of R4. */
export function wrongVersion(counts: ReadonlyMap<FhirVersion, number>): string | undefined {
  const r4 = counts.get('R4') ?? 0
  const others = [...counts].filter(([version, count]) => version !== 'R4' && count > r4)
  return others.sort(([, a], [, b]) => b - a)[0]?.[0]
}
