import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { language, t } from '../language/language.ts'
import { fieldLabel } from './field-words.ts'
import { formatWhen } from './format-when.ts'
import { factRows } from './original-rows.ts'
import type { Units } from './units.ts'
import { titleOf, valueOfEntry, whenOf } from './words.ts'

/** One thing that two entries say, in the reader's words; empty where one says nothing of it. */
export interface ComparedRow {
  readonly label: string
  readonly one: string
  readonly other: string
  readonly isDifferent: boolean
}

/** What two entries say of themselves, side by side, in the order in which people read it. */
export function compareFacts(one: EntryFacts, other: EntryFacts, units: Units): readonly ComparedRow[] {
  const [ones, others] = [rowsOf(one, units), rowsOf(other, units)]
  return [...new Set([...ones.keys(), ...others.keys()])].flatMap(label => {
    const [a, b] = [ones.get(label) ?? '', others.get(label) ?? '']
    return a === '' && b === '' ? [] : [{ label, one: a, other: b, isDifferent: a !== b }]
  })
}

function rowsOf(facts: EntryFacts, units: Units): ReadonlyMap<string, string> {
  const { summary } = facts
  return new Map([
    [t('column.what'), titleOf(summary)],
    [t('column.when'), summary.when === undefined ? '' : whenOf(summary, 'long')],
    [t('column.value'), valueOfEntry(summary, { units, labUnits: 'reported' })],
    [fieldLabel('status'), t(`status.${summary.status}`)],
    ...factRows(facts).map(({ label, value }) => [label, value] as const),
    [t('column.codes'), codesOf(summary)],
    [t('entry.section'), t(`section.${summary.section}`)],
    [t('entry.author'), summary.source.type === 'import' ? (summary.source.author ?? '') : ''],
  ])
}

function codesOf({ codes }: EntrySummary): string {
  return [...new Set(codes.flatMap(({ code }) => code ?? []))].toSorted().join(', ')
}

/** A day by the source's own clock; empty where it says none. */
export function updatedWords(ms: number | undefined): string {
  return ms === undefined ? '' : formatWhen({ text: new Date(ms).toISOString() }, language(), 'long')
}
