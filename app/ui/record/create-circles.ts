import { type Accessor, createMemo, mapArray } from 'solid-js'
import type { CircleDetail } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { createWatch, useOwnSession } from '../session.ts'
import { keptSession } from '../shell/kept-session.ts'

export interface CircleHere {
  /** Of the account with which this person takes part in it. */
  readonly keptId: string
  readonly circle: CircleDetail
}

/** The circles this person is in, and into which more can be said. */
export function createCircles(): Accessor<readonly CircleHere[]> {
  const session = useOwnSession()
  const accounts = createWatch<readonly KeptRecord[]>(listener => session.watchCircles(listener))
  const ids = createMemo(() => (accounts() ?? []).map(({ keptId }) => keptId))
  const rooms = mapArray(ids, keptId => {
    const told = createWatch<{ readonly circle: CircleDetail | undefined }>(listener =>
      keptSession(session, keptId).watchCircle(circle => listener({ circle })),
    )
    return () => ({ keptId, circle: told()?.circle })
  })
  return createMemo(() =>
    rooms().flatMap(room => {
      const { keptId, circle } = room()
      return circle === undefined || circle.isOver ? [] : [{ keptId, circle }]
    }),
  )
}
