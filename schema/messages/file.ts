import { BlobId, FileId } from '../ids.ts'
import { isObject } from '../record/fhir/json.ts'

/** So many files go along with one message at most. */
export const MAX_FILES = 10
/** Of one file. Its pieces stand one by one at the relay, so a line that breaks costs one piece at most. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024
export const PIECE_BYTES = 1024 * 1024
export const MAX_NAME_CHARS = 255
export const MAX_TYPE_CHARS = 100

/** A blob at the relay that no frame names, and the key that opens it. */
export interface BlobName {
  readonly blobId: BlobId
  /** 32 bytes as hex. */
  readonly key: string
}

/** A file that goes along: what it is called, and where its pieces are named. */
export interface MessageFile {
  readonly id: FileId
  readonly name: string
  /** A MIME type, as its content or its sender says; empty: nobody knows. */
  readonly type: string
  readonly bytes: number
  /** Holds the names of its pieces in their order (`encodePieceNames`). */
  readonly list: BlobName
  /** A small JPEG of a picture. */
  readonly preview?: BlobName
}

/** Of somebody else's app: undefined where any of it is no file, or it is too much. */
export function parseFiles(json: unknown): readonly MessageFile[] | undefined {
  if (!Array.isArray(json) || json.length > MAX_FILES) return undefined
  const files = json.flatMap(one => parseFile(one) ?? [])
  const isOnceEach = new Set(files.map(({ id }) => id)).size === files.length
  return files.length === json.length && isOnceEach ? files : undefined
}

function parseFile(json: unknown): MessageFile | undefined {
  if (!isObject(json)) return undefined
  const { name, type, bytes } = json
  const id = typeof json['id'] === 'string' ? FileId.parse(json['id']) : undefined
  const list = parseBlobName(json['list'])
  const preview = parseBlobName(json['preview'])
  if (id === undefined || list === undefined || !isText(name, MAX_NAME_CHARS) || !isText(type, MAX_TYPE_CHARS)) return
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 1 || bytes > MAX_FILE_BYTES) return
  const said = { id, name: name.toWellFormed(), type: type.toWellFormed(), bytes, list }
  return preview === undefined ? said : { ...said, preview }
}

function parseBlobName(json: unknown): BlobName | undefined {
  if (!isObject(json)) return undefined
  const { blobId, key } = json
  const parsed = typeof blobId === 'string' ? BlobId.parse(blobId) : undefined
  return parsed !== undefined && typeof key === 'string' && /^[0-9a-f]{64}$/.test(key)
    ? { blobId: parsed, key }
    : undefined
}

const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most

export const pieceCount = (bytes: number): number => Math.ceil(bytes / PIECE_BYTES)
