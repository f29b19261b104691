import { createEffect } from 'solid-js'
import type { CircleDetail } from '#app/core/circle-session.ts'
import { useSession } from '../../session.ts'

/** Where the avatar lies that was chosen before anybody was let in. */
export const AVATAR_PLACE = 'circle/avatar'

/** Says once, after this person was let in, how they want to look. */
export function createFirstProfile(circle: () => CircleDetail | undefined): void {
  const session = useSession()
  let isSaid = false
  createEffect(() => {
    const name = circle()?.chosenName
    if (name === undefined || isSaid) return
    isSaid = true
    void say(name)
  })

  async function say(name: string): Promise<void> {
    const avatar = await session.keptDraft(AVATAR_PLACE)
    if (avatar === undefined || avatar === '') return
    const said = await session.changeProfile({ name, avatar })
    if (said.ok) await session.keepDraft(AVATAR_PLACE, '')
  }
}
