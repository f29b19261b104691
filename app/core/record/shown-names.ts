import { namedIn } from '#schema/named-in.ts'
import { absenceOf } from '#schema/codes/absence.ts'
import { codeTitle } from '#schema/codes/code-title.ts'
import { CVX_NAMES } from '#schema/codes/cvx.ts'
import { cvxCodeOf } from '#schema/codes/cvx-code.ts'
import { LOINC_NAMES } from '#schema/codes/loinc-names.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import type { ShownWords } from '../session.ts'

/** What a screen calls an entry whose title says nothing or is not what is shown (decision 32); '' where it shows the title. */
export function shownName(summary: EntrySummary, words: ShownWords): string {
  const absence = summary.kind === 'statement' ? absenceOf(summary.section, summary.codes) : undefined
  if (absence !== undefined) return words.absences?.[absence] ?? ''
  if (summary.title !== '') return ''
  const vaccine = cvxCodeOf(summary.codes)
  if (vaccine !== undefined) return namedIn(CVX_NAMES, vaccine) ?? vaccine
  return codeTitle(summary, LOINC_NAMES) ?? words.kinds?.[summary.kind] ?? ''
}
