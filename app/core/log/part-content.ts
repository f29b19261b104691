import { getAllChanges, load } from '@automerge/automerge/slim'
import { type LogCore, readBlob } from './log-core.ts'
import { carriedBytes, decodeChanges, type ShardPart } from './shard-part.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Every change that a part brings; none where its blob is not here or does not hold what it should. */
export async function changesOf(core: LogCore, { body }: ShardPart): Promise<Bytes[]> {
  switch (body.kind) {
    case 'changes':
      return [...body.changes]
    case 'blob-changes': {
      const blob = await readBlob(core, body.blob)
      const changes = blob && decodeChanges(blob)
      return changes?.ok ? changes.value : []
    }
    case 'save': {
      const content = await carriedBytes(body.save, blob => readBlob(core, blob))
      return content === undefined ? [] : allChanges(content)
    }
  }
}

export function allChanges(content: Bytes): Bytes[] {
  return getAllChanges(load(content)).map(made => new Uint8Array(made))
}
