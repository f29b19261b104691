import type { EntrySummary } from '#schema/record/entry.ts'
import { formatNumber } from '../../language/format.ts'
import { language } from '../../language/language.ts'
import { formatQuantity } from '../../record/format-value.ts'
import type { ReaderUnits } from '../../record/units.ts'
import { shownLimits } from './test-series.ts'

/** The range that a result came with, in the reader's unit, else in its source's words; empty where it has none. Reactive. */
export function rangeWordsOf(result: EntrySummary, reader: ReaderUnits): string {
  const { range } = result
  if (range !== undefined && 'words' in range) return range.words
  const { low, high } = shownLimits(result, reader)
  const words = (end: NonNullable<typeof low>) => formatQuantity(end, reader.units, language(), 'exact')
  if (low !== undefined && high !== undefined) return leftToRight(`${formatNumber(low.value)} – ${words(high)}`)
  if (low !== undefined) return leftToRight(`≥ ${words(low)}`)
  return high === undefined ? '' : leftToRight(`≤ ${words(high)}`)
}

/** In every script: 70 – 99 must never read as 99 – 70. */
const leftToRight = (text: string) => `\u2066${text}\u2069`
