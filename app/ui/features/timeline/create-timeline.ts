import { type Accessor, batch, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Session, TimelineOverview, TimelineQuery } from '#app/core/session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { createRowPages, PAGE_ROWS, type RowPages } from './row-pages.ts'

export interface Timeline {
  /** Undefined until the worker has first answered; afterwards the last answer stands until the next is there. */
  readonly overview: Accessor<TimelineOverview | undefined>
  readonly row: (index: number) => EntrySummary | undefined
  /** Rows `from` to before `to` are on screen or nearly. */
  readonly want: (from: number, to: number) => void
  /** What is asked has no answer yet. */
  readonly isAsking: Accessor<boolean>
}

/** What a query was answered, with the rows of that answer. */
interface Answer {
  readonly overview: TimelineOverview
  readonly pages: RowPages
}

/** The answer to a query that may change: its months with its first rows at once, others as they come near the screen. */
export function createTimeline(session: Session, query: Accessor<TimelineQuery>): Timeline {
  const [answer, setAnswer] = createSignal<Answer>()
  const [fetched, setFetched] = createSignal(0)
  const [isAsking, setAsking] = createSignal(true)

  createEffect(
    on(query, asked => {
      const pages = createRowPages(
        (from, to) => session.timelineRows(asked, from, to),
        () => setFetched(count => count + 1),
      )
      let stop: (() => void) | undefined
      let isOver = false
      onCleanup(() => {
        isOver = true
        stop?.()
      })
      setAsking(true)
      const tell = (overview: TimelineOverview) => {
        if (isOver) return
        pages.begin(overview.first, overview.version)
        batch(() => {
          setAnswer({ overview, pages })
          setAsking(false)
        })
      }
      void session.watchTimeline({ ...asked, first: PAGE_ROWS }, tell).then(end => {
        stop = end
        if (isOver) end()
      })
    }),
  )

  return {
    overview: () => answer()?.overview,
    row(index) {
      fetched()
      return answer()?.pages.row(index)
    },
    isAsking,
    want(from, to) {
      const now = answer()
      if (now !== undefined) now.pages.want(from, Math.min(to, now.overview.total), now.overview.version)
    },
  }
}
