import { type Accessor, createEffect } from 'solid-js'
import { createIsSeen } from '../../record/create-is-seen.ts'
import { useSession } from '../../session.ts'
import { useCircle } from './circle-context.ts'

/** What stands on the page is new no longer, once somebody can see it; `count`: undefined before anything does. */
export function createLook(count: Accessor<number | undefined>, postId?: string): void {
  const session = useSession()
  const circle = useCircle()
  const isSeen = createIsSeen()
  createEffect(() => {
    const [shown, isOver] = [count(), circle().isOver]
    if (isSeen() && (shown !== undefined || isOver)) void session.lookAtCircle(postId)
  })
}
