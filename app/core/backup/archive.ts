import { Sha256 } from '#crypto/sha256.ts'
import { concat } from '#schema/bytes.ts'
import { BlobId, type LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { type AccountRow, encodeAccountRow } from '../home/account-row.ts'
import { besidePrefix, blobKey } from '../log/log-core.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { storedFrames, storedWriters } from '../log/stored-frames.ts'
import type { ByteStore } from '../ports.ts'
import {
  BACKUP_VERSION,
  encodeManifest,
  encodeReadme,
  FRAMES_MEMBER_BYTES,
  inFolder,
  keptScope,
  MANIFEST,
  type ManifestMember,
  memberName,
  README,
} from './backup-format.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** One record that goes into a backup: one's own, or one that is kept for somebody else. */
export interface BackupSource {
  readonly keptId?: LogId
  readonly store: ByteStore
  /** As it is when it is asked for. */
  readonly row: () => AccountRow
  /** Its home log last, which names the keys of all that stands in the others by then. */
  readonly logs: readonly SealedLog[]
  readonly exportFhir: () => Promise<Blob>
}

export interface BackupContent {
  readonly readme: string
  readonly person: string
  readonly entries: number
  readonly state: string
  readonly madeAt: Instant
  readonly sources: readonly BackupSource[]
}

interface Part {
  readonly name: string
  readonly body: Bytes | Blob
}

/** The archive, piece by piece; `onPart` hears after each member what stood in the store for it. */
export async function* writeArchive(content: BackupContent, onPart: () => void): AsyncGenerator<Uint8Array> {
  const members: ManifestMember[] = []
  const { person, entries, state, madeAt } = content
  for await (const part of partsOf(content)) {
    const hashed = new Sha256()
    const size = part.body instanceof Blob ? part.body.size : part.body.length
    yield tarHeader(inFolder(part.name), size, madeAt)
    for await (const piece of piecesOf(part.body)) {
      hashed.update(piece)
      yield piece
    }
    yield tarPadding(size)
    members.push({ name: part.name, bytes: size, sha256: hashed.hex() })
    onPart()
  }
  const manifest = encodeManifest({ version: BACKUP_VERSION, madeAt, person, entries, state, members })
  yield tarHeader(inFolder(MANIFEST), manifest.length, madeAt)
  yield manifest
  yield tarPadding(manifest.length)
  yield TAR_END
}

async function* partsOf({ readme, sources }: BackupContent): AsyncGenerator<Part> {
  yield { name: README, body: encodeReadme(readme) }
  for (const source of sources) {
    const scope = source.keptId === undefined ? '' : keptScope(source.keptId)
    for (const { id } of source.logs) {
      yield* frameParts(source.store, scope, id)
      yield* blobParts(source.store, scope, id)
    }
    // After the frames: a key of the home log is in the row before anything is sealed with it.
    yield { name: memberName.account(scope), body: encodeAccountRow(source.row()) }
    yield { name: memberName.fhir(scope), body: await source.exportFhir() }
  }
}

async function* frameParts(store: ByteStore, scope: string, id: LogId): AsyncGenerator<Part> {
  const log = { deps: { store }, id }
  for (const writer of await storedWriters(log)) {
    for await (const { seq, frames } of runsOf(storedFrames(log, writer))) {
      yield { name: memberName.frames(scope, id, writer, seq), body: concat(...frames) }
    }
  }
  const besides = await store.list('sealed', besidePrefix(id))
  for await (const { seq, frames } of runsOf(besides.map(([, frame], index) => [index, frame] as const))) {
    yield { name: memberName.beside(scope, id, seq), body: concat(...frames) }
  }
}

/** Frames that follow one another, so many that a member stays small. */
async function* runsOf(
  frames: AsyncIterable<readonly [number, Bytes]> | Iterable<readonly [number, Bytes]>,
): AsyncGenerator<{ readonly seq: number; readonly frames: readonly Bytes[] }> {
  let run: { seq: number; frames: Bytes[]; bytes: number } | undefined
  for await (const [seq, frame] of frames) {
    const isNext = run !== undefined && seq === run.seq + run.frames.length && run.bytes < FRAMES_MEMBER_BYTES
    if (run !== undefined && !isNext) yield run
    if (run === undefined || !isNext) run = { seq, frames: [], bytes: 0 }
    run.frames.push(frame)
    run.bytes += frame.length
  }
  if (run !== undefined) yield run
}

async function* blobParts(store: ByteStore, scope: string, id: LogId): AsyncGenerator<Part> {
  for (const key of await store.keys('blobs', `${id}/`)) {
    const blobId = BlobId.parse(key.slice(id.length + 1))
    const body = blobId && (await store.get('blobs', blobKey(id, blobId)))
    if (blobId !== undefined && body !== undefined) yield { name: memberName.blob(scope, id, blobId), body }
  }
}

async function* piecesOf(body: Bytes | Blob): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Blob)) return yield body
  const reader = body.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

/** About how many members there will be: for the progress. */
export async function countParts(sources: readonly BackupSource[]): Promise<number> {
  let count = 1
  for (const { store, logs } of sources) {
    for (const log of logs) count += log.feeds().length + (await store.keys('blobs', `${log.id}/`)).length
    count += 2
  }
  return count
}
