import { decodeChange, encodeChange } from '@automerge/automerge/slim'

type Bytes = Uint8Array<ArrayBuffer>
type Decoded = ReturnType<typeof decodeChange>

/** What was rewritten so far in one document: later changes of it refer to earlier ones. */
export interface Rewriting {
  /** New hash by old. */
  readonly hashes: Map<string, string>
  /** By old actor: the new one, the first operation that moves to it, and how many changes did. */
  readonly actors: Map<string, { readonly to: string; readonly firstOp: number; changes: number }>
}

export function makeRewriting(): Rewriting {
  return { hashes: new Map(), actors: new Map() }
}

/**
 * The same edits as changes of other actors, in the order given (dependencies first). Operations of an actor before its first
 * rewritten change keep their name: they were sent under it.
 */
export function rewriteChanges(
  changes: readonly Bytes[],
  state: Rewriting,
  newActor: () => string,
): { readonly change: Bytes; readonly hash: string }[] {
  return changes.map(change => {
    const old = decodeChange(change)
    const actor = state.actors.get(old.actor) ?? { to: newActor(), firstOp: old.startOp, changes: 0 }
    state.actors.set(old.actor, actor)
    actor.changes++
    const rewritten = encodeChange({
      actor: actor.to,
      author: old.author,
      seq: actor.changes,
      startOp: old.startOp,
      time: old.time,
      message: old.message,
      deps: old.deps.map(dep => state.hashes.get(dep) ?? dep).toSorted(),
      ops: old.ops.map(op => renamed(op, state)),
    })
    const { hash } = decodeChange(rewritten)
    state.hashes.set(old.hash, hash)
    return { change: new Uint8Array(rewritten), hash }
  })
}

function renamed(op: Decoded['ops'][number], state: Rewriting): Decoded['ops'][number] {
  const name = (id: string) => {
    const [counter, actor] = id.split('@')
    const moved = actor === undefined ? undefined : state.actors.get(actor)
    return moved !== undefined && Number(counter) >= moved.firstOp ? `${counter}@${moved.to}` : id
  }
  return {
    ...op,
    obj: name(op.obj),
    pred: op.pred.map(name),
    ...('elemId' in op && typeof op.elemId === 'string' ? { elemId: name(op.elemId) } : {}),
  }
}
