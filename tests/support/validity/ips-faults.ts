import { at, isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'

/**
 * Which rules of the International Patient Summary a document breaks. The guide is HL7's for FHIR R4, release 2.0.0
 * (https://hl7.org/fhir/uv/ips/STU2/); each rule names its page. In 1.1.0 the rules are the same for the sections that it has.
 */
export function ipsFaults(bundle: JsonObject): readonly string[] {
  const entries = objectsOf(bundle['entry'])
  const resources = entries.flatMap(entry => objectsOf(entry['resource']))
  const [composition = {}] = resources
  return [
    ...bundleFaults(bundle, entries, resources),
    ...compositionFaults(composition, addressBook(entries)),
    ...patientFaults(resources.find(each => each['resourceType'] === 'Patient') ?? {}),
    ...unreached(entries, composition).map(
      address => `documents.html: ${String(address)} is not reached from the Composition`,
    ),
    ...resources.flatMap(resourceFaults),
  ]
}

const addressBook = (entries: readonly JsonObject[]): ReadonlyMap<unknown, JsonObject> =>
  new Map(entries.flatMap(entry => objectsOf(entry['resource']).map(resource => [entry['fullUrl'], resource] as const)))

/** Names of rules that are broken. */
const broken = (rules: Readonly<Record<string, boolean>>) =>
  Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]))

/** https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Bundle-uv-ips.html and https://hl7.org/fhir/R4/bundle.html */
function bundleFaults(
  bundle: JsonObject,
  entries: readonly JsonObject[],
  resources: readonly JsonObject[],
): readonly string[] {
  const count = (type: string) => resources.filter(each => each['resourceType'] === type).length
  const addresses = entries.map(entry => entry['fullUrl'])
  return broken({
    'Bundle.type is document': bundle['type'] === 'document',
    'Bundle.identifier 1..1 (bdl-9: with system and value)':
      typeof at(bundle, 'identifier', 'system') === 'string' && typeof at(bundle, 'identifier', 'value') === 'string',
    'Bundle.timestamp 1..1 (bdl-10)': typeof bundle['timestamp'] === 'string',
    'Bundle.entry.fullUrl 1..1, absolute, each once (bdl-7)':
      addresses.every(address => /^(?:urn:(?:uuid|oid):|https?:\/\/)/.test(String(address))) &&
      new Set(addresses).size === addresses.length,
    'Bundle.entry.search, request, response 0..0': entries.every(
      entry => entry['search'] === undefined && entry['request'] === undefined && entry['response'] === undefined,
    ),
    'the first entry is the Composition (bdl-11)': resources[0]?.['resourceType'] === 'Composition',
    'no Composition besides the first (bdl-ips-1)': count('Composition') === 1,
    'Bundle.entry:patient 1..1': count('Patient') === 1,
  })
}

/** LOINC code → the types that the slice admits; https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Composition-uv-ips.html */
const SLICES: Readonly<Record<string, readonly string[]>> = {
  '11450-4': ['Condition', 'DocumentReference'],
  '48765-2': ['AllergyIntolerance', 'DocumentReference'],
  '10160-0': [
    'MedicationStatement',
    'MedicationRequest',
    'MedicationAdministration',
    'MedicationDispense',
    'DocumentReference',
  ],
  '11369-6': ['Immunization', 'DocumentReference'],
  '30954-2': ['Observation', 'DiagnosticReport', 'DocumentReference'],
  '47519-4': ['Procedure', 'DocumentReference'],
  '46264-8': ['DeviceUseStatement', 'DocumentReference'],
  '42348-3': ['Consent', 'DocumentReference'],
  '104605-1': ['Flag', 'DocumentReference'],
  '47420-5': ['Condition', 'ClinicalImpression', 'DocumentReference'],
  '11348-0': ['Condition', 'DocumentReference'],
  '10162-6': ['Observation', 'DocumentReference'],
  '18776-5': ['CarePlan', 'DocumentReference'],
  '29762-2': ['Observation', 'DocumentReference'],
  '8716-3': ['Observation', 'DocumentReference'],
}
const REQUIRED = ['11450-4', '48765-2', '10160-0']
/** https://hl7.org/fhir/R4/valueset-list-empty-reason.html */
const EMPTY_REASONS = ['nilknown', 'notasked', 'withheld', 'unavailable', 'notstarted', 'closed']

function compositionFaults(composition: JsonObject, book: ReadonlyMap<unknown, JsonObject>): readonly string[] {
  const sections = objectsOf(composition['section'])
  const codes = sections.map(codeOf)
  const isAt = (reference: unknown, ...types: readonly string[]) =>
    types.includes(String(book.get(at(reference, 'reference'))?.['resourceType']))
  return [
    ...broken({
      'Composition.type is LOINC 60591-5': at(composition, 'type', 'coding', 'code') === '60591-5',
      'Composition.status': composition['status'] === 'final',
      'Composition.subject.reference 1..1 is the Patient': isAt(composition['subject'], 'Patient'),
      'Composition.date 1..1': typeof composition['date'] === 'string',
      'Composition.author 1..*, resolved': objectsOf(composition['author']).every(each =>
        isAt(each, 'Patient', 'Device', 'Practitioner', 'PractitionerRole', 'Organization', 'RelatedPerson'),
      ),
      'Composition.author has somebody': objectsOf(composition['author']).length > 0,
      'Composition.title 1..1': typeof composition['title'] === 'string' && composition['title'] !== '',
      'Composition.section 1..*': sections.length > 0,
    }),
    ...REQUIRED.filter(code => codes.filter(each => each === code).length !== 1).map(
      code => `section ${code} is not 1..1`,
    ),
    ...Object.keys(SLICES)
      .filter(code => codes.filter(each => each === code).length > 1)
      .map(code => `section ${code} is not 0..1`),
    ...sections.flatMap(section => sectionFaults(section, book)),
  ]
}

const codeOf = (section: JsonObject) =>
  objectsOf(at(section, 'code', 'coding')).find(coding => coding['system'] === 'http://loinc.org')?.['code']

function sectionFaults(section: JsonObject, book: ReadonlyMap<unknown, JsonObject>): readonly string[] {
  const code = codeOf(section)
  const admitted = typeof code === 'string' ? SLICES[code] : undefined
  const entries = objectsOf(section['entry'])
  const reason = section['emptyReason']
  const types = entries.map(entry => String(book.get(entry['reference'])?.['resourceType']))
  return broken({
    'section.text 1..1 (Design-Conventions.html, Narrative)': typeof at(section, 'text', 'div') === 'string',
    'section.title 1..1': typeof section['title'] === 'string' && section['title'] !== '',
    'section.section 0..0': section['section'] === undefined,
    'entry or emptyReason (ips-comp-1, Empty-Sections-and-Missing-Data.html)':
      entries.length > 0 || reason !== undefined,
    'emptyReason only without entries (cmp-2)': entries.length === 0 || reason === undefined,
    'emptyReason is one of list-empty-reason':
      reason === undefined || EMPTY_REASONS.includes(String(at(reason, 'coding', 'code'))),
    [`section ${String(code)} admits no ${types.join()}`]: types.every(
      type => admitted?.includes(type) ?? type !== 'undefined',
    ),
  }).map(fault => `${String(section['title'])}: ${fault}`)
}

/** https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Patient-uv-ips.html */
function patientFaults(patient: JsonObject): readonly string[] {
  const names = objectsOf(patient['name'])
  return broken({
    'Patient.name 1..*, with family, given or text (ips-pat-1)':
      names.length > 0 && names.every(name => ['family', 'given', 'text'].some(part => name[part] !== undefined)),
    'Patient.birthDate 1..1, or why not': patient['birthDate'] !== undefined || isObject(patient['_birthDate']),
  })
}

/** Of what the patient said, which we write: the profiles of Condition, AllergyIntolerance and MedicationStatement. */
function resourceFaults(resource: JsonObject): readonly string[] {
  const isOurs = objectsOf(at(resource, 'meta', 'tag')).some(tag => tag['code'] === 'patient-supplied')
  const type = String(resource['resourceType'])
  if (!isOurs) return []
  const status = String(at(resource, 'verificationStatus', 'coding', 'code') ?? resource['status'])
  return broken({
    'code 1..1': !['Condition', 'AllergyIntolerance', 'Observation'].includes(type) || isObject(resource['code']),
    'effective[x] 1..1, or why not (StructureDefinition-MedicationStatement-uv-ips.html)':
      type !== 'MedicationStatement' ||
      isObject(resource['effectivePeriod']) ||
      isObject(resource['_effectiveDateTime']) ||
      resource['effectiveDateTime'] !== undefined,
    'not entered in error': status !== 'entered-in-error',
  }).map(fault => `${type}: ${fault}`)
}

/** A document holds what its Composition leads to, over however many references (https://hl7.org/fhir/R4/documents.html). */
function unreached(entries: readonly JsonObject[], composition: JsonObject): readonly unknown[] {
  const book = addressBook(entries)
  const left = new Map(book)
  const waiting: unknown[] = [composition]
  for (const [address, resource] of left) if (resource === composition) left.delete(address)
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) for (const item of value) waiting.push(item ?? '')
    if (!isObject(value)) continue
    const found = left.get(value['reference'])
    if (found !== undefined) waiting.push(found)
    left.delete(value['reference'])
    for (const member of Object.values(value)) if (typeof member === 'object') waiting.push(member ?? '')
  }
  return [...left.keys()]
}
