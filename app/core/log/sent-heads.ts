import { decodeChange, type Doc, getAllChanges } from '@automerge/automerge/slim'
import { frameKey, type LogCore } from './log-core.ts'
import { changesOf } from './part-content.ts'
import { openStored } from './stored-frames.ts'

/** As `SealedLog.sentHeads` says. */
export async function sentHeads(core: LogCore, label: string): Promise<string[]> {
  const unsent = new Set<string>()
  for (const ref of core.outbox.values()) {
    if (ref.kind !== 'frame' || ref.writer !== core.own.writer) continue
    const bytes = await core.deps.store.get('frames', frameKey(core.id, ref.writer, ref.seq))
    for (const part of (bytes && openStored(core, bytes)?.parts) ?? []) {
      if (part.label !== label) continue
      for (const change of await changesOf(core, part)) unsent.add(decodeChange(change).hash)
    }
  }
  return headsWithout(await core.shards.open(label), unsent)
}

function headsWithout(doc: Doc<unknown>, hashes: ReadonlySet<string>): string[] {
  const rest = getAllChanges(doc)
    .map(change => decodeChange(change))
    .filter(change => !hashes.has(change.hash))
  const followed = new Set(rest.flatMap(change => change.deps))
  return rest.flatMap(({ hash }) => (followed.has(hash) ? [] : hash)).toSorted()
}
