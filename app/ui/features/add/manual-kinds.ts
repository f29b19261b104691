import type { EntryFields } from '#schema/record/entry.ts'

export type ManualKind = EntryFields['kind']

/** What a person can add by hand, the most frequent first. */
export const MANUAL_KINDS = [
  'blood-pressure',
  'weight',
  'medicine',
  'condition',
  'allergy',
  'note',
] as const satisfies readonly ManualKind[]
