import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import { BlobId, FileId, LogId } from '#schema/ids.ts'
import { type MessageFile, parseFiles } from '#schema/messages/file.ts'
import { ok, type Result } from '#schema/result.ts'
import { blobKey } from '../../log/log-core.ts'
import { removeAll, waitingPieces } from '../../home/evict-log.ts'
import type { ByteStore, StoreFailure, StoreWrite } from '../../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Stored = Promise<Result<void, StoreFailure>>

export interface Piece {
  readonly blobId: BlobId
  readonly ciphertext: Bytes
}

/** A file of a message that is not sent yet. */
export interface HeldFile {
  readonly file: MessageFile
  /** All its blobs: pieces, list, preview. */
  readonly blobIds: readonly BlobId[]
}

/** Of which log's files which blobs are not at the relay yet. */
export type Waiting = Map<LogId, Map<FileId, Set<BlobId>>>

const HELD = 'held-file/'
const WAITING = 'piece/'
const STOPPED = 'piece-stop/'
/** So many pieces change their place in one transaction. */
const MOVED_AT_ONCE = 8
const MARK = new Uint8Array(1)

const heldPieces = (id: FileId) => `held/${id}/`
const waitingKey = (logId: LogId, id: FileId, blobId: BlobId) => `${waitingPieces(logId)}${id}/${blobId}`

/** Files’ blobs on this device: held for a message that is being written, and beside those of a conversation's log once it is sent. */
export class PieceStore {
  readonly #store: ByteStore
  readonly #localKey: Uint8Array

  constructor(store: ByteStore, localKey: Uint8Array) {
    this.#store = store
    this.#localKey = localKey
  }

  wipe(): void {
    this.#localKey.fill(0)
  }

  putHeldPiece(id: FileId, { blobId, ciphertext }: Piece): Stored {
    return this.#store.commit([{ table: 'blobs', key: `${heldPieces(id)}${blobId}`, value: ciphertext }])
  }

  putHeld(held: HeldFile): Stored {
    const key = `${HELD}${held.file.id}`
    const value = sealSecret(this.#localKey, key, utf8(JSON.stringify(held)))
    return this.#store.commit([{ table: 'sealed', key, value }])
  }

  async held(id: FileId): Promise<HeldFile | undefined> {
    const key = `${HELD}${id}`
    const row = await this.#store.get('sealed', key)
    const opened = row && openSecret(this.#localKey, key, row)
    if (opened?.ok !== true) return undefined
    const { file, blobIds } = JSON.parse(new TextDecoder().decode(opened.value)) as HeldFile
    const [parsed] = parseFiles([file]) ?? []
    return parsed && { file: parsed, blobIds }
  }

  dropHeld(id: FileId): Stored {
    return removeAll(this.#store, [
      ['sealed', `${HELD}${id}`],
      ['blobs', heldPieces(id)],
    ])
  }

  /** Also of which the sealing broke off. */
  async heldIds(): Promise<readonly FileId[]> {
    const names = [
      ...(await this.#store.keys('sealed', HELD)).map(key => key.slice(HELD.length)),
      ...(await this.#store.keys('blobs', 'held/')).map(key => key.split('/')[1] ?? ''),
    ]
    return [...new Set(names.flatMap(name => FileId.parse(name) ?? []))]
  }

  /** Beside the log's other blobs, to be sent: some may be there already, as whoever did it before may have broken off. */
  async place(logId: LogId, { file, blobIds }: HeldFile): Stored {
    for (let at = 0; at < blobIds.length; at += MOVED_AT_ONCE) {
      const writes: StoreWrite[] = []
      for (const blobId of blobIds.slice(at, at + MOVED_AT_ONCE)) {
        const from = `${heldPieces(file.id)}${blobId}`
        const value = await this.#store.get('blobs', from)
        if (value === undefined) continue
        writes.push(
          { table: 'blobs', key: blobKey(logId, blobId), value },
          { table: 'sealed', key: waitingKey(logId, file.id, blobId), value: MARK },
          { table: 'blobs', key: from, remove: true },
        )
      }
      const moved = writes.length === 0 ? ok(undefined) : await this.#store.commit(writes)
      if (!moved.ok) return moved
    }
    return ok(undefined)
  }

  async waiting(): Promise<Waiting> {
    const waiting: Waiting = new Map()
    for (const key of await this.#store.keys('sealed', WAITING)) {
      const [log = '', file = '', blob = ''] = key.slice(WAITING.length).split('/')
      const [logId, id, blobId] = [LogId.parse(log), FileId.parse(file), BlobId.parse(blob)]
      if (logId === undefined || id === undefined || blobId === undefined) continue
      const ofLog = waiting.get(logId) ?? new Map<FileId, Set<BlobId>>()
      waiting.set(logId, ofLog.set(id, (ofLog.get(id) ?? new Set()).add(blobId)))
    }
    return waiting
  }

  sent(logId: LogId, id: FileId, blobId: BlobId): Stored {
    return this.#store.commit([{ table: 'sealed', key: waitingKey(logId, id, blobId), remove: true }])
  }

  async stopped(): Promise<Set<FileId>> {
    const keys = await this.#store.keys('sealed', STOPPED)
    return new Set(keys.flatMap(key => FileId.parse(key.slice(STOPPED.length)) ?? []))
  }

  setStopped(id: FileId, isStopped: boolean): Stored {
    const row = { table: 'sealed', key: `${STOPPED}${id}` } as const
    return this.#store.commit([isStopped ? { ...row, value: MARK } : { ...row, remove: true }])
  }

  piece(logId: LogId, blobId: BlobId): Promise<Bytes | undefined> {
    return this.#store.get('blobs', blobKey(logId, blobId))
  }

  keepPiece(logId: LogId, { blobId, ciphertext }: Piece): Stored {
    return this.#store.commit([{ table: 'blobs', key: blobKey(logId, blobId), value: ciphertext }])
  }
}
