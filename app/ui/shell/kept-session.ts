import { ROOM_METHODS, type RoomSession } from '#app/core/room-session.ts'
import type { Session } from '#app/core/session.ts'
import { fail } from '#schema/result.ts'

type AnyMethod = (...args: readonly unknown[]) => unknown
type Reply = { readonly answer: unknown } | undefined

const nothing = () => []
const gone = () => fail({ kind: 'not-found' } as const)

/** What is answered of a record that is not open here (any more), where it is not a refusal. */
const WITHOUT: Readonly<Partial<Record<keyof RoomSession, () => unknown>>> = {
  timelineRows: nothing,
  readings: nothing,
  bin: nothing,
  imports: nothing,
  seenTwice: nothing,
  devices: nothing,
  kitChallenge: nothing,
  facets: () => ({ kinds: [], sections: [], sources: [], years: [] }),
  testHistory: () => undefined,
  entryHistory: () => undefined,
  whatChanged: () => ({ since: '', out: { rows: [], count: 0 }, sections: [] }),
  undoable: () => undefined,
  showKit: () => undefined,
  safetyNumber: () => undefined,
  checkMail: () => undefined,
  cancelImport: () => undefined,
  flush: () => undefined,
  exportFhir: () => new Blob([]),
  reportEntries: nothing,
  entryFiles: nothing,
  keptText: () => '',
  takeOut: () => fail({ kind: 'locked' }),
}

/** The session as the pages of a kept record see it: what can be asked of a record asks that one, and there is nothing else. */
export function keptSession(session: Session, keptId: string): Session {
  const door = session as unknown as Readonly<Record<'askKept' | 'watchInKept', AnyMethod>>
  const ask =
    (name: keyof RoomSession) =>
    async (...args: readonly unknown[]) => {
      const reply = (await door.askKept(keptId, name, args)) as Reply
      return reply === undefined ? (WITHOUT[name] ?? gone)() : reply.answer
    }
  const watch =
    (name: keyof RoomSession) =>
    (...args: readonly unknown[]) =>
      door.watchInKept(keptId, name, args.slice(0, -1), args.at(-1))
  return new Proxy({} as Session, {
    get(_none, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      if (!isOfRooms(name)) throw new Error(`Cannot ask a kept record for ${name}`)
      return ROOM_METHODS[name] === 'watch' ? watch(name) : ask(name)
    },
  })
}

function isOfRooms(name: string): name is keyof RoomSession {
  return Object.hasOwn(ROOM_METHODS, name)
}
