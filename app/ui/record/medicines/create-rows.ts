import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type { TimelineQuery } from '#app/core/session.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { keepAlike } from '../../keep-alike.ts'
import { useSession } from '../../session.ts'

/** So many rows are asked for at most. */
const MOST = 20_000

/** All rows of a query, newest first, anew whenever the record moves; undefined until they are there, and while there is no query. */
export function createRows(query: Accessor<TimelineQuery | undefined>): Accessor<readonly EntrySummary[] | undefined> {
  const session = useSession()
  const [rows, setRows] = createSignal<readonly EntrySummary[]>()
  createEffect(() => {
    const asked = query()
    if (asked === undefined) return
    let told = 0
    let isOver = false
    const stopping = session.watchTimeline(asked, ({ total }) => {
      const mine = ++told
      void session.timelineRows(asked, 0, Math.min(total, MOST)).then(found => {
        if (!isOver && mine === told) setRows(before => keepAlike(before, found))
      })
    })
    onCleanup(() => {
      isOver = true
      void stopping.then(stop => stop())
    })
  })
  return rows
}

const TICK_MS = 20_000

/** Now, moving on by itself and when the page comes to sight again. */
export function createNow(): Accessor<number> {
  const [now, setNow] = createSignal(Date.now())
  const tick = () => setNow(Date.now())
  const timer = setInterval(tick, TICK_MS)
  document.addEventListener('visibilitychange', tick)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}

/** The IANA zone of this device's clock. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
