/** Code systems by the names that clinics use for them. */
const NAMES: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://hl7.org/fhir/sid/icd-9-cm': 'ICD-9-CM',
  'http://hl7.org/fhir/sid/ndc': 'NDC',
  'http://www.whocc.no/atc': 'ATC',
  'http://www.ama-assn.org/go/cpt': 'CPT',
  'http://unitsofmeasure.org': 'UCUM',
  'http://developer.apple.com/documentation/healthkit': 'Apple HealthKit',
  'http://terminology.hl7.org/CodeSystem/observation-statistics': 'HL7',
}

/** A name where there is one, else the system's own address: never nothing, so that codes stay traceable. */
export function codeSystemName(system: string): string {
  return NAMES[system] ?? system
}
