import type { DescribedKind } from '#schema/record/described/kinds.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { useRecordRights } from '../../session.ts'

/**
 * A document is brought in, and only then corrected; doses and stock are written down with their medicine, answers in their questionnaire,
 * annotations on the page of their entry, what was done with its task.
 */
export type ManualKind = Exclude<
  EntryFields['kind'],
  'document' | 'dose' | 'stock' | 'answers' | 'link' | 'annotation' | 'task-done'
>

/** What a person adds often, the most frequent first; the others are those of the table. */
const FREQUENT_KINDS = [
  'blood-pressure',
  'weight',
  'measure',
  'symptom',
  'medicine',
  'condition',
  'allergy',
  'goal',
  'task',
  'appointment',
  'note',
] as const satisfies readonly ManualKind[]

export type FrequentKind = (typeof FREQUENT_KINDS)[number]

/** Where an entry of the kind may come to stand; a condition that is over stands among the past ones. */
const SECTIONS_OF: Readonly<Record<ManualKind, readonly Section[]>> = {
  'blood-pressure': ['vitals'],
  weight: ['vitals'],
  measure: ['vitals', 'results'],
  symptom: ['vitals'],
  goal: ['plans'],
  task: ['plans'],
  appointment: ['visits'],
  medicine: ['medicines'],
  condition: ['problems', 'past-problems'],
  allergy: ['allergies'],
  note: ['story'],
  'lab-result': ['results'],
  visit: ['visits'],
  immunization: ['immunizations'],
  procedure: ['procedures'],
  device: ['devices'],
  'family-member': ['family-history'],
  'social-history': ['social'],
  'functional-status': ['functioning'],
  pregnancy: ['pregnancy'],
  'care-team-member': ['care-team'],
  coverage: ['coverage'],
  directive: ['directives'],
}

const DESCRIBED_ORDER: readonly DescribedKind[] = [
  'lab-result',
  'visit',
  'immunization',
  'procedure',
  'device',
  'family-member',
  'social-history',
  'functional-status',
  'pregnancy',
  'care-team-member',
  'coverage',
  'directive',
]

export interface ManualKinds {
  readonly frequent: readonly FrequentKind[]
  readonly described: readonly DescribedKind[]
}

/** Those that can be added to the record that is shown. */
export function useManualKinds(): () => ManualKinds {
  const { hasSection, mayChange } = useRecordRights()
  const may = (kind: ManualKind) => mayChange() && SECTIONS_OF[kind].some(hasSection)
  return () => ({ frequent: FREQUENT_KINDS.filter(may), described: DESCRIBED_ORDER.filter(may) })
}
