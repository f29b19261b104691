import { useLocation } from '@solidjs/router'
import { createEffect } from 'solid-js'
import { useViews } from '../session.ts'

/** Tells the views of the record on screen where its person goes: the place in the timeline is kept for entries alone. */
export function createVisits(): void {
  const views = useViews()
  const place = useLocation()
  createEffect(() => views.visited(place.pathname, place.search))
}
