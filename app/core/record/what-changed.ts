import type { Instant } from '#schema/instant.ts'
import { type EntrySummary, QUIET_KINDS } from '#schema/record/entry.ts'
import { isOut } from '#schema/record/fhir/result-flag.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { changesSince, isNews, lastVisitDay } from '../exchange/report/changes-since.ts'
import { factsOf } from '../exchange/report/entry-facts.ts'
import type { ChangedRows, WhatChanged } from '../history-session.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

const DAY_MS = 86_400_000
/** Without a visit, so far back. */
const USUAL_DAYS = 30
/** So many rows of each group are told; all are counted. */
const MOST = 50
const HOW = ['new', 'changed', 'ended'] as const

/** Shards that hold nothing but measurements and results stay closed: their rows say all that is asked of them. */
export async function whatChanged(deps: TakenDeps, asked: string | undefined, now: Instant): Promise<WhatChanged> {
  await deps.keeper.level()
  const rows = deps.keeper.index.visible().map(({ summary }) => summary)
  const lastVisit = lastVisitDay(rows, now)
  const since = asked ?? lastVisit ?? new Date(now - USUAL_DAYS * DAY_MS).toISOString().slice(0, 10)
  const start = Date.parse(since)
  if (Number.isNaN(start)) return { since, out: told([]), sections: [] }
  const wanted = (summary: EntrySummary) => !QUIET_KINDS.has(summary.kind) && isNews(summary)
  const taken = await Array.fromAsync(takenEntries(deps, wanted))
  const changes = changesSince(taken.map(factsOf).toSorted(newestFirst), start, now)
  const sections = SECTIONS.flatMap(section =>
    HOW.flatMap(how => {
      const found = changes.filter(each => each.how === how && each.facts.summary.section === section)
      return found.length === 0 ? [] : [{ section, how, ...told(found.map(({ facts }) => facts.summary)) }]
    }),
  )
  return {
    since,
    ...(asked === undefined && lastVisit !== undefined ? { isLastVisit: true } : {}),
    out: told(rows.filter(row => isOutSince(row, start, now)).toSorted((a, b) => timeOf(b) - timeOf(a))),
    sections,
  }
}

const timeOf = ({ when }: EntrySummary) => when?.sortAt ?? 0

type WithSummary = { readonly summary: EntrySummary }
const newestFirst = (a: WithSummary, b: WithSummary) => timeOf(b.summary) - timeOf(a.summary)

const told = (rows: readonly EntrySummary[]): ChangedRows => ({ rows: rows.slice(0, MOST), count: rows.length })

function isOutSince({ flag, when, status }: EntrySummary, start: number, now: number): boolean {
  return isOut(flag) && status !== 'mistaken' && when !== undefined && when.sortAt >= start && when.sortAt <= now
}
