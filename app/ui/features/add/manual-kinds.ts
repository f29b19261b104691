import type { EntryFields } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { useRecordRights } from '../../session.ts'

/** A document is brought in, and only then corrected; doses and stock are written down with their medicine. */
export type ManualKind = Exclude<EntryFields['kind'], 'document' | 'dose' | 'stock'>

/** What a person can add by hand, the most frequent first. */
const MANUAL_KINDS = [
  'blood-pressure',
  'weight',
  'measure',
  'symptom',
  'medicine',
  'condition',
  'allergy',
  'goal',
  'note',
] as const satisfies readonly ManualKind[]

/** Where an entry of the kind may come to stand; a condition that is over stands among the past ones. */
const SECTIONS_OF: Readonly<Record<ManualKind, readonly Section[]>> = {
  'blood-pressure': ['vitals'],
  weight: ['vitals'],
  measure: ['vitals', 'results'],
  symptom: ['vitals'],
  goal: ['plans'],
  medicine: ['medicines'],
  condition: ['problems', 'past-problems'],
  allergy: ['allergies'],
  note: ['story'],
}

/** Those that can be added to the record that is shown. */
export function useManualKinds(): () => readonly ManualKind[] {
  const { hasSection, mayChange } = useRecordRights()
  return () => MANUAL_KINDS.filter(kind => mayChange() && SECTIONS_OF[kind].some(hasSection))
}
