import type { Instant } from '#schema/instant.ts'
import { type EntryId, type EntryKind, type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { type Change, changesSince, isNews, lastVisitDay } from '../exchange/report/changes-since.ts'
import { type EntryFacts, factsOf } from '../exchange/report/entry-facts.ts'
import type { ChangedRows, HowChanged, WhatChanged } from '../history-session.ts'
import type { Row } from './row.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

const DAY_MS = 86_400_000
/** Without a visit, so far back. */
const USUAL_DAYS = 30
/** So many rows of each group are told; all are counted. */
const MOST = 50
const HOW: readonly HowChanged[] = ['new', 'entered', 'changed', 'ended']
/** Of which nothing is told but that somebody corrected it. */
const MEASURED: ReadonlySet<EntryKind> = new Set(['blood-pressure', 'weight', 'height', 'vital-sign', 'lab-result'])

/** Shards with nothing but measurements and results that nobody touched stay closed: their rows say all that is asked of them. */
export async function whatChanged(deps: TakenDeps, asked: string | undefined, now: Instant): Promise<WhatChanged> {
  await deps.keeper.level()
  const visible = deps.keeper.index.visible()
  const rows = visible.map(({ summary }) => summary)
  const lastVisit = lastVisitDay(rows, now)
  const since = asked ?? lastVisit ?? new Date(now - USUAL_DAYS * DAY_MS).toISOString().slice(0, 10)
  const start = Date.parse(since)
  if (Number.isNaN(start)) return { since, out: told([]), sections: [] }
  const touched = touchedIds(visible)
  const wanted = (summary: EntrySummary) =>
    touched.has(summary.id) || (!QUIET_KINDS.has(summary.kind) && isNews(summary))
  const taken = (await Array.fromAsync(takenEntries(deps, wanted))).map(factsOf).toSorted(newestFirst)
  const corrected = taken.filter(facts => touched.has(facts.summary.id) && isChanged(facts, start))
  const changes = [
    ...changesSince(taken, start, now).map(change => ({ how: howOf(change, since, start), ...change.facts })),
    ...corrected.map(facts => ({ how: 'changed' as const, ...facts })),
  ]
  const sections = SECTIONS.flatMap(section =>
    HOW.flatMap(how => {
      const found = changes.filter(each => each.how === how && each.summary.section === section)
      return found.length === 0 ? [] : [{ section, how, ...told(found.map(({ summary }) => summary)) }]
    }),
  )
  return {
    since,
    ...(asked === undefined && lastVisit !== undefined ? { isLastVisit: true } : {}),
    out: told(rows.filter(row => isOutSince(row, start, now)).toSorted((a, b) => timeOf(b) - timeOf(a))),
    sections,
  }
}

const touchedIds = (rows: readonly Row[]): ReadonlySet<EntryId> =>
  new Set(
    rows.flatMap(({ isUntouched, summary: { id, kind, status } }) =>
      isUntouched || !MEASURED.has(kind) || status === 'mistaken' ? [] : [id],
    ),
  )

const isChanged = ({ addedAt, changedAt }: EntryFacts, start: number) => changedAt > addedAt && changedAt >= start

/** What was typed since of an earlier time is new in the record alone. A year that the day is in leaves open which it is. */
function howOf({ how, facts: { summary } }: Change, since: string, start: number): HowChanged {
  const { when } = summary
  const isEarlier = when !== undefined && when.sortAt < start && !since.startsWith(when.text)
  return how === 'new' && isEarlier ? 'entered' : how
}

const timeOf = ({ when }: EntrySummary) => when?.sortAt ?? 0

type WithSummary = { readonly summary: EntrySummary }
const newestFirst = (a: WithSummary, b: WithSummary) => timeOf(b.summary) - timeOf(a.summary)

const told = (rows: readonly EntrySummary[]): ChangedRows => ({ rows: rows.slice(0, MOST), count: rows.length })

function isOutSince({ flag, when, status }: EntrySummary, start: number, now: number): boolean {
  return isOut(flag) && status !== 'mistaken' && when !== undefined && when.sortAt >= start && when.sortAt <= now
}
