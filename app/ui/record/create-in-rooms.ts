import { type Accessor, createMemo, mapArray } from 'solid-js'
import type { Session, Stop } from '#app/core/session.ts'
import { createWatch, useOwnSession } from '../session.ts'
import { keptSession } from '../shell/kept-session.ts'

export interface InRoom<Told> {
  readonly keptId: string
  readonly told: Told
}

/** What each of these accounts tells, as soon as it does and for as long as it is among them. */
export function createInRooms<Told>(
  ids: Accessor<readonly string[]>,
  watch: (room: Session, listener: (told: Told) => void) => Promise<Stop>,
): Accessor<readonly InRoom<Told>[]> {
  const session = useOwnSession()
  const rooms = mapArray(ids, keptId => {
    const heard = createWatch<{ readonly told: Told }>(listener =>
      watch(keptSession(session, keptId), told => listener({ told })),
    )
    return () => ({ keptId, heard: heard() })
  })
  return createMemo(() =>
    rooms().flatMap(room => {
      const { keptId, heard } = room()
      return heard === undefined ? [] : [{ keptId, told: heard.told }]
    }),
  )
}
