import type { EntrySummary } from '#schema/record/entry.ts'
import type { SameWhy, SeenTwice } from '../twice-session.ts'
import type { RecordIndex } from './record-index.ts'
import { fold, type Row } from './row.ts'
import { isToldApart } from './told-apart.ts'

/** What an entry is known by: all entries of one key may be the same thing. */
interface Likeness {
  readonly key: string
  readonly why: SameWhy
}

/**
 * What may be the same thing from two sources: entries that say the same of themselves, one pair at a time for each entry. No knowledge
 * of medicine, no score. Works through the rows once.
 */
export function proposalsIn({ visible, answerOf }: Pick<RecordIndex, 'visible' | 'answerOf'>): readonly SeenTwice[] {
  const rows = visible()
  const byKey = new Map<string, Row[]>()
  const whys = new Map<string, SameWhy>()
  for (const row of rows) {
    for (const { key, why } of likenessesOf(row.summary)) {
      whys.set(key, why)
      const known = byKey.get(key)
      if (known === undefined) byKey.set(key, [row])
      else known.push(row)
    }
  }
  const used = new Set<Row>()
  const found = new Map<Row, SeenTwice>()
  for (const [key, alike] of byKey) {
    for (const [place, one] of alike.entries()) {
      if (used.has(one)) continue
      const other = alike
        .slice(place + 1)
        .find(each => !used.has(each) && isProposed(one, each) && answerOf(one, each) === undefined)
      const why = whys.get(key)
      if (other === undefined || why === undefined) continue
      used.add(one).add(other)
      found.set(one, { one: one.summary, other: other.summary, why })
    }
  }
  return rows.flatMap(row => found.get(row) ?? [])
}

const sourceOf = ({ source }: EntrySummary) => (source.type === 'import' ? source.importId : undefined)

const all = ({ summary, behind = [] }: Row) => [summary, ...behind.map(row => row.summary)]

/** Of two sources, both where the same people can see them, and nothing that either of them says makes them two. */
function isProposed(one: Row, other: Row): boolean {
  const [a, b] = [one.summary, other.summary]
  if (a.section !== b.section || (a.isPrivate === true) !== (b.isPrivate === true)) return false
  const sources = new Set(all(one).map(sourceOf))
  if (all(other).some(summary => sources.has(sourceOf(summary)))) return false
  return isHourAlike(a, b) && !all(one).some(each => all(other).some(against => isToldApart(each, against)))
}

/** Where both say an hour, it is the same. */
function isHourAlike({ when: one }: EntrySummary, { when: other }: EntrySummary): boolean {
  const hasHour = (text: string) => text.length > 10
  if (one === undefined || other === undefined || !hasHour(one.text) || !hasHour(other.text)) return true
  return one.sortAt === other.sortAt
}

function likenessesOf(summary: EntrySummary): readonly Likeness[] {
  if (summary.status === 'mistaken' || summary.status === 'planned' || summary.isNegated === true) return []
  const keys = (why: SameWhy, ...also: readonly string[]) =>
    codesOf(summary).map(code => ({ why, key: JSON.stringify([why, code, ...also]) }))
  const day = dayOf(summary)
  const { kind } = summary
  if (kind === 'immunization') return day === undefined ? [] : keys('vaccine-and-day', day)
  if (kind === 'lab-result') {
    const value = valueOf(summary)
    return day === undefined || value === undefined ? [] : keys('test-day-and-value', day, value)
  }
  if (kind === 'allergy') return [...keys('allergy', summary.status), ...named(summary, 'allergy', summary.status)]
  if (kind === 'condition') return summary.status === 'active' ? keys('condition') : []
  if (kind !== 'medicine') return []
  if (summary.status === 'active') return [...keys('medicine-taken'), ...named(summary, 'medicine-taken')]
  return day === undefined ? [] : [...keys('medicine-begun', day), ...named(summary, 'medicine-begun', day)]
}

/** By what it is called: what people type has no code. */
function named({ title }: EntrySummary, why: SameWhy, ...also: readonly string[]): readonly Likeness[] {
  return title.trim() === '' ? [] : [{ why, key: JSON.stringify([why, '', fold(title.trim()), ...also]) }]
}

function codesOf({ codes }: EntrySummary): readonly string[] {
  const known = codes.flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : `${system}|${code}`,
  )
  return [...new Set(known)]
}

/** Undefined where only a month or a year is known. */
function dayOf({ when }: EntrySummary): string | undefined {
  return when === undefined || when.text.length < 10 ? undefined : when.text.slice(0, 10)
}

function valueOf({ value }: EntrySummary): string | undefined {
  if (value?.type === 'text') return fold(value.text)
  if (value?.type !== 'quantity') return undefined
  const { comparator = '', value: number, unit } = value.quantity
  return `${comparator}${number} ${unit}`
}
