/**
 * What people share, each a log with its own keys. The first sixteen are those of the International Patient Summary
 * (https://hl7.org/fhir/uv/ips/), in the patient's words.
 */
export const SECTIONS = [
  'problems',
  'allergies',
  'medicines',
  'immunizations',
  'results',
  'procedures',
  'devices',
  'directives',
  'alerts',
  'functioning',
  'past-problems',
  'pregnancy',
  'story',
  'plans',
  'social',
  'vitals',
  'visits',
  'documents',
  'family-history',
  'care-team',
  'coverage',
  /** Patient resources: who the record is about. */
  'about-me',
  /** What we keep and export but don't explain (claims, provenance, anything unknown). */
  'other',
] as const

export type Section = (typeof SECTIONS)[number]

/** What a log of a record holds: a section, or what of all sections is private and stands in no share (decision 12). */
export const LOG_SECTIONS = [...SECTIONS, 'private'] as const

export type LogSection = (typeof LOG_SECTIONS)[number]
