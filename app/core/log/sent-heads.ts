import { decodeChange, type Doc, getAllChanges } from '@automerge/automerge/slim'
import { frameKey, type LogCore } from './log-core.ts'
import { changesOf } from './part-content.ts'
import { openStored } from './stored-frames.ts'

interface UnsentChange {
  readonly label: string
  readonly hash: string
}

/** Of each frame that waits, what it holds: it is asked for with each look at what was written. */
const waiting = new WeakMap<LogCore, ReadonlyMap<string, readonly UnsentChange[]>>()

/** As `SealedLog.sentHeads` says. */
export async function sentHeads(core: LogCore, label: string): Promise<string[]> {
  const known = waiting.get(core)
  const now = new Map<string, readonly UnsentChange[]>()
  for (const ref of core.outbox.values()) {
    if (ref.kind !== 'frame' || ref.writer !== core.own.writer) continue
    const key = frameKey(core.id, ref.writer, ref.seq)
    now.set(key, known?.get(key) ?? (await changesIn(core, key)))
  }
  waiting.set(core, now)
  const unsent = [...now.values()].flat().filter(change => change.label === label)
  return headsWithout(await core.shards.open(label), new Set(unsent.map(({ hash }) => hash)))
}

async function changesIn(core: LogCore, key: string): Promise<UnsentChange[]> {
  const bytes = await core.deps.store.get('frames', key)
  const found: UnsentChange[] = []
  for (const part of (bytes && openStored(core, bytes)?.parts) ?? []) {
    for (const change of await changesOf(core, part)) found.push({ label: part.label, hash: decodeChange(change).hash })
  }
  return found
}

function headsWithout(doc: Doc<unknown>, hashes: ReadonlySet<string>): string[] {
  const rest = getAllChanges(doc)
    .map(change => decodeChange(change))
    .filter(change => !hashes.has(change.hash))
  const followed = new Set(rest.flatMap(change => change.deps))
  return rest.flatMap(({ hash }) => (followed.has(hash) ? [] : hash)).toSorted()
}
