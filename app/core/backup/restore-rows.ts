import { blobIdOf, frameHash } from '#crypto/hash.ts'
import { verifyFrame } from '#crypto/verify.ts'
import type { LogId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { NotStored } from '../session.ts'
import { type AccountRow, decodeAccountRow } from '../home/account-row.ts'
import { besideKey, blobKey, frameKey } from '../log/log-core.ts'
import type { ByteStore, StoreFailure, StoreWrite } from '../ports.ts'
import { type Member, splitFrames } from './backup-format.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Held = Extract<Member, { readonly kind: 'frames' | 'beside' | 'blob' }>

/** A transaction's worth. */
const BATCH_BYTES = 4 * 1024 * 1024
const BATCH_ROWS = 512

/** Turns a backup's members into rows of a store, a batch a transaction. Nothing counts before an account row and a header stand beside them. */
export class RestoredRows {
  readonly #storeOf: (keptId: LogId | undefined) => Pick<ByteStore, 'commit'>
  #own: AccountRow | undefined
  readonly #kept = new Map<LogId, AccountRow>()
  #batch: { keptId: LogId | undefined; writes: StoreWrite[]; bytes: number } | undefined

  constructor(storeOf: (keptId: LogId | undefined) => Pick<ByteStore, 'commit'>) {
    this.#storeOf = storeOf
  }

  /** The device that made the backup. */
  get own(): AccountRow | undefined {
    return this.#own
  }

  get kept(): ReadonlyMap<LogId, AccountRow> {
    return this.#kept
  }

  async take(member: Member, bytes: Bytes): Promise<Result<void, NotStored | { readonly kind: 'damaged' }>> {
    if (member.kind === 'account') return this.#takeAccount(member.keptId, bytes)
    if (member.kind !== 'frames' && member.kind !== 'beside' && member.kind !== 'blob') return ok(undefined)
    const rows = rowsOf(member, bytes)
    if (rows === undefined) return fail({ kind: 'damaged' })
    if (this.#batch?.keptId !== member.keptId) {
      const stored = await this.flush()
      if (!stored.ok) return notStored(stored.failure)
    }
    this.#batch ??= { keptId: member.keptId, writes: [], bytes: 0 }
    this.#batch.writes.push(...rows)
    this.#batch.bytes += bytes.length
    const isFull = this.#batch.bytes >= BATCH_BYTES || this.#batch.writes.length >= BATCH_ROWS
    const stored = isFull ? await this.flush() : ok(undefined)
    return stored.ok ? stored : notStored(stored.failure)
  }

  async flush(): Promise<Result<void, StoreFailure>> {
    const batch = this.#batch
    this.#batch = undefined
    return batch === undefined ? ok(undefined) : this.#storeOf(batch.keptId).commit(batch.writes)
  }

  #takeAccount(keptId: LogId | undefined, bytes: Bytes): Result<void, { readonly kind: 'damaged' }> {
    const row = decodeAccountRow(bytes)
    if (!row.ok) return fail({ kind: 'damaged' })
    if (keptId === undefined) this.#own = row.value
    else this.#kept.set(keptId, row.value)
    return ok(undefined)
  }
}

/** Undefined when something of it is not what its name says, or not signed by its writer: what is stored is never looked at again. */
function rowsOf(member: Held, bytes: Bytes): StoreWrite[] | undefined {
  if (member.kind === 'blob') {
    const { logId, blobId } = member
    if (blobIdOf(bytes) !== blobId) return undefined
    return [{ table: 'blobs', key: blobKey(logId, blobId), value: bytes }]
  }
  const frames = splitFrames(bytes)
  if (!frames.ok) return undefined
  const rows = frames.value.flatMap((frame, index) => rowOf(member, frame, index) ?? [])
  return rows.length === frames.value.length ? rows : undefined
}

function rowOf(member: Exclude<Held, { kind: 'blob' }>, frame: Bytes, index: number): StoreWrite | undefined {
  const parts = decodeFrame(frame)
  if (!parts.ok || parts.value.header.logId !== member.logId || !verifyFrame(parts.value, frame)) return undefined
  const { writer, seq } = parts.value.header
  if (member.kind === 'beside') {
    return { table: 'sealed', key: besideKey(member.logId, writer, seq, frameHash(frame)), value: frame }
  }
  const isThere = writer === member.writer && seq === member.seq + index
  return isThere ? { table: 'frames', key: frameKey(member.logId, writer, seq), value: frame } : undefined
}

function notStored(why: StoreFailure): Result<never, NotStored> {
  return fail({ kind: 'not-stored', why })
}
