import {
  applyChanges,
  clone,
  type Doc,
  free,
  getHeads,
  getMissingDeps,
  hasHeads,
  load,
  loadIncremental,
} from '@automerge/automerge/slim'
import type { FrameHash } from '#schema/ids.ts'
import { changeFacts } from './open-frame.ts'
import { saveActors } from './save-actors.ts'
import type { QuarantineReason } from './sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>
type AnyDoc = Doc<unknown>

/** A part with its bytes at hand. */
export interface ReadyPart {
  readonly frame: FrameHash
  readonly prefix: string
  readonly heads: readonly string[]
  readonly changes?: readonly Bytes[]
  /** The changes came in a blob: the actor rule is still to be checked. */
  readonly isUnchecked?: boolean
  readonly save?: Bytes
  readonly bad?: QuarantineReason
}

/** All parts in as few calls as can be (one by one costs ten times as much); undefined when Automerge refuses. */
export function applyTogether(doc: AnyDoc, parts: readonly ReadyPart[], actor: string): AnyDoc | undefined {
  if (parts.some(part => reasonAgainst(part) !== undefined)) return undefined
  const isEmpty = getHeads(doc).length === 0
  const [only] = parts
  try {
    if (isEmpty && parts.length === 1 && only?.save !== undefined) return load<unknown>(only.save, { actor })
    const trial = parts.some(part => part.save !== undefined) ? clone(doc, { actor }) : doc
    return applyAll(trial, parts)
  } catch {
    return undefined
  }
}

function applyAll(doc: AnyDoc, parts: readonly ReadyPart[]): AnyDoc {
  let applied = doc
  for (const part of parts) if (part.save !== undefined) applied = loadIncremental(applied, part.save)
  const changes = parts.flatMap(part => part.changes ?? [])
  return changes.length === 0 ? applied : applyChanges(applied, [...changes])[0]
}

/** One by one on copies, so that a part which Automerge refuses leaves nothing behind. */
export function applyEach(
  doc: AnyDoc,
  parts: readonly ReadyPart[],
  actor: string,
  foundBad: (frame: FrameHash, reason: QuarantineReason) => void,
): AnyDoc {
  let applied = doc
  for (const part of parts) {
    const reason = reasonAgainst(part)
    const trial = clone(applied, { actor })
    try {
      if (reason === undefined) applied = applyAll(trial, [part])
    } catch {
      free(trial)
      foundBad(part.frame, 'invalid')
    }
    if (reason !== undefined) foundBad(part.frame, reason)
  }
  return applied
}

export interface Finding {
  readonly frame: FrameHash
  readonly reason: QuarantineReason
}

/**
 * Frames whose stated heads are not in the document after all: because they are wrong, or because something they build on is not here
 * yet, which nobody could see where a shard's content came as a save.
 */
export function verifyParts(doc: AnyDoc, parts: readonly ReadyPart[]): Finding[] {
  const heads = [...new Set(parts.flatMap(part => part.heads))]
  if (hasHeads(doc, heads)) return []
  return parts.flatMap((part): Finding[] => {
    const stated = [...part.heads]
    if (hasHeads(doc, stated)) return []
    const waits = getMissingDeps(doc, stated).some(hash => !stated.includes(hash))
    return [{ frame: part.frame, reason: waits ? 'missing-dependency' : 'bad-heads' }]
  })
}

/** Automerge authenticates nothing: every actor must be the frame's W. */
function reasonAgainst(part: ReadyPart): QuarantineReason | undefined {
  if (part.save !== undefined) {
    const actors = saveActors(part.save)
    if (actors === undefined) return 'invalid'
    return part.prefix === '' || actors.every(actor => actor.startsWith(part.prefix)) ? undefined : 'bad-actor'
  }
  if (part.isUnchecked !== true) return undefined
  const facts = changeFacts(part.changes ?? [], part.prefix)
  return typeof facts === 'string' ? facts : undefined
}
