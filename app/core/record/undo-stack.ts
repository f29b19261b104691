import { ok, type Result } from '#schema/result.ts'
import type { SaveFailure, UndoneAct } from '../session.ts'

/** Older acts can still be put right by hand. */
const MAX_ACTS = 100

/** Puts right what an act did, as a new act. `not-found`: nothing of it is left. */
export type Invert = () => Promise<Result<void, SaveFailure>>

interface Act {
  readonly told: UndoneAct
  /** What it is about, so that it can be dropped when that was put right in another way. */
  readonly about: string
  readonly invert: Invert
}

/** What this device did since it was unlocked, newest last. */
export interface UndoStack {
  did(act: Act): void
  /** Forgets the acts of a kind about something: they are undone already. */
  forget(act: UndoneAct['act'], about: string): void
  last(): UndoneAct | undefined
  /** One at a time. An act whose entry is gone is passed over. */
  undo(): Promise<Result<UndoneAct | undefined, SaveFailure>>
}

export function makeUndoStack(): UndoStack {
  let acts: readonly Act[] = []
  let running: Promise<unknown> = Promise.resolve()

  async function undoLast(): Promise<Result<UndoneAct | undefined, SaveFailure>> {
    const act = acts.at(-1)
    if (act === undefined) return ok(undefined)
    const result = await act.invert()
    if (!result.ok && result.failure.kind !== 'not-found') return result
    acts = acts.filter(each => each !== act)
    return result.ok ? ok(act.told) : undoLast()
  }

  return {
    did(act) {
      acts = [...acts, act].slice(-MAX_ACTS)
    },
    forget(act, about) {
      acts = acts.filter(each => each.told.act !== act || each.about !== about)
    },
    last: () => acts.at(-1)?.told,
    undo() {
      const next = running.then(undoLast)
      running = next.catch(() => undefined)
      return next
    },
  }
}
