import type { EntrySummary } from '#schema/record/entry.ts'
import type { SeenTwice } from '../twice-session.ts'
import { type Likeness, likenessesOf } from './likenesses.ts'
import { makeBreath } from '../breath.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import { areCodedApart, isToldApart } from './told-apart.ts'

/**
 * What may be the same thing from two sources: entries that say the same of themselves, one pair at a time for each entry. No knowledge
 * of medicine, no score. Works through the rows once, and compares only rows of one likeness.
 */
export async function proposalsIn({
  visible,
  answerOf,
}: Pick<RecordIndex, 'visible' | 'answerOf'>): Promise<readonly SeenTwice[]> {
  // The rows are one list that changes in place, also while this takes a breath.
  const rows = [...visible()]
  const used = new Set<Row>()
  const found = new Map<Row, SeenTwice>()
  for (const { likeness, rows: alike } of await groupsIn(rows)) {
    for (const [place, one] of alike.entries()) {
      if (used.has(one)) continue
      const other = alike
        .slice(place + 1)
        .find(each => !used.has(each) && isProposed(one, each, likeness) && answerOf(one, each) === undefined)
      if (other === undefined) continue
      used.add(one).add(other)
      found.set(one, { one: one.summary, other: other.summary, why: likeness.why })
    }
  }
  return rows.flatMap(row => found.get(row) ?? [])
}

interface Group {
  readonly likeness: Likeness
  readonly rows: Row[]
}

/** Rows of one likeness and more than one source: one source's own are never proposed, however many they are. */
async function groupsIn(rows: readonly Row[]): Promise<readonly Group[]> {
  const byKey = new Map<string, Group>()
  const breath = makeBreath()
  for (const row of rows) {
    if (breath.isDue()) await breath.take()
    for (const likeness of likenessesOf(row.summary)) {
      const known = byKey.get(likeness.key)
      if (known === undefined) byKey.set(likeness.key, { likeness, rows: [row] })
      else known.rows.push(row)
    }
  }
  return [...byKey.values()].filter(
    group => group.rows.length > 1 && new Set(group.rows.flatMap(all).map(sourceOf)).size > 1,
  )
}

const sourceOf = ({ source }: EntrySummary) => (source.type === 'import' ? source.importId : undefined)

const all = ({ summary, behind = [] }: Row) => [summary, ...behind.map(row => row.summary)]

/** Of two sources, both where the same people can see them, and nothing that either of them says makes them two. */
function isProposed(one: Row, other: Row, { isByName }: Likeness): boolean {
  const [a, b] = [one.summary, other.summary]
  if (a.section !== b.section || (a.isPrivate === true) !== (b.isPrivate === true)) return false
  const sources = new Set(all(one).map(sourceOf))
  if (all(other).some(summary => sources.has(sourceOf(summary)))) return false
  const areTwo = (each: EntrySummary, against: EntrySummary) =>
    isToldApart(each, against) || (isByName && areCodedApart(each, against))
  return isHourAlike(a, b) && !all(one).some(each => all(other).some(against => areTwo(each, against)))
}

/** Where both say an hour, it is the same. */
function isHourAlike({ when: one }: EntrySummary, { when: other }: EntrySummary): boolean {
  const hasHour = (text: string) => text.length > 10
  if (one === undefined || other === undefined || !hasHour(one.text) || !hasHour(other.text)) return true
  return one.sortAt === other.sortAt
}
