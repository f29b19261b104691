import { openBlob } from '#crypto/blob.ts'
import { fromHex } from '#schema/bytes.ts'
import type { FileId, LogId } from '#schema/ids.ts'
import { type BlobName, type MessageFile, PIECE_BYTES, pieceCount } from '#schema/messages/file.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { fileFormOf, START_BYTES } from '../../exchange/paper/file-form.ts'
import type { FileFailure } from '../../file-session.ts'
import type { RelayClient, RelayFailure } from '../../sync/sync.ts'
import { decodePieceNames } from './piece-names.ts'
import type { PieceStore } from './piece-store.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Step<Value> = Promise<Result<Value, FileFailure>>

export interface Fetching {
  readonly store: PieceStore
  readonly logId: LogId
  /** Undefined while the relay is not there. */
  readonly client: () => RelayClient | undefined
  readonly signal: AbortSignal
  /** 0–1. */
  readonly onProgress: (done: number) => void
}

/** A file whole, from what is here and what the relay has; each piece that came stays. Total: whatever was named or sent. */
export async function fetchFile(how: Fetching, file: MessageFile): Step<Blob> {
  const names = await pieceNames(how, file)
  if (!names.ok) return names
  const parts: Bytes[] = []
  for (const [index, name] of names.value.entries()) {
    if (how.signal.aborted) return fail({ kind: 'cancelled' })
    const piece = await fetchBlob(how, file.id, name)
    if (!piece.ok) return piece
    const isLast = index === names.value.length - 1
    if (piece.value.length !== (isLast ? lastBytes(file) : PIECE_BYTES)) return fail({ kind: 'damaged' })
    parts.push(piece.value)
    how.onProgress((index + 1) / names.value.length)
  }
  const start = parts[0]?.subarray(0, START_BYTES) ?? new Uint8Array(0)
  // Never a kind that a browser runs, whatever its sender calls it.
  return ok(new Blob(parts, { type: fileFormOf(start, file.type).type ?? 'application/octet-stream' }))
}

export async function fetchPreview(how: Fetching, { id, preview }: MessageFile): Promise<Blob | undefined> {
  const fetched = preview && (await fetchBlob(how, id, preview))
  return fetched?.ok === true ? new Blob([fetched.value], { type: 'image/jpeg' }) : undefined
}

async function pieceNames(how: Fetching, file: MessageFile): Step<readonly BlobName[]> {
  const list = await fetchBlob(how, file.id, file.list)
  if (!list.ok) return list
  const names = decodePieceNames(list.value)
  return names.ok && names.value.length === pieceCount(file.bytes) ? ok(names.value) : fail({ kind: 'damaged' })
}

function lastBytes({ bytes }: MessageFile): number {
  return bytes - (pieceCount(bytes) - 1) * PIECE_BYTES
}

async function fetchBlob(how: Fetching, id: FileId, { blobId, key }: BlobName): Step<Bytes> {
  const ciphertext = await how.store.piece(how.logId, blobId)
  const got = ciphertext === undefined ? await download(how, blobId) : ok(ciphertext)
  if (!got.ok) return got
  const opened = await openBlob({ blobId, key: fromHex(key)!, ciphertext: got.value }, id)
  if (!opened.ok) return fail({ kind: 'damaged' })
  if (ciphertext !== undefined) return opened
  const kept = await how.store.keepPiece(how.logId, { blobId, ciphertext: got.value })
  return kept.ok ? opened : fail({ kind: 'not-stored', why: kept.failure })
}

async function download({ client, logId }: Fetching, blobId: BlobName['blobId']): Step<Bytes> {
  const got = await client()?.getBlob(logId, blobId)
  if (got === undefined) return fail({ kind: 'unreachable' })
  return got.ok ? got : fail({ kind: failureOf(got.failure) })
}

function failureOf(failure: RelayFailure): 'unreachable' | 'not-all-there' {
  return failure.kind === 'refused' && failure.code === 'not-found' ? 'not-all-there' : 'unreachable'
}
