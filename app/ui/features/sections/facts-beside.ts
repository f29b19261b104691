import type { EntryDetail } from '#schema/record/entry.ts'
import { language } from '../../language/language.ts'
import { fieldLabel, type FieldRow, fieldRows } from '../../record/field-words.ts'
import { formatWhen } from '../../record/format-when.ts'
import { originalRows } from '../../record/original-rows.ts'
import type { ReaderUnits } from '../../record/units.ts'
import { titleOf, valuePartsOf } from '../../record/words.ts'

/** In an entry's row as its name, as one value, or as its state. */
const IN_ROW = [
  'status',
  'systolicMmHg',
  'diastolicMmHg',
  'pulsePerMinute',
  'weightKg',
  'measure',
  'writtenAt',
] as const

/** A row shows three lines of a value: what is longer is told below it in full. */
const WHOLE_IN_ROW = 100

/** What an entry says beside what stands in its row: its title, its value and its day. */
export function factsBeside(entry: EntryDetail, reader: ReaderUnits): readonly FieldRow[] {
  const { fields, summary } = entry
  const told = fields === undefined ? originalRows(entry) : fieldRows(fields, reader)
  const inRow = new Set([titleOf(summary), summary.title, ...valuePartsOf(summary, reader)])
  const { when } = summary
  for (const text of when === undefined ? [] : [when.text, when.text.slice(0, 10)]) {
    inRow.add(formatWhen({ text }, language(), 'long'))
  }
  const labels = new Set(IN_ROW.map(field => fieldLabel(field)))
  if (fields?.kind === 'symptom') labels.add(fieldLabel('severity'))
  return told.filter(({ label, value }) => !labels.has(label) && (value.length > WHOLE_IN_ROW || !inRow.has(value)))
}
