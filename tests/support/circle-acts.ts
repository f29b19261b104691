import type { CircleDetail, CircleNews, PostDetail, PostList } from '#app/core/circle-session.ts'
import type { Session } from '#app/core/session.ts'

/** What is asked of a circle: in the account itself, or in the room of one that is kept. */
export type InCircle = Pick<
  Session,
  | 'watchCircle'
  | 'watchCircleNews'
  | 'lookAtCircle'
  | 'muteCircle'
  | 'noteInvitation'
  | 'watchPosts'
  | 'watchPost'
  | 'beginCircle'
  | 'sayInCircle'
  | 'react'
  | 'report'
  | 'hideInCircle'
  | 'takeDown'
  | 'changeProfile'
  | 'changeRules'
  | 'chooseModerators'
  | 'letIn'
  | 'removeFromCircle'
  | 'leaveCircle'
  | 'invite'
  | 'acceptInvitation'
  | 'checkMail'
  | 'removeContact'
  | 'holdFile'
  | 'openFile'
> & { readonly keptId: string }

/** The room of a kept account, as a session. */
export function roomIn(session: Session, keptId: string): InCircle {
  return new Proxy({} as InCircle, {
    get(_none, name: string) {
      if (name === 'then') return undefined
      if (name === 'keptId') return keptId
      if (name.startsWith('watch')) {
        return (...args: readonly unknown[]) =>
          session.watchInKept(keptId, name as never, args.slice(0, -1) as never, args.at(-1) as (told: never) => void)
      }
      return async (...args: readonly unknown[]) => {
        const asked = await session.askKept(keptId, name as never, args as never)
        if (asked === undefined) throw new Error(`The account is not open here: ${name}`)
        return asked.answer
      }
    },
  })
}

export async function circleOf(room: Pick<Session, 'watchCircle'>): Promise<CircleDetail | undefined> {
  const told = Promise.withResolvers<CircleDetail | undefined>()
  const stop = await room.watchCircle(told.resolve)
  stop()
  return told.promise
}

export async function newsOf(room: Pick<Session, 'watchCircleNews'>): Promise<CircleNews | undefined> {
  const told = Promise.withResolvers<CircleNews | undefined>()
  const stop = await room.watchCircleNews(told.resolve)
  stop()
  return told.promise
}

export async function postsOf(room: Pick<Session, 'watchPosts'>, count = 50): Promise<PostList> {
  const told = Promise.withResolvers<PostList>()
  const stop = await room.watchPosts(count, told.resolve)
  stop()
  return told.promise
}

export async function postOf(room: Pick<Session, 'watchPost'>, postId: string): Promise<PostDetail | undefined> {
  const told = Promise.withResolvers<PostDetail | undefined>()
  const stop = await room.watchPost(postId, told.resolve)
  stop()
  return told.promise
}
