import type { TimelineQuery } from '#app/core/session.ts'
import { ENTRY_KINDS, type EntryKind, type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { PlainKey } from '../../language/language.ts'

/** Problems that are over have a section of their own in the record; people look for them beside the others. */
export function sectionsOf(section: Section): readonly Section[] {
  return section === 'problems' ? ['problems', 'past-problems'] : [section]
}

/** What the page of the section lists: documents stand on the page of theirs, also those that were added at an entry. */
export function queryOf(section: Section, hasSection: (section: Section) => boolean): TimelineQuery {
  if (section === 'documents') return { kinds: ['document'] }
  return { sections: sectionsOf(section).filter(hasSection), kinds: ENTRY_KINDS.filter(isListed) }
}

const isListed = (kind: EntryKind) => kind !== 'document' && !QUIET_KINDS.has(kind)

export interface EntryGroup {
  readonly title: 'section.now' | 'section.soFar' | 'section.planned' | 'section.over' | 'section.told'
  readonly entries: readonly EntrySummary[]
}

type GroupTitle = EntryGroup['title']

const ORDER: readonly GroupTitle[] = ['section.told', 'section.planned', 'section.now', 'section.soFar', 'section.over']

/** What is, what is to come, and what is over, was not so or was a mistake; each in the order given. */
export function groupsOf(entries: readonly EntrySummary[]): readonly EntryGroup[] {
  const byTitle = Map.groupBy(entries, titleOf)
  return ORDER.flatMap(title => {
    const found = byTitle.get(title)
    return found === undefined ? [] : [{ title, entries: found }]
  })
}

/** Of these there is a now and an end; of all others only that they were. */
const LASTING: ReadonlySet<EntrySummary['kind']> = new Set([
  'condition',
  'allergy',
  'medicine',
  'device',
  'directive',
  'alert',
  'pregnancy',
  'care-plan',
  'goal',
  'care-team-member',
  'coverage',
])

function titleOf({ kind, status, isNegated, section }: EntrySummary): GroupTitle {
  if (kind === 'statement') return 'section.told'
  if (status === 'planned') return 'section.planned'
  if (status === 'mistaken' || isNegated === true) return 'section.over'
  if (section === 'past-problems') return 'section.over'
  if (!LASTING.has(kind)) return 'section.soFar'
  return status === 'past' ? 'section.over' : 'section.now'
}

const ADD: Partial<Record<Section, string>> = {
  problems: '/add/condition',
  'past-problems': '/add/condition',
  allergies: '/add/allergy',
  medicines: '/add/medicine',
  vitals: '/add/measure',
  plans: '/add/goal',
  story: '/add/note',
  documents: '/add/document',
  results: '/add/lab-result',
  visits: '/add/visit',
  immunizations: '/add/immunization',
  procedures: '/add/procedure',
  devices: '/add/device',
  'family-history': '/add/family-member',
  social: '/add/social-history',
  functioning: '/add/functional-status',
  pregnancy: '/add/pregnancy',
  'care-team': '/add/care-team-member',
  coverage: '/add/coverage',
  directives: '/add/directive',
}

/** The form for an entry of the section, where there is one. */
export const addHrefOf = (section: Section): string | undefined => ADD[section]

const OTHER_PAGE: Partial<Record<Section, { readonly href: string; readonly label: PlainKey }>> = {
  results: { href: '/results', label: 'section.byTest' },
  medicines: { href: '/medicines', label: 'section.byTime' },
  vitals: { href: '/track', label: 'section.overTime' },
}

/** The page that shows the section in its own way. */
export const otherPageOf = (section: Section) => OTHER_PAGE[section]
