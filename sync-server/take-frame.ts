import { verifyFrame, verifyFrameHash } from '#crypto/verify.ts'
import type { LogId, WriterId } from '#schema/ids.ts'
import { decodeFrame, decodeFrameHeader, type FrameHeader } from '#schema/protocol/frame.ts'
import type { Receipt } from '#schema/protocol/proof.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Watcher } from './hub.ts'
import type { Relay } from './relay.ts'
import type { AppendRefusal, Asker } from './store/relay-store.ts'

/** A frame that is stored, durably. */
export interface Taken {
  readonly header: FrameHeader
  readonly cursor: number
  readonly receipt: Omit<Receipt, 'signature'>
}

export interface Sender {
  readonly asker: Asker
  isProven(logId: LogId, writer: WriterId): boolean
  /** Whether it may bring frames of other writers to this log, each vouched for by W's own signature. */
  mayCarry(logId: LogId): boolean
  /** Is not told of its own frames. */
  readonly watcher?: Watcher
  /** It says nothing to others that they would want to be woken for. */
  readonly isQuiet?: boolean
}

/**
 * Layout, proof of W, capability, chain, size: nothing else of a frame is the relay's to judge. Who does not prove W may bring what W
 * signed: so a relay that lost frames gets them back from whoever holds them (decision 0009).
 */
export async function takeFrame(
  relay: Relay,
  bytes: Uint8Array<ArrayBuffer>,
  sender: Sender,
): Promise<Result<Taken, AppendRefusal>> {
  const decoded = decodeFrameHeader(bytes)
  if (!decoded.ok) return fail({ code: decoded.failure === 'too-large' ? 'too-large' : 'bad-request' })
  const header = decoded.value
  const { logId, writer, seq, prev, kind } = header
  if (!sender.isProven(logId, writer) && !(sender.mayCarry(logId) && isSigned(bytes)))
    return fail({ code: 'unproven-writer' })
  const hash = verifyFrameHash(bytes)
  const stored = await relay.store.append({ logId, writer, seq, prev, kind, hash, bytes }, sender.asker)
  if (!stored.ok) {
    relay.metrics.add('frames_refused', 1, `code="${stored.failure.code}"`)
    if (stored.failure.code === 'quota') relay.noRoom()
    return stored
  }
  const { cursor, isNew, isAwaited } = stored.value
  if (isNew) {
    relay.hub.published(logId, cursor, bytes, sender.watcher)
    if (isAwaited && kind === 'ops' && sender.isQuiet !== true) relay.waker.frameArrived(logId, sender.asker)
    relay.metrics.add('frames_stored')
    relay.metrics.add('frame_bytes_stored', bytes.length)
  }
  return ok({ header, cursor, receipt: { logId, writer, seq, hash, storedAt: relay.now() } })
}

function isSigned(bytes: Uint8Array): boolean {
  const parts = decodeFrame(bytes)
  return parts.ok && verifyFrame(parts.value, bytes)
}

/** Runs of consecutive frames of one feed: one receipt, for the last, speaks for each. */
export function receiptRuns<Item extends { readonly taken: Taken }>(items: readonly Item[]): Item[][] {
  const runs: Item[][] = []
  for (const item of items) {
    const last = runs.at(-1)?.at(-1)?.taken.header
    const { header } = item.taken
    const continues = last !== undefined && last.logId === header.logId && last.writer === header.writer
    if (continues && header.seq === last.seq + 1) runs.at(-1)!.push(item)
    else runs.push([item])
  }
  return runs
}
