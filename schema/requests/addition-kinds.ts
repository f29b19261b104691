import type { EntryFields } from '../record/entry.ts'

/** What somebody who treats the patient can offer for the record, as the forms of these kinds ask for it. */
export const ADDITION_KINDS = [
  'note',
  'lab-result',
  'measure',
  'blood-pressure',
  'weight',
  'task',
  'medicine',
] as const satisfies readonly EntryFields['kind'][]

export type AdditionKind = (typeof ADDITION_KINDS)[number]
export type AdditionFields = Extract<EntryFields, { readonly kind: AdditionKind }>
