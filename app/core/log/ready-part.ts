import type { ReadyPart } from './apply-parts.ts'
import { type BlobRef, carriedBytes, decodeChanges } from './shard-part.ts'
import type { PartItem } from './shards.ts'

/** A part with its bytes at hand, from the blob where they lie in one. */
export async function readyPart(
  { frame, prefix, part }: PartItem,
  readBlob: (blob: BlobRef) => Promise<Uint8Array<ArrayBuffer> | undefined>,
): Promise<ReadyPart> {
  const place = { frame, prefix, heads: part.heads }
  switch (part.body.kind) {
    case 'changes':
      return { ...place, changes: part.body.changes }
    case 'save': {
      const content = await carriedBytes(part.body.save, readBlob)
      return content === undefined ? { ...place, bad: 'invalid' } : { ...place, save: content }
    }
    case 'blob-changes': {
      const content = await readBlob(part.body.blob)
      const changes = content && decodeChanges(content)
      return changes?.ok ? { ...place, changes: changes.value, isUnchecked: true } : { ...place, bad: 'invalid' }
    }
  }
}
