import type { Column } from '../report/columns.ts'
import type { Section } from '#schema/record/sections.ts'

/** A section of the summary, as the guide or LOINC names it. */
export interface IpsSection {
  readonly section: Section
  /** LOINC; left out where no code fits: then the title says what it is. */
  readonly loinc?: string
  readonly display?: string
  /** Resource types that the guide admits as entries; what is of another type stands in a further section. Left out: any. */
  readonly types?: readonly string[]
  /** The guide wants it in each summary. */
  readonly isRequired?: true
  readonly columns: readonly Column[]
}

const condition = ['what', 'when', 'until', 'status', 'severity', 'note', 'source'] as const
const observation = ['what', 'value', 'unit', 'range', 'flag', 'when', 'note', 'source'] as const
const other = ['what', 'value', 'when', 'until', 'status', 'note', 'source'] as const

/**
 * The sections in the order of the guide, then those that it has no place for, with LOINC's codes for documents' sections.
 * Codes and types: https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Composition-uv-ips.html (1.1.0 has the same, less alerts
 * and story).
 */
export const IPS_SECTIONS: readonly IpsSection[] = [
  {
    section: 'problems',
    loinc: '11450-4',
    display: 'Problem list - Reported',
    types: ['Condition', 'DocumentReference'],
    isRequired: true,
    columns: condition,
  },
  {
    section: 'allergies',
    loinc: '48765-2',
    display: 'Allergies and adverse reactions Document',
    types: ['AllergyIntolerance', 'DocumentReference'],
    isRequired: true,
    columns: ['what', 'reaction', 'severity', 'value', 'status', 'when', 'note', 'source'],
  },
  {
    section: 'medicines',
    loinc: '10160-0',
    display: 'History of Medication use Narrative',
    types: [
      'MedicationStatement',
      'MedicationRequest',
      'MedicationAdministration',
      'MedicationDispense',
      'DocumentReference',
    ],
    isRequired: true,
    columns: ['what', 'directions', 'reason', 'value', 'status', 'when', 'until', 'note', 'source'],
  },
  {
    section: 'immunizations',
    loinc: '11369-6',
    display: 'History of Immunization note',
    types: ['Immunization', 'DocumentReference'],
    columns: ['what', 'when', 'value', 'note', 'source'],
  },
  {
    section: 'results',
    loinc: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data note',
    types: ['Observation', 'DiagnosticReport', 'DocumentReference'],
    columns: observation,
  },
  {
    section: 'procedures',
    loinc: '47519-4',
    display: 'History of Procedures Document',
    types: ['Procedure', 'DocumentReference'],
    columns: ['what', 'when', 'until', 'value', 'reason', 'note', 'source'],
  },
  {
    section: 'devices',
    loinc: '46264-8',
    display: 'History of medical device use',
    types: ['DeviceUseStatement', 'DocumentReference'],
    columns: other,
  },
  {
    section: 'directives',
    loinc: '42348-3',
    display: 'Advance healthcare directives',
    types: ['Consent', 'DocumentReference'],
    columns: other,
  },
  {
    section: 'alerts',
    loinc: '104605-1',
    display: 'Alert',
    types: ['Flag', 'DocumentReference'],
    columns: other,
  },
  {
    section: 'functioning',
    loinc: '47420-5',
    display: 'Functional status assessment note',
    types: ['Condition', 'ClinicalImpression', 'DocumentReference'],
    columns: observation,
  },
  {
    section: 'past-problems',
    loinc: '11348-0',
    display: 'History of Past illness note',
    types: ['Condition', 'DocumentReference'],
    columns: condition,
  },
  {
    section: 'pregnancy',
    loinc: '10162-6',
    display: 'History of pregnancies Narrative',
    types: ['Observation', 'DocumentReference'],
    columns: observation,
  },
  {
    section: 'story',
    loinc: '81338-6',
    display: 'Goals, preferences, and priorities for care experience',
    columns: other,
  },
  {
    section: 'plans',
    loinc: '18776-5',
    display: 'Plan of care note',
    types: ['CarePlan', 'DocumentReference'],
    columns: other,
  },
  {
    section: 'social',
    loinc: '29762-2',
    display: 'Social history note',
    types: ['Observation', 'DocumentReference'],
    columns: observation,
  },
  {
    section: 'vitals',
    loinc: '8716-3',
    display: 'Vital signs',
    types: ['Observation', 'DocumentReference'],
    columns: observation,
  },
  {
    section: 'visits',
    loinc: '46240-8',
    display: 'History of Hospitalizations+Outpatient visits Narrative',
    columns: other,
  },
  { section: 'family-history', loinc: '10157-6', display: 'History of family member diseases note', columns: other },
  { section: 'care-team', loinc: '85847-2', display: 'Patient Care team information', columns: other },
  { section: 'coverage', loinc: '48768-6', display: 'Payment sources Document', columns: other },
  { section: 'documents', columns: other },
  { section: 'other', columns: other },
]
