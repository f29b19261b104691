import { absenceOf } from '#schema/codes/absence.ts'
import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { isNoIllness } from '#schema/record/no-illness.ts'
import type { Home } from '../session.ts'
import { fold, type Row } from './row.ts'
import { isLoud, sectionCounts, shownIn } from './timeline.ts'

const RESULTS = 12
const RECENT = 12
const READINGS = 10

/** What is over, planned, a mistake or not so does not matter now; what says nothing of itself may. */
function mattersNow(summary: EntrySummary): boolean {
  return (summary.status === 'active' || summary.status === 'unknown') && summary.isNegated !== true
}

/** The same problem or medicine is often written down many times: the newest stands for all. */
function sameThing(summary: EntrySummary): string {
  if (summary.title !== '') return fold(summary.title)
  const code = summary.codes.find(each => each.code !== undefined)
  return code === undefined ? summary.id : `${code.system ?? ''}|${code.code ?? ''}`
}

function sameTest(summary: EntrySummary): string {
  const code = summary.codes.find(each => each.code !== undefined)
  const test = code === undefined ? sameThing(summary) : `${code.system ?? ''}|${code.code ?? ''}`
  return summary.value?.type === 'quantity' ? `${test}|${summary.value.quantity.unit}` : test
}

/** The first `most` of a kind, one for each key; rows come newest first. */
function newest(
  rows: readonly Row[],
  most: number,
  isWanted: (summary: EntrySummary) => boolean,
  keyOf: (summary: EntrySummary) => string,
): EntrySummary[] {
  const found = new Map<string, EntrySummary>()
  for (const { summary } of rows) {
    if (found.size >= most) break
    if (!isWanted(summary)) continue
    const key = keyOf(summary)
    if (!found.has(key)) found.set(key, summary)
  }
  return [...found.values()]
}

const hasHappened = (summary: EntrySummary) => summary.status !== 'planned' && summary.status !== 'mistaken'

/** What matters now, of the visible rows, newest first. */
export function homeOf(visible: readonly Row[], personName: string): Home {
  const rows = visible.filter(isLoud)
  const byId = (summary: EntrySummary) => summary.id
  const current = (kind: EntryKind) =>
    newest(rows, rows.length, summary => summary.kind === kind && mattersNow(summary), sameThing)
  const conditions = current('condition')
  const latest = (kind: EntryKind) =>
    newest(rows, READINGS, summary => summary.kind === kind && hasHappened(summary), byId)
  return {
    personName,
    counts: sectionCounts(
      rows.filter(({ summary }) => summary.kind !== 'statement'),
      shownIn,
    ),
    total: rows.length,
    problems: conditions.filter(summary => !isNoIllness(summary)),
    alsoNoted: conditions.filter(isNoIllness),
    allergies: current('allergy'),
    medicines: current('medicine'),
    statements: newest(
      rows,
      rows.length,
      summary => summary.kind === 'statement' && mattersNow(summary),
      ({ section, codes, id }) => absenceOf(section, codes) ?? id,
    ),
    latestResults: newest(
      rows,
      RESULTS,
      summary => summary.kind === 'lab-result' && hasHappened(summary) && summary.value !== undefined,
      sameTest,
    ),
    recent: newest(rows, RECENT, summary => summary.when !== undefined && hasHappened(summary), byId),
    latestBloodPressure: latest('blood-pressure'),
    latestWeight: latest('weight'),
    conflicts: visible.filter(row => row.hasConflict).map(row => row.summary.id),
  }
}
