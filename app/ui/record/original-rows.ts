import { type EntryFacts, factsOf } from '#app/core/exchange/report/entry-facts.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { t } from '../language/language.ts'
import { fieldLabel, type FieldRow, fieldValue } from './field-words.ts'

/** What an imported entry's original says beside its value, in the order in which people ask for it; what it does not say is no row. */
export const originalRows = (entry: EntryDetail): readonly FieldRow[] => factRows(factsOf(entry))

/** The same of facts that are known already. */
export function factRows({ summary, ...facts }: EntryFacts): readonly FieldRow[] {
  const { reaction, severity, range, lot, directions, reason, until, note } = facts
  const rows = [
    { label: fieldLabel('reaction'), value: reaction },
    { label: fieldLabel('severity'), value: severity && fieldValue('severity', severity, 'metric') },
    { label: t('column.flag'), value: summary.flag && t(`flag.${summary.flag}`) },
    { label: t('column.range'), value: range },
    { label: t('entry.lot'), value: lot },
    { label: fieldLabel('directions'), value: directions },
    { label: fieldLabel('reason'), value: reason },
    { label: fieldLabel('until'), value: until && fieldValue('until', until, 'metric') },
    { label: fieldLabel('note'), value: note },
  ]
  const said = summary.value?.type === 'text' ? summary.value.text : ''
  return rows.flatMap(({ label, value = '' }) => (value === '' || said.includes(value) ? [] : [{ label, value }]))
}
