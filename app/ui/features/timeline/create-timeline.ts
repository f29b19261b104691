import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import type { Session, TimelineOverview, TimelineQuery } from '#app/core/session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { createRowPages } from './row-pages.ts'

export interface Timeline {
  /** Undefined until the worker has first answered; afterwards the last answer stands until the next is there. */
  readonly overview: Accessor<TimelineOverview | undefined>
  readonly row: (index: number) => EntrySummary | undefined
  /** The first rows are there, or there are none: what can wait for them is asked for now. */
  readonly isThere: Accessor<boolean>
  /** How long the last answer took, in ms: what is typed meanwhile is asked for together. */
  readonly answerMs: () => number
  /** Rows `from` to before `to` are on screen or nearly. */
  readonly want: (from: number, to: number) => void
}

/** The answer to a query that may change: its months at once, its rows as they come near the screen. */
export function createTimeline(session: Session, query: Accessor<TimelineQuery>): Timeline {
  const [overview, setOverview] = createSignal<TimelineOverview>()
  const [fetched, setFetched] = createSignal(0)
  let answerMs = 0

  const pages = createMemo(() => {
    const asked = query()
    return createRowPages(
      (from, to) => session.timelineRows(asked, from, to),
      () => setFetched(count => count + 1),
    )
  })

  createEffect(() => {
    let stop: (() => void) | undefined
    let isOver = false
    const askedAt = performance.now()
    let isFirst = true
    onCleanup(() => {
      isOver = true
      stop?.()
    })
    void session
      .watchTimeline(query(), next => {
        if (isOver) return
        if (isFirst) answerMs = performance.now() - askedAt
        isFirst = false
        setOverview(next)
      })
      .then(end => {
        stop = end
        if (isOver) end()
      })
  })

  return {
    overview,
    row(index) {
      fetched()
      return pages().row(index)
    },
    answerMs: () => answerMs,
    isThere: () => fetched() > 0 || overview()?.total === 0,
    want(from, to) {
      const now = overview()
      if (now !== undefined) pages().want(from, Math.min(to, now.total), now.version)
    },
  }
}
