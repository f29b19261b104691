import { idBytes, LogId, ShareId, type WriterId } from '#schema/ids.ts'
import { type ByteReader, ByteWriter, decodeAll, equalBytes } from '#schema/bytes.ts'
import { ok, type Result } from '#schema/result.ts'
import { frameKey, outboxPrefix } from '../log/log-core.ts'
import { decodeOutboxRef } from '../log/open-log.ts'
import type { ByteStore, StoreFailure, StoreWrite } from '../ports.ts'
import type { ReceivedShare } from '../share-session.ts'
import type { KnownGrant } from './received-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Frames of an ended share that nobody has: rows of table `sealed`, `unsent/<share>/<log>/<order>/<writer>`, until their letter is written. */
const PREFIX = 'unsent/'
/** Of each feed the first of these, `unsent-first/<share>/<log>/<writer>`, until all of these letters are. */
const FIRST_PREFIX = 'unsent-first/'
/** A row of table `sealed` a share: that something was kept, and that something was lost. */
const SAID_PREFIX = 'unsent-said/'
const KEPT = 1
const LOST = 2
/** Of frames in one letter. */
const ROOM_BYTES = 10 * 1024
const MAX_FRAMES = 64

/**
 * What was written here under a share and the relay never took stays, sealed and signed as it is, when the rest of the share goes. Not
 * what lies in blobs: it fits no letter. With it goes the first frame of its feed, which alone says whose that is: what the relay took
 * once it may have lost, and without an owner nobody could tell that a frame is past a cut.
 */
export async function keepUnsent(
  store: ByteStore,
  grant: Pick<KnownGrant, 'id' | 'role' | 'endedBy'>,
  logs: readonly LogId[],
): Promise<Result<void, StoreFailure>> {
  if (grant.role === 'read' || grant.endedBy === 'declined') return ok(undefined)
  const writes: StoreWrite[] = []
  let said = 0
  for (const logId of logs) {
    const { frames, hasChanges, hasLost } = await unsentIn(store, logId)
    for (const [order, { writer, frame }] of frames.entries()) {
      const key = `${PREFIX}${grant.id}/${logId}/${String(order).padStart(8, '0')}/${writer}`
      writes.push({ table: 'sealed', key, value: frame })
    }
    for (const [writer, [first]] of Map.groupBy(frames, one => one.writer)) {
      const key = `${FIRST_PREFIX}${grant.id}/${logId}/${writer}`
      if (first !== undefined) writes.push({ table: 'sealed', key, value: first.frame })
    }
    said |= (hasChanges ? KEPT : 0) | (hasLost ? LOST : 0)
  }
  if (said > 0) writes.push(saidWrite(grant.id, (await saidOf(store, grant.id)) | said))
  return writes.length === 0 ? ok(undefined) : store.commit(writes)
}

async function saidOf(store: ByteStore, id: ShareId): Promise<number> {
  return (await store.get('sealed', `${SAID_PREFIX}${id}`))?.[0] ?? 0
}

const saidWrite = (id: ShareId, said: number): StoreWrite => {
  return { table: 'sealed', key: `${SAID_PREFIX}${id}`, value: Uint8Array.of(said) }
}

/** Once the letter with these frames is written, or (`isLost`) there is nobody to write it to. */
export async function dropUnsent(
  store: ByteStore,
  unsent: Unsent,
  isLost: boolean,
): Promise<Result<void, StoreFailure>> {
  const said = isLost ? [saidWrite(unsent.shareId, LOST)] : []
  return store.commit([...unsent.keys.map(key => ({ table: 'sealed', key, remove: true }) as const), ...said])
}

/** What is to be said of a share that ended: nothing where all that was written here had been sent. */
export async function lateWritingOf(
  store: ByteStore,
  id: ShareId,
): Promise<Pick<ReceivedShare, 'lateWriting' | 'hasLost'>> {
  const said = await saidOf(store, id)
  const isWaiting = said > 0 && (await store.keys('sealed', `${PREFIX}${id}/`)).length > 0
  return {
    ...((said & KEPT) === 0 ? {} : { lateWriting: isWaiting ? 'waiting' : 'sent' }),
    ...((said & LOST) === 0 ? {} : { hasLost: true }),
  }
}

interface UnsentOfLog {
  readonly frames: readonly { readonly writer: WriterId; readonly frame: Bytes }[]
  /** In some of them this person said something of the record. */
  readonly hasChanges: boolean
  readonly hasLost: boolean
}

async function unsentIn(store: ByteStore, logId: LogId): Promise<UnsentOfLog> {
  const frames: UnsentOfLog['frames'][number][] = []
  let hasBlob = false
  let [hasChanges, hasLost] = [false, false]
  const begun = new Set<WriterId>()
  for (const [, row] of await store.list('outbox', outboxPrefix(logId))) {
    const ref = decodeOutboxRef(new TextDecoder().decode(row))
    if (ref?.kind === 'blob') hasBlob = true
    if (ref?.kind !== 'frame') continue
    const frame = await store.get('frames', frameKey(logId, ref.writer, ref.seq))
    const fits = frame !== undefined && !hasBlob && frame.length <= ROOM_BYTES
    if (fits) {
      const isBegun = begun.has(ref.writer) || ref.seq === 0
      begun.add(ref.writer)
      const added = [...(isBegun ? [] : await firstOf(store, logId, ref.writer)), frame]
      frames.push(...added.map(one => ({ writer: ref.writer, frame: one })))
    }
    if (ref.holds === 'change') {
      hasChanges ||= fits
      hasLost ||= !fits
    }
    hasBlob = false
  }
  return { frames, hasChanges, hasLost }
}

async function firstOf(store: ByteStore, logId: LogId, writer: WriterId): Promise<Bytes[]> {
  const first = await store.get('frames', frameKey(logId, writer, 0))
  return first === undefined || first.length > ROOM_BYTES ? [] : [first]
}

/** What fits into one letter of what is left to tell. */
export interface Unsent {
  readonly shareId: ShareId
  readonly logId: LogId
  readonly frames: readonly Bytes[]
  readonly keys: readonly string[]
}

/** Of which shares something is left to tell. */
export async function sharesUnsent(store: ByteStore): Promise<readonly ShareId[]> {
  const keys = await store.keys('sealed', PREFIX)
  return [...new Set(keys.flatMap(key => ShareId.parse(key.split('/')[1] ?? '') ?? []))]
}

/** Each letter brings the first of a feed along where it fits: another device of who gets them may have read the letter before. */
export async function nextUnsent(store: ByteStore, shareId: ShareId): Promise<Unsent | undefined> {
  const rows = await store.list('sealed', `${PREFIX}${shareId}/`, { limit: MAX_FRAMES })
  const log = rows[0]?.[0].split('/')[2] ?? ''
  const logId = LogId.parse(log)
  if (logId === undefined) return undefined
  const ofLog = `${PREFIX}${shareId}/${log}/`
  const firsts = new Map(await store.list('sealed', `${FIRST_PREFIX}${shareId}/${log}/`))
  const frames: Bytes[] = []
  const keys: string[] = []
  let room = ROOM_BYTES
  for (const [key, frame] of rows.filter(([each]) => each.startsWith(ofLog))) {
    const first = firsts.get(`${FIRST_PREFIX}${shareId}/${log}/${key.slice(key.lastIndexOf('/') + 1)}`)
    const isBegun = first === undefined || [...frames, frame].some(one => equalBytes(one, first))
    const added = [...(isBegun || room < first.length + frame.length + 8 ? [] : [first]), frame]
    room -= added.reduce((sum, { length }) => sum + length + 4, 0)
    if (frames.length > 0 && (room < 0 || frames.length + added.length > MAX_FRAMES)) break
    frames.push(...added)
    keys.push(key)
  }
  const isLast = (await store.keys('sealed', ofLog)).length === keys.length
  return { shareId, logId, frames, keys: [...keys, ...(isLast ? firsts.keys() : [])] }
}

/** The body of a letter `late-frames`. */
export function encodeLateFrames({ shareId, logId, frames }: Omit<Unsent, 'keys'>): Bytes {
  const head = new ByteWriter().bytes(idBytes(shareId)).bytes(idBytes(logId))
  return head.list(frames, (writer, frame) => writer.sized(frame)).done()
}

export function decodeLateFrames(bytes: Uint8Array): Omit<Unsent, 'keys'> | undefined {
  const decoded = decodeAll(bytes, (reader: ByteReader) => ({
    shareId: ShareId.read(reader),
    logId: LogId.read(reader),
    frames: reader.list(MAX_FRAMES, inner => inner.sized(ROOM_BYTES)),
  }))
  return decoded.ok ? decoded.value : undefined
}
