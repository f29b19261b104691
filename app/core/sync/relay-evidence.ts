import { frameHash } from '#crypto/hash.ts'
import { verifySignature } from '#crypto/verify.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { WriterId } from '#schema/ids.ts'
import { decodeFrame, type FrameHeader } from '#schema/protocol/frame.ts'
import type { FeedState } from '#schema/protocol/http.ts'
import { encodeReceiptBody, RECEIPT_LABEL } from '#schema/protocol/proof.ts'
import { ok, type Result } from '#schema/result.ts'
import type { OutboxItem, SealedLog } from '../log/sealed-log.ts'
import type { Answer, StreamClient } from './stream-client.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type FrameItem = Extract<OutboxItem, { kind: 'frame' }>

/**
 * The relay's cursor after all of `frames`, once its signatures name these very frames: a receipt speaks for those of its feed before it.
 * Undefined when they don't.
 */
export function acknowledgedCursor(
  frames: readonly FrameItem[],
  answers: readonly Result<Answer, unknown>[],
  relayKey: Uint8Array,
): number | undefined {
  const sent = new Map(frames.map(item => [`${item.writer}/${item.seq}`, item]))
  const checked = new Set<Answer>()
  let last = 0
  for (const [index, item] of frames.entries()) {
    const answer = answers[index]!
    if (!answer.ok || answer.value.type !== 'ack') return undefined
    const { receipt, cursor } = answer.value
    const named = sent.get(`${receipt.writer}/${receipt.seq}`)
    if (named === undefined || receipt.writer !== item.writer || receipt.seq < item.seq) return undefined
    if (!checked.has(answer.value)) {
      if (receipt.hash !== frameHash(named.bytes)) return undefined
      if (!verifySignature(relayKey, RECEIPT_LABEL, encodeReceiptBody(receipt), receipt.signature)) return undefined
      checked.add(answer.value)
    }
    last = Math.max(last, cursor)
  }
  return last
}

/**
 * The first place where the relay's copy of our feed is not ours; the refused frame's when its copy holds no other bytes. `same`: what
 * the relay kept of the feed stands upon the refused frame, so it had that and pruned it; or it says so, and the feed's head, `pruned`,
 * is ours. With all that the relay has of the feed, and of the others what is not held here.
 */
export async function forkPoint(
  log: SealedLog,
  stream: Pick<StreamClient, 'ask'>,
  { writer, seq: refused }: FrameItem,
  pruned?: Pick<FeedState, 'nextSeq' | 'head'>,
): Promise<Result<{ readonly place: number | 'same'; readonly frames: readonly Bytes[] }, 'closed'>> {
  const last = pruned && (await frameAt(log, writer, pruned.nextSeq - 1))
  if (last !== undefined && frameHash(last) === pruned?.head) return ok({ place: 'same', frames: [] })
  const theirs: Bytes[] = []
  const wants = log.feeds().map(feed => ({ writer: feed.writer, nextSeq: feed.writer === writer ? 0 : feed.next }))
  const answer = await stream.ask({ type: 'fetch', logId: log.id, wants }, some => theirs.push(...some))
  if (!answer.ok) return answer
  let first = refused
  let isSame = false
  for (const frame of theirs) {
    const header = headerIn(frame, writer)
    if (header === undefined) continue
    const { seq, prev } = header
    const ours = await frameAt(log, writer, seq)
    const before = seq > refused ? await frameAt(log, writer, seq - 1) : undefined
    isSame ||= before !== undefined && frameHash(before) === prev
    if (ours !== undefined && seq < first && !equalBytes(ours, frame)) first = seq
  }
  return ok({ place: isSame ? 'same' : first, frames: theirs })
}

/** Our frame at the place of the relay's last one, when that is another. */
export async function displacedBy(
  log: SealedLog,
  writer: WriterId,
  { nextSeq, head }: Pick<FeedState, 'nextSeq' | 'head'>,
): Promise<FrameItem | undefined> {
  const seq = nextSeq - 1
  const bytes = nextSeq === 0 ? undefined : await frameAt(log, writer, seq)
  return bytes === undefined || frameHash(bytes) === head ? undefined : { kind: 'frame', writer, seq, bytes }
}

export async function frameAt(log: SealedLog, writer: WriterId, seq: number): Promise<Bytes | undefined> {
  const [frame] = await log.frames(writer, seq, 1)
  return frame
}

function headerIn(frame: Bytes, writer: WriterId): FrameHeader | undefined {
  const parts = decodeFrame(frame)
  return parts.ok && parts.value.header.writer === writer ? parts.value.header : undefined
}
