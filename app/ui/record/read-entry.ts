import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import { isEntryId } from '#schema/record/entry.ts'

/** What the vault told of an entry: `entry` is absent where there is none. */
export interface EntryState {
  readonly entry?: EntryDetail | undefined
}

/** The entry that an address names, newest state first told; undefined until the vault has answered. */
export function createEntryWatch(session: Session, id: Accessor<string | undefined>): Accessor<EntryState | undefined> {
  const [state, setState] = createSignal<EntryState>()
  createEffect(() => {
    const text = id() ?? ''
    setState(undefined)
    if (!isEntryId(text)) {
      setState({})
      return
    }
    onCleanup(watch(session, text, entry => setState({ entry })))
  })
  return state
}

function watch(session: Session, id: EntryId, listener: (entry: EntryDetail | undefined) => void): () => void {
  let isOver = false
  const stopping = session.watchEntry(id, entry => {
    if (!isOver) listener(entry)
  })
  return () => {
    isOver = true
    void stopping.then(stop => stop())
  }
}

/** The entry as it is now; undefined where the address names none. */
export function readEntry(session: Session, id: string): Promise<EntryDetail | undefined> {
  if (!isEntryId(id)) return Promise.resolve(undefined)
  return new Promise(resolve => {
    const stop = watch(session, id, entry => {
      resolve(entry)
      queueMicrotask(() => stop())
    })
  })
}
