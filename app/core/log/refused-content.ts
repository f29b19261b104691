import { applyChanges, clone, type Doc, free } from '@automerge/automerge/slim'
import type { KeyId } from '#schema/ids.ts'
import { openFrames } from './ledger.ts'
import { frameKey, type LogCore } from './log-core.ts'
import { openStored } from './stored-frames.ts'

/** Keys by which members may have sealed, though no EPOCH that counts names them: those of lapsed EPOCHs, and those not known here. */
export function wantedKeys(core: LogCore): Set<KeyId> {
  const lapsed = core.ledger.lapsed.map(epoch => epoch.record.keyId)
  const unopened = openFrames(core.ledger).flatMap(({ fact }) => (fact.content.kind === 'unopened' ? [fact.keyId] : []))
  return new Set([...lapsed, ...unopened])
}

/** What `read` makes of a shard with the changes of refused frames on top. Only for what needs no authority, as keys do. */
export async function readWithRefused<T, Value>(
  core: LogCore,
  label: string,
  read: (doc: Doc<T>) => Value,
): Promise<Value> {
  const changes: Uint8Array[] = []
  for (const feed of core.ledger.feeds.values()) {
    for (const seq of feed.refused.keys()) {
      const bytes = await core.deps.store.get('frames', frameKey(core.id, feed.writer, seq))
      for (const part of (bytes && openStored(core, bytes)?.parts) ?? []) {
        if (part.label === label && part.body.kind === 'changes') changes.push(...part.body.changes)
      }
    }
  }
  const [doc] = applyChanges(clone(await core.shards.open(label)) as Doc<T>, changes)
  try {
    return read(doc)
  } finally {
    free(doc)
  }
}
