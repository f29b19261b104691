const HL7 = 'http://terminology.hl7.org/CodeSystem'

/**
 * Code systems by the object identifiers CDA names them with, as FHIR addresses.
 * From https://hl7.org/fhir/R4/terminologies-systems.html and https://terminology.hl7.org, November 2026.
 */
const SYSTEM_BY_OID: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.113883.6.1', 'http://loinc.org'],
  ['2.16.840.1.113883.6.96', 'http://snomed.info/sct'],
  ['2.16.840.1.113883.6.88', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['2.16.840.1.113883.12.292', 'http://hl7.org/fhir/sid/cvx'],
  ['2.16.840.1.113883.6.59', 'http://hl7.org/fhir/sid/cvx'],
  ['2.16.840.1.113883.12.227', 'http://hl7.org/fhir/sid/mvx'],
  ['2.16.840.1.113883.6.90', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['2.16.840.1.113883.6.3', 'http://hl7.org/fhir/sid/icd-10'],
  ['2.16.840.1.113883.6.4', 'http://www.cms.gov/Medicare/Coding/ICD10'],
  ['2.16.840.1.113883.6.103', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['2.16.840.1.113883.6.104', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['2.16.840.1.113883.6.12', 'http://www.ama-assn.org/go/cpt'],
  ['2.16.840.1.113883.6.285', 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets'],
  ['2.16.840.1.113883.6.69', 'http://hl7.org/fhir/sid/ndc'],
  ['2.16.840.1.113883.6.8', 'http://unitsofmeasure.org'],
  ['2.16.840.1.113883.6.101', 'http://nucc.org/provider-taxonomy'],
  ['2.16.840.1.113883.6.254', 'http://hl7.org/fhir/sid/icf'],
  ['2.16.840.1.113883.6.26', 'http://www.medicomp.com'],
  ['2.16.840.1.113883.6.259', 'https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html'],
  ['2.16.840.1.113883.6.345', 'http://va.gov/terminology/medrt'],
  ['2.16.840.1.113883.3.26.1.1', 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl'],
  ['2.16.840.1.113883.3.26.1.5', 'http://hl7.org/fhir/ndfrt'],
  ['2.16.840.1.113883.3.221.5', 'https://nahdo.org/sopt'],
  ['2.16.840.1.113883.4.9', 'http://fdasis.nlm.nih.gov'],
  ['2.16.840.1.113883.12.112', `${HL7}/v2-0112`],
  ['2.16.840.1.113883.5.1', `${HL7}/v3-AdministrativeGender`],
  ['2.16.840.1.113883.5.2', `${HL7}/v3-MaritalStatus`],
  ['2.16.840.1.113883.5.4', `${HL7}/v3-ActCode`],
  ['2.16.840.1.113883.5.6', `${HL7}/v3-ActClass`],
  ['2.16.840.1.113883.5.7', `${HL7}/v3-ActPriority`],
  ['2.16.840.1.113883.5.8', `${HL7}/v3-ActReason`],
  ['2.16.840.1.113883.5.14', `${HL7}/v3-ActStatus`],
  ['2.16.840.1.113883.5.25', `${HL7}/v3-Confidentiality`],
  ['2.16.840.1.113883.5.60', `${HL7}/v3-LanguageAbilityMode`],
  ['2.16.840.1.113883.5.61', `${HL7}/v3-LanguageAbilityProficiency`],
  ['2.16.840.1.113883.5.83', `${HL7}/v3-ObservationInterpretation`],
  ['2.16.840.1.113883.5.84', `${HL7}/v3-ObservationMethod`],
  ['2.16.840.1.113883.5.88', `${HL7}/v3-ParticipationFunction`],
  ['2.16.840.1.113883.5.90', `${HL7}/v3-ParticipationType`],
  ['2.16.840.1.113883.5.110', `${HL7}/v3-RoleClass`],
  ['2.16.840.1.113883.5.111', `${HL7}/v3-RoleCode`],
  ['2.16.840.1.113883.5.112', `${HL7}/v3-RouteOfAdministration`],
  ['2.16.840.1.113883.5.139', `${HL7}/v3-TimingEvent`],
  ['2.16.840.1.113883.5.1008', `${HL7}/v3-NullFlavor`],
  ['2.16.840.1.113883.5.1063', `${HL7}/v3-ObservationValue`],
  ['2.16.840.1.113883.5.1076', `${HL7}/v3-ReligiousAffiliation`],
])

/** For sources that name a system in words and give no identifier. */
const SYSTEM_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['loinc', 'http://loinc.org'],
  ['snomed ct', 'http://snomed.info/sct'],
  ['snomed-ct', 'http://snomed.info/sct'],
  ['snomed', 'http://snomed.info/sct'],
  ['rxnorm', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
  ['cvx', 'http://hl7.org/fhir/sid/cvx'],
  ['icd-10-cm', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['icd10-cm', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['icd-9-cm', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['cpt', 'http://www.ama-assn.org/go/cpt'],
  ['ndc', 'http://hl7.org/fhir/sid/ndc'],
])

/** Identifier systems that FHIR gives an address of its own (https://hl7.org/fhir/R4/identifier-registry.html). */
const IDENTIFIERS: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.113883.4.1', 'http://hl7.org/fhir/sid/us-ssn'],
  ['2.16.840.1.113883.4.6', 'http://hl7.org/fhir/sid/us-npi'],
  ['2.16.840.1.113883.4.572', 'http://hl7.org/fhir/sid/us-medicare'],
  ['2.16.840.1.113883.4.927', 'http://hl7.org/fhir/sid/us-mbi'],
])

const OID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The address of what an OID or UUID names; undefined where `root` is neither. */
export function urnOf(root: string | undefined): string | undefined {
  if (root === undefined) return undefined
  if (UUID.test(root)) return `urn:uuid:${root.toLowerCase()}`
  return OID.test(root) ? `urn:oid:${root}` : undefined
}

export function codeSystemOf(oid: string | undefined, name: string | undefined): string | undefined {
  if (oid === undefined) return SYSTEM_BY_NAME.get(name?.toLowerCase() ?? '')
  return SYSTEM_BY_OID.get(oid) ?? urnOf(oid)
}

export function identifierSystemOf(root: string | undefined): string | undefined {
  return IDENTIFIERS.get(root ?? '') ?? urnOf(root)
}

/** A number that means nothing without its extension, such as the list of all social security numbers. */
export function isIdentifierSystem(root: string): boolean {
  return IDENTIFIERS.has(root)
}
