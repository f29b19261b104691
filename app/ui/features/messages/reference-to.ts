import { type EntryReference, MAX_LINE_CHARS } from '#schema/messages/entry-reference.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import type { ReaderUnits } from '../../record/units.ts'
import { titleOf, valuePartsOf, whenOf } from '../../record/words.ts'

/** What an entry says, in one line each, as this person sees it. Reactive. */
export function referenceTo(entry: EntrySummary, reader: ReaderUnits): EntryReference {
  const parts = [...valuePartsOf(entry, reader), ...(entry.status === 'mistaken' ? [t('status.mistaken')] : [])]
  return {
    id: entry.id,
    section: entry.section,
    title: lineOf(titleOf(entry)),
    when: entry.when === undefined ? '' : lineOf(whenOf(entry, 'long')),
    value: lineOf(parts.join(' · ')),
  }
}

function lineOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_LINE_CHARS ? line : `${line.slice(0, MAX_LINE_CHARS - 1).toWellFormed()}…`
}
