import type { WriterId } from '#schema/ids.ts'
import { encodeBegin } from '#schema/protocol/begin.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { APPEND_WINDOW_BYTES } from '../sync/lost-frames.ts'
import type { StreamClient } from '../sync/stream-client.ts'
import { accepted, type Stuck } from '../sync/stuck.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import type { LogKeys } from './keyring.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Step<Value = void> = Promise<Result<Value, RelayFailure>>

export interface FramesCopy {
  readonly log: SealedLog
  readonly keys: LogKeys
  readonly stream: StreamClient
  readonly to: RelayClient
  readonly isOver: () => boolean
}

/** What is of the feeds, and not of the relay: others may have brought it, or it goes on otherwise there. */
const OF_FEEDS: ReadonlySet<string> = new Set(['fork', 'gap', 'stale', 'no-base'])

/**
 * Puts there what it lacks of every feed. What a snapshot stands for here was let go before this device came: such feeds begin later
 * there, too. Answers how many frames it lacks that it could not be given.
 */
export async function copyFrames(copy: FramesCopy, nextThere: ReadonlyMap<WriterId, number>): Step<number> {
  const put = await putFeeds(copy, nextThere)
  if (!put.ok || put.value === 0) return put
  const begun = await beginFeeds(copy)
  if (!begun.ok || !begun.value) return begun.ok ? put : begun
  const next = await nextAt(copy)
  return next.ok ? putFeeds(copy, next.value) : next
}

/** Where each feed goes on at a relay. */
export async function nextAt({ log, to }: Pick<FramesCopy, 'log' | 'to'>): Step<ReadonlyMap<WriterId, number>> {
  const state = await to.state(log.id)
  return state.ok ? ok(new Map(state.value.feeds.map(feed => [feed.writer, feed.nextSeq]))) : state
}

async function putFeeds({ log, stream, isOver }: FramesCopy, nextThere: ReadonlyMap<WriterId, number>): Step<number> {
  let lacking = 0
  for (const { writer, next } of log.feeds()) {
    let seq = nextThere.get(writer) ?? 0
    while (seq < next) {
      if (isOver()) return fail({ kind: 'unreachable' })
      const frames = await log.frames(writer, seq, APPEND_WINDOW_BYTES)
      if (seqOf(frames[0]) !== seq) break
      const sent = await append(stream, frames)
      if (!sent.ok) return sent
      seq += sent.value
      if (sent.value < frames.length) break
    }
    lacking += Math.max(0, next - seq)
  }
  return ok(lacking)
}

/** False where nothing could be done for them. */
async function beginFeeds({ log, keys, to }: FramesCopy): Step<boolean> {
  const [owner] = keys.owners
  const next = owner && (await nextAt({ log, to }))
  if (next === undefined || !next.ok) return next ?? ok(false)
  const begins = await log.makeBegins(owner!.key, next.value)
  for (const begin of begins) {
    const taken = await to.begin(log.id, encodeBegin(begin))
    if (taken.ok) continue
    return taken.failure.kind === 'refused' && OF_FEEDS.has(taken.failure.code) ? ok(false) : taken
  }
  return ok(begins.length > 0)
}

/** How many of them were taken: a feed that goes on otherwise there is not this copy's to mend. */
async function append(stream: StreamClient, frames: readonly Bytes[]): Step<number> {
  const answers = await Promise.all(
    frames.map(async frame => accepted(await stream.ask({ type: 'append-quietly', frame }))),
  )
  const refused = answers.findIndex(answer => !answer.ok)
  const first = answers[refused]
  if (first === undefined || first.ok) return ok(frames.length)
  const failure = relayFailure(first.failure)
  return failure.kind === 'refused' && OF_FEEDS.has(failure.code) ? ok(refused) : fail(failure)
}

function seqOf(frame: Bytes | undefined): number | undefined {
  const decoded = frame && decodeFrame(frame)
  return decoded?.ok ? decoded.value.header.seq : undefined
}

export function relayFailure({ failure }: Pick<Stuck, 'failure'>): RelayFailure {
  return failure.kind === 'closed' || failure.kind === 'storage-full' ? { kind: 'unreachable' } : failure
}
