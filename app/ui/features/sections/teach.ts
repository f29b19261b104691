import type { Section } from '#schema/record/sections.ts'
import type { PlainKey } from '../../language/language.ts'

const TEACH = {
  problems: 'teach.problems',
  'past-problems': 'teach.problems',
  allergies: 'teach.allergies',
  medicines: 'teach.medicines',
  immunizations: 'teach.immunizations',
  results: 'teach.results',
  procedures: 'teach.procedures',
  devices: 'teach.devices',
  directives: 'teach.directives',
  visits: 'teach.visits',
  documents: 'teach.documents',
  'family-history': 'teach.family-history',
  'care-team': 'teach.care-team',
  coverage: 'teach.coverage',
  story: 'teach.story',
  vitals: 'teach.own',
  plans: 'teach.own',
  social: 'teach.own',
  functioning: 'teach.own',
  pregnancy: 'teach.own',
} as const satisfies Partial<Record<Section, PlainKey>>

const has = (section: Section): section is keyof typeof TEACH => Object.hasOwn(TEACH, section)

/** What belongs into a section, and how it gets there. */
export const teachOf = (section: Section): PlainKey => (has(section) ? TEACH[section] : 'teach.other')
