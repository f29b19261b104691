import { type Accessor, createMemo } from 'solid-js'
import type { CircleNews } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import { createWatch, useOwnSession } from '../session.ts'
import { createInRooms } from './create-in-rooms.ts'

export interface CircleHere extends CircleNews {
  /** Of the account with which this person takes part in it. */
  readonly keptId: string
}

/** The circles this person is or was in, and what they have not looked at in each. */
export function createCircles(): Accessor<readonly CircleHere[]> {
  const session = useOwnSession()
  const accounts = createWatch<readonly KeptRecord[]>(listener => session.watchCircles(listener))
  const ids = createMemo(() => (accounts() ?? []).map(({ keptId }) => keptId))
  const rooms = createInRooms<CircleNews | undefined>(ids, (room, listener) => room.watchCircleNews(listener))
  return createMemo(() => rooms().flatMap(({ keptId, told }) => (told === undefined ? [] : [{ keptId, ...told }])))
}

export interface CircleLine {
  /** Of the circle. */
  readonly name: string
  readonly path: string
  readonly what: 'asking' | 'reports' | 'letIn' | 'moderates' | 'over' | 'removed' | 'ended' | 'posts' | 'comments'
  readonly count: number
}

/** What is new in circles, a line each; what waits for this person first. */
export function circleLines(circles: readonly CircleHere[]): readonly CircleLine[] {
  return circles.flatMap(
    ({ keptId, name, askingCount, reportCount, isLetIn, isModeratorNew, isOverNew, whyOver, postCount, comments }) => {
      const line = (what: CircleLine['what'], count: number, place = '') =>
        count === 0 ? [] : [{ name, path: `/circles/${keptId}${place}`, what, count }]
      return [
        ...line('asking', askingCount, '/members'),
        ...line('reports', reportCount, '/members'),
        ...line('letIn', Number(isLetIn)),
        ...line('moderates', Number(isModeratorNew)),
        ...line(whyOver ?? 'over', Number(isOverNew)),
        ...line('posts', postCount),
        ...comments.flatMap(({ postId, count }) => line('comments', count, `/post/${postId}`)),
      ]
    },
  )
}
