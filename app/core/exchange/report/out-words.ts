import type { EntryKind, EntryStatus } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Column } from './columns.ts'
import type { Flag } from '#schema/record/fhir/result-flag.ts'

/** How a word stands before a title that did not happen or is not so. `{title}` is where the title goes. */
export type Negation = 'ruledOut' | 'notTaken' | 'notGiven' | 'notDone'

/** Why a section of a summary has no entries. */
export type EmptyReason = 'nilknown' | 'notasked' | 'withheld' | 'unavailable'

/**
 * The words that a file for people needs, in the language of whoever takes it out; the worker has none of its own.
 * Plain text: whoever writes markup escapes it.
 */
export interface OutWords {
  /** BCP 47. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly sections: Readonly<Record<Section, string>>
  readonly kinds: Readonly<Record<EntryKind, string>>
  readonly columns: Readonly<Record<Column, string>>
  readonly statuses: Readonly<Record<EntryStatus, string>>
  readonly flags: Readonly<Record<Flag, string>>
  readonly severities: Readonly<Record<'mild' | 'moderate' | 'severe', string>>
  readonly arms: Readonly<Record<'left' | 'right', string>>
  readonly postures: Readonly<Record<'sitting' | 'standing' | 'lying', string>>
  readonly negations: Readonly<Record<Negation, string>>
  readonly empty: Readonly<Record<EmptyReason, string>>
  /** Said of what the person typed. */
  readonly patientSaid: string
  /** `{file}`: of what came in by a file that names no author. */
  readonly fromFile: string
  /** "International Patient Summary". */
  readonly summaryTitle: string
  /** `{source}`, `{date}`: an earlier summary said that a section is empty. */
  readonly saidBySummary: string
  /** `{title}`, `{source}`, `{date}`: somebody told that there is none, and there are some. */
  readonly noneAndSome: string
  /** `{shown}`, `{number}`: of one's own readings only the newest are listed. */
  readonly newestOf: string
  /** `{number}`, `{days}`: a mean of so many readings. */
  readonly meanOf: string
  /** What a section's second part is called, with what the guide has no place for: `{section}`. */
  readonly furtherOf: string
  readonly noDate: string
}

/** Words with their places filled. */
export function filled(words: string, values: Readonly<Record<string, string | number>>): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : String(value)
  })
}
