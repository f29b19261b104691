import type { Facets, Session } from '#app/core/session.ts'
import { SHARED_CALLS, SHARED_WATCHES, type SharedCall, type SharedWatch } from '#app/core/share-session.ts'
import { fail } from '#schema/result.ts'

type AnyMethod = (...args: readonly unknown[]) => unknown

const NO_FACETS: Facets = { kinds: [], sections: [], sources: [], years: [] }
const gone = () => fail({ kind: 'not-found' } as const)
const nothing = () => []

/** What is said of a record that is not here (any more). */
const WITHOUT: Readonly<Record<SharedCall, () => unknown>> = {
  timelineRows: nothing,
  readings: nothing,
  bin: nothing,
  facets: () => NO_FACETS,
  testHistory: () => undefined,
  entryHistory: () => undefined,
  whatChanged: () => ({ since: '', out: { rows: [], count: 0 }, sections: [] }),
  undoable: () => undefined,
  attachment: () => undefined,
  thumbnail: () => undefined,
  original: () => undefined,
  addEntry: gone,
  addPaper: gone,
  attachPaper: gone,
  cancelImport: () => undefined,
  addEntries: gone,
  editEntry: gone,
  binEntry: gone,
  restoreEntry: gone,
  chooseConflict: gone,
  undo: gone,
}

const isCall = (name: string): name is SharedCall => SHARED_CALLS.some(each => each === name)
const isWatch = (name: string): name is SharedWatch => SHARED_WATCHES.some(each => each === name)

/**
 * The session as the pages of a shared record see it: record methods ask that record, and there are no others, so that no
 * page can show or change one's own by mistake.
 */
export function sharedSession(session: Session, shareId: string): Session {
  const door = session as unknown as Readonly<Record<'askShared' | 'watchShared', AnyMethod>>
  const methods: Record<string, AnyMethod> = {}
  for (const name of SHARED_CALLS) {
    methods[name] = async (...args) => {
      const answer = await door.askShared(shareId, name, args)
      return answer === undefined ? WITHOUT[name]() : answer
    }
  }
  for (const name of SHARED_WATCHES) {
    methods[name] = (...args) => door.watchShared(shareId, name, args.slice(0, -1), args.at(-1))
  }
  return new Proxy({} as Session, {
    get(_none, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      if (isCall(name) || isWatch(name)) return methods[name]
      throw new Error(`Cannot ask a shared record for ${name}`)
    },
  })
}
