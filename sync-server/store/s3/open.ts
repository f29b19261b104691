import type { EventLog } from '../../event-log.ts'
import type { BlobStore } from '../blob-store.ts'
import type { S3Settings } from './s3-blobs.ts'

/** None where none is set. What signs its requests loads only then. */
export async function openBlobs(settings: S3Settings | undefined): Promise<BlobStore | undefined> {
  if (settings === undefined) return undefined
  const { S3Blobs } = await import('./s3-blobs.ts')
  return new S3Blobs(settings)
}

/** As `openBlobs`, tried: throws with a sentence for the operator where it refuses. Where it can't be reached now, all but blobs can be served. */
export async function openTriedBlobs(settings: S3Settings | undefined, log: EventLog): Promise<BlobStore | undefined> {
  if (settings === undefined) return undefined
  const { S3Blobs, S3Unreachable } = await import('./s3-blobs.ts')
  const blobs = new S3Blobs(settings)
  try {
    await blobs.tryOut()
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown'
    if (!(error instanceof S3Unreachable))
      throw new Error(`${message}. Look at S3_BUCKET, S3_REGION, S3_ACCESS_KEY and S3_SECRET_KEY.`, { cause: error })
    log('error', { where: 'blobs', message })
  }
  return blobs
}
