import { deriveKey } from '#crypto/hash.ts'
import { ByteWriter, decodeAll, toHex, utf8 } from '#schema/bytes.ts'
import type { StoreWrite } from '../ports.ts'
import { type LogCore, readSealed, seal } from './log-core.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What was made of a shard as it was then. */
export interface Memo {
  readonly heads: string
  readonly make: () => Bytes
}

const MAX_MEMO_BYTES = 64 << 20

/** A label can say what a shard is about, so its row is named by a keyed hash. */
function memoKey(core: LogCore, label: string): string {
  return `log/${core.id}/memo/${toHex(deriveKey(core.deps.localKey, 'memo', utf8(label)))}`
}

/** Written with the next caches, if the shard is still as `heads` have it then. */
export function remember(core: LogCore, label: string, heads: readonly string[], make: () => Bytes): void {
  core.memos.set(label, { heads: heads.toSorted().join(), make })
}

/** Undefined where nothing was kept of the shard as it is now: whoever asks makes it from the document. */
export async function recall(core: LogCore, label: string): Promise<Bytes | undefined> {
  const row = await readSealed(core, memoKey(core, label))
  if (row === undefined || row === 'damaged') return undefined
  const read = decodeAll(row, reader => ({ heads: reader.text(), value: reader.sized(MAX_MEMO_BYTES) }))
  return read.ok && read.value.heads === core.shards.headsOf(label) ? read.value.value : undefined
}

/** The rows to write, and what is to be called once they are written. */
export function dueMemos(core: LogCore): { readonly writes: readonly StoreWrite[]; written(): void } {
  const due = [...core.memos]
  const writes = due.flatMap(([label, { heads, make }]): StoreWrite[] => {
    if (heads !== core.shards.headsOf(label)) return []
    const key = memoKey(core, label)
    return [{ table: 'sealed', key, value: seal(core, key, new ByteWriter().text(heads).sized(make()).done()) }]
  })
  return {
    writes,
    written() {
      for (const [label, memo] of due) if (core.memos.get(label) === memo) core.memos.delete(label)
    },
  }
}
