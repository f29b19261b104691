import { SYSTEMS } from './systems.ts'

/** Code systems by the names that clinics use for them. */
const NAMES: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD-9-CM',
  'http://fhir.de/CodeSystem/bfarm/icd-10-gm': 'ICD-10-GM',
  'http://fhir.de/CodeSystem/dimdi/icd-10-gm': 'ICD-10-GM',
  'http://id.who.int/icd/release/11/mms': 'ICD-11',
  'http://hl7.org/fhir/sid/icpc-2': 'ICPC-2',
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'http://fdasis.nlm.nih.gov': 'UNII',
  'https://dmd.nhs.uk': 'dm+d',
  'http://fhir.de/CodeSystem/ifa/pzn': 'PZN',
  'http://www.whocc.no/atc': 'ATC',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'http://unitsofmeasure.org': 'UCUM',
  'http://developer.apple.com/documentation/healthkit': 'Apple HealthKit',
  'http://terminology.hl7.org/CodeSystem/observation-statistics': 'HL7',
  'urn:oid:2.16.840.1.113883.6.1': 'LOINC',
  'urn:oid:2.16.840.1.113883.6.96': 'SNOMED CT',
  'urn:oid:2.16.840.1.113883.6.88': 'RxNorm',
  'urn:oid:2.16.840.1.113883.12.292': 'CVX',
  'urn:oid:2.16.840.1.113883.6.3': 'ICD-10',
  'urn:oid:2.16.840.1.113883.6.90': 'ICD-10-CM',
  'urn:oid:2.16.840.1.113883.6.103': 'ICD-9-CM',
  'urn:oid:2.16.840.1.113883.6.69': 'NDC',
  'urn:oid:2.16.840.1.113883.6.73': 'ATC',
  'urn:oid:2.16.840.1.113883.6.12': 'CPT',
}

/** A name where there is one, else the system's own address: never nothing, so that codes stay traceable. */
export function codeSystemName(system: string): string {
  return shortSystemName(system) ?? system
}

/** By which name a clinic calls it, national editions included; undefined for those without one here. */
export function shortSystemName(system: string): string | undefined {
  return Object.hasOwn(NAMES, system)
    ? NAMES[system]
    : system.startsWith(`${SYSTEMS.snomed}/`)
      ? 'SNOMED CT'
      : undefined
}
