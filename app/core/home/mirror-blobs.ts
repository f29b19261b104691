import { blobIdOf } from '#crypto/hash.ts'
import { BlobId, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ByteStore } from '../ports.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { isRefused } from './registration.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface BlobsCopy {
  /** Where the log is; what no device here has fetched is fetched there. */
  readonly from: RelayClient
  readonly to: RelayClient
  readonly store: ByteStore
  readonly logId: LogId
  readonly isOver: () => boolean
  /** How much of it is done, from 0 to 1. */
  readonly told: (share: number) => void
}

/**
 * Puts there what it lacks of the blobs that lie here beside the log, and of those that the relay before has. False where that one could
 * not be asked for what is not here.
 */
export async function copyBlobs(copy: BlobsCopy): Promise<Result<boolean, RelayFailure>> {
  const { from, to, store, logId, isOver, told } = copy
  const there = await to.blobs(logId)
  if (!there.ok) return there
  const listed = await from.blobs(logId)
  const bytesOf = new Map((listed.ok ? listed.value : []).map(({ blobId, bytes }) => [blobId, bytes]))
  const known = new Set(there.value.map(({ blobId }) => blobId))
  const wanted = new Set([...(await blobsHere(store, logId)), ...bytesOf.keys()])
  const lacking = [...wanted].filter(blobId => !known.has(blobId))
  const all = lacking.reduce((sum, blobId) => sum + (bytesOf.get(blobId) ?? 1), 0)
  let done = 0
  let isWhole = listed.ok
  for (const blobId of lacking) {
    if (isOver()) return fail({ kind: 'unreachable' })
    const ciphertext = await findBlob(copy, blobId)
    if (!ciphertext.ok) isWhole = false
    else if (ciphertext.value !== undefined) {
      const put = await to.putBlob(logId, blobId, ciphertext.value)
      if (!put.ok) return put
    }
    done += bytesOf.get(blobId) ?? 1
    told(done / all)
  }
  return ok(isWhole)
}

/** From here, or from the relay before; undefined where it has been let go of meanwhile. */
async function findBlob(
  { from, store, logId }: BlobsCopy,
  blobId: BlobId,
): Promise<Result<Bytes | undefined, RelayFailure>> {
  const here = await store.get('blobs', `${logId}/${blobId}`)
  if (here !== undefined) return ok(here)
  const fetched = await from.getBlob(logId, blobId)
  if (!fetched.ok) return isRefused(fetched, 'not-found') ? ok(undefined) : fetched
  return blobIdOf(fetched.value) === blobId ? fetched : fail({ kind: 'nonsense' })
}

async function blobsHere(store: ByteStore, logId: LogId): Promise<readonly BlobId[]> {
  const keys = await store.keys('blobs', `${logId}/`)
  return keys.flatMap(key => BlobId.parse(key.slice(logId.length + 1)) ?? [])
}
