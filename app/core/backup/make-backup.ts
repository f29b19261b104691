import { sealAge } from '#crypto/age.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type BackupContent, countParts, writeArchive } from './archive.ts'
import type { Watch } from './backup-task.ts'

/** What is sealed becomes a Blob in such portions: the browser keeps those, not the worker's memory. */
const PORTION_BYTES = 1024 * 1024

/** The sealed file. Nothing of it stands in memory for long, however large it is. */
export async function makeBackupFile(
  content: BackupContent,
  code: string,
  task: Watch,
): Promise<Result<Blob, 'cancelled'>> {
  const total = await countParts(content.sources)
  let written = 0
  const archive = writeArchive(content, () => task.report(Math.min(1, ++written / total)))
  try {
    return ok(await collect(await sealAge(streamOf(archive, task), code)))
  } catch (cause) {
    if (task.signal.aborted) return fail('cancelled')
    throw cause
  }
}

/** Drawn from only as fast as it is read. */
function streamOf(pieces: AsyncGenerator<Uint8Array>, { signal }: Watch): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        signal.throwIfAborted()
        const next = await pieces.next()
        if (next.done === true) return controller.close()
        // A stream whose pull brings nothing is not asked again.
        if (next.value.length > 0) return controller.enqueue(next.value)
      }
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}

async function collect(sealed: ReadableStream<Uint8Array>): Promise<Blob> {
  const reader = sealed.getReader()
  const portions: Blob[] = []
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (value !== undefined) {
      pieces.push(new Uint8Array(value))
      bytes += value.length
    }
    if (done || bytes >= PORTION_BYTES) {
      portions.push(new Blob(pieces))
      pieces = []
      bytes = 0
    }
    if (done) return new Blob(portions, { type: 'application/octet-stream' })
  }
}
