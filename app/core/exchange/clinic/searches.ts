import type { ClinicSkills } from './read-clinic.ts'

/** One kind of resource to be searched for; `categories` where servers insist on one. */
export interface ClinicSearch {
  readonly type: string
  readonly categories?: readonly string[]
  /** What to bring along; only of a server that says it can. */
  readonly include?: string
}

/**
 * The resource types of a patient that US Core 7 and IPS 2 know. Categories: as US Core requires servers to take them, where it lets
 * them refuse a search by patient alone.
 */
const SEARCHES: readonly ClinicSearch[] = [
  { type: 'AllergyIntolerance' },
  { type: 'Condition', categories: ['problem-list-item', 'encounter-diagnosis', 'health-concern'] },
  { type: 'MedicationRequest', include: 'MedicationRequest:medication' },
  { type: 'MedicationStatement', include: 'MedicationStatement:medication' },
  { type: 'MedicationDispense', include: 'MedicationDispense:medication' },
  { type: 'Immunization' },
  {
    type: 'Observation',
    categories: [
      'laboratory',
      'vital-signs',
      'social-history',
      'survey',
      'imaging',
      'procedure',
      'exam',
      'therapy',
      'activity',
    ],
  },
  { type: 'DiagnosticReport', categories: ['LAB', 'RAD', 'CP', 'LP29684-5', 'LP29708-2', 'LP7839-6'] },
  { type: 'Procedure' },
  { type: 'Device' },
  { type: 'DeviceUseStatement' },
  { type: 'CarePlan', categories: ['assess-plan'] },
  { type: 'CareTeam' },
  { type: 'Goal' },
  { type: 'Encounter' },
  { type: 'DocumentReference', categories: ['clinical-note'] },
  { type: 'FamilyMemberHistory' },
  { type: 'QuestionnaireResponse' },
  { type: 'ServiceRequest' },
  { type: 'Coverage' },
  { type: 'Consent' },
  { type: 'RelatedPerson' },
  { type: 'Flag' },
]

/** Those of them that the server says it can search; all where it says nothing. */
export function searchesFor({ searchable, includes }: ClinicSkills): readonly ClinicSearch[] {
  const known = searchable === undefined ? SEARCHES : SEARCHES.filter(({ type }) => searchable.has(type))
  return known.map(({ include, ...search }) =>
    include !== undefined && includes?.has(include) === true ? { ...search, include } : search,
  )
}

/** `since`: a FHIR instant; only what the server changed after it. */
export function searchAddress(
  base: string,
  patient: string,
  {
    type,
    category,
    since,
    include,
  }: { readonly type: string; readonly category?: string; readonly since?: string; readonly include?: string },
): string {
  const params = new URLSearchParams({ patient })
  if (category !== undefined) params.set('category', category)
  if (since !== undefined) params.set('_lastUpdated', `gt${since}`)
  if (include !== undefined) params.set('_include', include)
  params.set('_count', '200')
  return `${base}/${type}?${params.toString()}`
}
