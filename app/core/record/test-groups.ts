import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { inAnalyteUnit } from '#schema/codes/analytes.ts'
import type { EntrySummary, Quantity } from '#schema/record/entry.ts'
import { loincOf } from '#schema/record/fhir/concept.ts'
import type { Change, TestGroup, TestPanel } from '../results-session.ts'
import { fold, type Row } from './row.ts'

/** A group, and all that is in it, newest first. */
export interface GroupedTest {
  readonly group: TestGroup
  readonly results: readonly EntrySummary[]
}

/** A result that is, or will be: none that is a mistake, or that was never made; a panel is no result of its own. */
function isResult({ summary, lists }: Row): boolean {
  const { kind, status, isNegated, value } = summary
  if (kind !== 'lab-result' || status === 'mistaken' || status === 'planned' || isNegated === true) return false
  return lists === undefined || value !== undefined
}

/** By what results are of one test: a LOINC code, else another one, else how its source calls it. */
function testNameOf({ codes, title, id }: EntrySummary): string {
  const loinc = loincOf(codes)[0]
  if (loinc !== undefined) return `loinc ${loinc}`
  const other = codes.find(({ code }) => code !== undefined)
  if (other !== undefined) return `code ${other.system ?? ''} ${other.code ?? ''}`
  return title === '' ? `entry ${id}` : `title ${fold(title).trim()}`
}

/** The key of the test that an entry is a result of, or of the panel that it is. */
export function testKeyOf(summary: EntrySummary): string {
  return toHex(hash(utf8(`test ${testNameOf(summary)}`)).subarray(0, 8))
}

/** Of rows in their order (newest first): one for each test, by its key. */
export function groupTests(rows: readonly Row[]): ReadonlyMap<string, GroupedTest> {
  const byName = Map.groupBy(rows.filter(isResult), row => testNameOf(row.summary))
  const panelOf = panelFinder(rows)
  const groups = [...byName.values()].flatMap(results => groupOf(results, panelOf))
  return new Map(groups.map(each => [each.group.key, each]))
}

function groupOf(rows: readonly Row[], panelOf: PanelFinder): GroupedTest | [] {
  const [latest] = rows
  if (latest === undefined) return []
  const before = beforeOf(latest.summary, rows)
  const change = before === undefined ? undefined : changeOf(before, latest.summary)
  const panel = panelOf(rows)
  const units = rows.flatMap(({ summary: { value } }) => (value?.type === 'quantity' ? value.quantity.unit : []))
  const group: TestGroup = {
    key: testKeyOf(latest.summary),
    latest: latest.summary,
    ...(before === undefined ? {} : { before }),
    ...(change === undefined ? {} : { change }),
    count: rows.length,
    units: [...new Set(units)],
    ...(panel === undefined ? {} : { panel }),
  }
  return { group, results: rows.map(row => row.summary) }
}

/** Of two results at one moment, neither is before the other. */
function beforeOf(latest: EntrySummary, rows: readonly Row[]): EntrySummary | undefined {
  const at = latest.when?.sortAt
  if (at === undefined || latest.value?.type !== 'quantity') return undefined
  return rows.find(({ summary }) => summary.when !== undefined && summary.when.sortAt < at && inUnitOf(summary, latest))
    ?.summary
}

/** The number of `summary` in the unit of `other`, where that is certain. */
function inUnitOf(summary: EntrySummary, other: EntrySummary): Quantity | undefined {
  const [one, two] = [summary.value, other.value]
  if (one?.type !== 'quantity' || two?.type !== 'quantity') return undefined
  if (one.quantity.unit === two.quantity.unit) return one.quantity
  return two.quantity.isUcum ? inAnalyteUnit(one.quantity, summary.codes, two.quantity.unit) : undefined
}

/** What is known of a change, where one of the two may only be a bound. */
export function changeOf(before: EntrySummary, after: EntrySummary): Change | undefined {
  const to = after.value?.type === 'quantity' ? after.value.quantity : undefined
  const from = inUnitOf(before, after)
  if (from === undefined || to === undefined) return undefined
  if (from.value === to.value && from.comparator === to.comparator) return 'same'
  if (isBelow(from, to)) return 'up'
  return isBelow(to, from) ? 'down' : undefined
}

/** Whether each number that `one` may be is less than each that `other` may be. */
function isBelow(one: Quantity, other: Quantity): boolean {
  if (one.comparator?.startsWith('>') || other.comparator?.startsWith('<')) return false
  const isOpen = one.comparator === '<' || other.comparator === '>'
  return one.value < other.value || (isOpen && one.value === other.value)
}

type PanelFinder = (results: readonly Row[]) => TestPanel | undefined

/** Reports by what they list; those that list nothing by their source and moment, where only one is of that. */
function panelFinder(rows: readonly Row[]): PanelFinder {
  const listing = new Map<string, Row>()
  const atMoment = new Map<string, Row | 'several'>()
  const newest = new Map<string, EntrySummary>()
  for (const row of rows) {
    const { kind, status } = row.summary
    const isPanel = kind === 'report' || (kind === 'lab-result' && row.lists !== undefined)
    if (!isPanel || status === 'mistaken') continue
    const name = testNameOf(row.summary)
    if (!newest.has(name)) newest.set(name, row.summary)
    for (const thing of row.lists ?? []) if (!listing.has(thing)) listing.set(thing, row)
    const moment = row.lists === undefined ? momentOf(row) : undefined
    if (moment !== undefined) atMoment.set(moment, atMoment.has(moment) ? 'several' : row)
  }
  const listedIn = ({ thing, behind = [] }: Row) =>
    [thing, ...behind.map(each => each.thing)].flatMap(each => (each === undefined ? [] : (listing.get(each) ?? [])))[0]
  const besides = (row: Row) => {
    const found = atMoment.get(momentOf(row) ?? '')
    return found === 'several' ? undefined : found
  }
  return results => {
    const report = firstFound(results, listedIn) ?? (results[0] && besides(results[0]))
    if (report === undefined) return undefined
    return { key: testKeyOf(report.summary), report: newest.get(testNameOf(report.summary)) ?? report.summary }
  }
}

function firstFound(rows: readonly Row[], find: (row: Row) => Row | undefined): Row | undefined {
  for (const row of rows) {
    const found = find(row)
    if (found !== undefined) return found
  }
  return undefined
}

/** A day alone is no moment: other reports are of that day too. */
function momentOf({ summary: { source, when } }: Row): string | undefined {
  if (source.type !== 'import' || when?.text.includes('T') !== true) return undefined
  return `${source.importId} ${source.author ?? ''} ${when.text}`
}
