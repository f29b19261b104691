import { sealBlob } from '#crypto/blob.ts'
import { toHex } from '#schema/bytes.ts'
import type { FileId } from '#schema/ids.ts'
import { type BlobName, MAX_FILE_BYTES, PIECE_BYTES } from '#schema/messages/file.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { cleanPaper } from '../../exchange/paper/clean-paper.ts'
import { fileFormOf, START_BYTES } from '../../exchange/paper/file-form.ts'
import { paperTypeOf } from '../../exchange/paper/paper-type.ts'
import type { FileFailure } from '../../file-session.ts'
import type { Pictures } from '../../ports.ts'
import { shownFileName } from '../../shown-name.ts'
import { encodePieceNames } from './piece-names.ts'
import type { HeldFile, Piece, PieceStore } from './piece-store.ts'

/** Of the longer side: as wide as a message on a phone. */
const PREVIEW_PIXELS = 480
const MB = 1_000_000

export interface Sealing {
  readonly id: FileId
  readonly file: Blob
  readonly name: string
  /** It came from somebody else: what a camera wrote into it is not this person's, and nothing of it is refused. */
  readonly keepAsIs?: boolean
  readonly signal: AbortSignal
  /** 0–1. */
  readonly onProgress: (done: number) => void
}

type Step<Value> = Promise<Result<Value, FileFailure>>

/** Seals a file piece by piece into the store. What was kept of one that fails stays, and is the caller's to drop. */
export async function sealFile(store: PieceStore, pictures: Pictures | undefined, asked: Sealing): Step<HeldFile> {
  if (asked.file.size === 0) return fail({ kind: 'file-empty' })
  if (asked.file.size > MAX_FILE_BYTES)
    return fail({ kind: 'file-too-large', maxMb: Math.floor(MAX_FILE_BYTES / MB / 10) * 10 })
  const read = await readable(asked.file, asked.keepAsIs === true)
  if (!read.ok) return read
  const { file, type } = read.value
  const pieces: BlobName[] = []
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    if (asked.signal.aborted) return fail({ kind: 'cancelled' })
    const sealed = await sealPart(store, asked.id, file.slice(at, at + PIECE_BYTES))
    if (!sealed.ok) return sealed
    pieces.push(sealed.value)
    asked.onProgress(Math.min(1, (at + PIECE_BYTES) / file.size))
  }
  const list = await sealPart(store, asked.id, new Blob([encodePieceNames(pieces)]))
  if (!list.ok) return list
  const small = type.startsWith('image/') ? await pictures?.shrink(file, PREVIEW_PIXELS) : undefined
  const preview = small && (await sealPart(store, asked.id, small))
  if (preview?.ok === false) return preview
  if (asked.signal.aborted) return fail({ kind: 'cancelled' })
  const name = shownFileName(asked.name)
  const said = { id: asked.id, name, type, bytes: file.size, list: list.value }
  const names = [...pieces, list.value, ...(preview === undefined ? [] : [preview.value])]
  const held = {
    file: preview === undefined ? said : { ...said, preview: preview.value },
    blobIds: names.map(({ blobId }) => blobId),
  }
  const kept = await store.putHeld(held)
  return kept.ok ? ok(held) : fail({ kind: 'not-stored', why: kept.failure })
}

/** As it may go along: of photos what the camera wrote is out. What is of another kind goes as it is. */
async function readable(file: Blob, keepAsIs: boolean): Step<{ readonly file: Blob; readonly type: string }> {
  const start = await bytesOf(file.slice(0, START_BYTES))
  if (start === undefined) return fail({ kind: 'file-gone' })
  const type = paperTypeOf(start)
  if (type === undefined) return ok({ file, type: fileFormOf(start, file.type).type ?? file.type })
  if (type === 'application/pdf' || keepAsIs) return ok({ file, type })
  const bytes = await bytesOf(file)
  if (bytes === undefined) return fail({ kind: 'file-gone' })
  const clean = cleanPaper(bytes, type)
  return clean === undefined ? fail({ kind: 'file-not-clean' }) : ok({ file: new Blob([clean], { type }), type })
}

async function sealPart(store: PieceStore, id: FileId, part: Blob): Step<BlobName> {
  const plain = await bytesOf(part)
  if (plain === undefined) return fail({ kind: 'file-gone' })
  const { key, ...piece } = await sealBlob(plain, id)
  const kept = await store.putHeldPiece(id, piece satisfies Piece)
  return kept.ok ? ok({ blobId: piece.blobId, key: toHex(key) }) : fail({ kind: 'not-stored', why: kept.failure })
}

/** Undefined when it can't be read: it was moved, or the drive is gone. */
async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch {
    return undefined
  }
}
