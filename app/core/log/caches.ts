import { deriveKey } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure, StoreWrite } from '../ports.ts'
import { itemsOfShard } from './judge-anew.ts'
import { dueMemos } from './memos.ts'
import { exclusively, type LogCore, readSealed, seal, stateKey } from './log-core.ts'
import type { PartItem } from './shards.ts'
import { encodeState } from './state-row.ts'
import { sealHeld } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A label can say what a shard is about, so its row is named by a keyed hash. */
function shardKey(core: LogCore, label: string): string {
  return `log/${core.id}/shard/${toHex(deriveKey(core.deps.localKey, 'shard', utf8(label)))}`
}

/** Undefined when the row is gone or damaged: the frames have it all. */
export async function readShardCache(core: LogCore, label: string): Promise<Bytes | undefined> {
  const row = await readSealed(core, shardKey(core, label))
  return row === 'damaged' ? undefined : row
}

export async function rereadShard(core: LogCore, label: string): Promise<readonly PartItem[]> {
  return itemsOfShard(core, label)
}

/** Shards' saves, what was made of them, and accepted state in one transaction, so that they always tell of the same moment. */
export async function writeCaches(core: LogCore): Promise<Result<void, StoreFailure>> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const flushed = await exclusively(core, () => sealHeld(core))
    if (!flushed.ok) return flushed
    const stored = await exclusively(
      core,
      () => writeCachesHeld(core),
      () => fail('aborted'),
    )
    if (stored !== 'changed') return stored
  }
  return ok(undefined)
}

/** `changed`: a document got changes meanwhile that no frame holds; no cache may have those. */
async function writeCachesHeld(core: LogCore): Promise<Result<void, StoreFailure> | 'changed'> {
  const labels = core.shards.dirtyLabels()
  const saves = new Map<string, Bytes>()
  for (const label of labels) saves.set(label, await core.shards.saveOf(label))
  if (core.shards.hasPending || core.mustJudgeAnew) return 'changed'
  // The state row does not say which blobs a cut feed lacks: a restart finds it in the frames.
  if (core.ledger.blobsPastCuts.some(blob => !core.blobs.has(blob))) return ok(undefined)
  const writes: StoreWrite[] = []
  for (const [label, content] of saves) {
    const key = shardKey(core, label)
    writes.push({ table: 'sealed', key, value: seal(core, key, content) })
  }
  const memos = dueMemos(core)
  writes.push(...memos.writes)
  const infos = core.shards
    .infos()
    .map(info => ({ ...info, savedBytes: saves.get(info.label)?.length ?? info.savedBytes }))
  const key = stateKey(core.id)
  writes.push({ table: 'sealed', key, value: seal(core, key, encodeState(core.ledger, infos)) })
  const stored = await core.deps.store.commit(writes)
  if (!stored.ok) return stored
  for (const [label, content] of saves) core.shards.cached(label, content.length)
  memos.written()
  return stored
}
