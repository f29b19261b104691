import type { CircleDetail, PostDetail, PostList } from '#app/core/circle-session.ts'
import type { KeptRecord } from '#app/core/kept-session.ts'
import type { People } from '#app/core/people-session.ts'
import type { Session, Stop, SyncStatus } from '#app/core/session.ts'
import type { PeopleWorld } from './people-world.ts'
import type { Process } from './person-device.ts'
import { roomOf } from './seats.ts'

/** An account for a circle that a process has open. */
export interface AliasRoom {
  readonly keptId: string
  readonly session: Session
  people: People
  status: SyncStatus | undefined
}

export async function watchAliases(process: Process, onAlias: (record: KeptRecord) => void): Promise<void> {
  await process.session.watchCircles(records => {
    const open = records.filter(({ state }) => state === 'open')
    for (const keptId of process.aliases.keys()) {
      if (open.every(record => record.keptId !== keptId)) process.aliases.delete(keptId)
    }
    for (const record of open) {
      if (process.aliases.has(record.keptId)) continue
      const room = {
        keptId: record.keptId,
        session: roomOf(process.session, record.keptId),
        people: { contacts: [], invitations: [] },
        status: undefined,
      }
      process.aliases.set(record.keptId, room)
      onAlias(record)
      void watchAlias(room)
    }
  })
}

async function watchAlias(room: AliasRoom): Promise<void> {
  await room.session.watchPeople(people => void Object.assign(room, { people }))
  await room.session.watchStatus(status => void Object.assign(room, { status }))
}

/** What a circle's pages show on one device. */
export interface CircleShown {
  readonly detail: CircleDetail
  /** The newest first, each with all that was said to it. */
  readonly posts: readonly PostDetail[]
}

/** Undefined where there is none yet, and where the room is closed before it answers. */
export async function circleAt(world: PeopleWorld, { session }: AliasRoom): Promise<CircleShown | undefined> {
  const detail = await once<CircleDetail | undefined>(world, undefined, told => session.watchCircle(told))
  if (detail === undefined) return undefined
  const none: PostList = { posts: [], count: 0 }
  const list = await once(world, none, told => session.watchPosts(10_000, told))
  const posts: PostDetail[] = []
  for (const { postId } of list.posts) {
    const post = await once<PostDetail | undefined>(world, undefined, told => session.watchPost(postId, told))
    if (post !== undefined) posts.push(post)
  }
  return { detail, posts }
}

export async function once<Value>(
  world: PeopleWorld,
  nothing: Value,
  watch: (told: (value: Value) => void) => Promise<Stop>,
): Promise<Value> {
  const told = Promise.withResolvers<Value>()
  const cancel = world.time.after(1000, () => told.resolve(nothing))
  const stop = await watch(told.resolve)
  const value = await told.promise
  cancel()
  stop()
  return value
}
