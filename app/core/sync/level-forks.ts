import { frameHash } from '#crypto/hash.ts'
import type { FrameHash, WriterId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import type { FeedState } from '#schema/protocol/http.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { strandedFeeds } from './lost-frames.ts'
import { displacedBy } from './relay-evidence.ts'
import { NOT_STORED, type Stuck, stuckBy } from './stuck.ts'
import type { RelayClient } from './sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Where the relay has another branch of a feed than we, each side gets the other's (decision 10). What was accepted here before is said
 * first, so that it stays. What of a feed that a removal cut can be brought back by nobody is carried, too. `fetchWhole` receives these feeds from their beginning, and answers what came.
 */
export async function levelForks(
  log: SealedLog,
  client: RelayClient,
  fetchWhole: (writers: ReadonlySet<WriterId>) => Promise<Result<readonly Bytes[], Stuck>>,
): Promise<Result<void, Stuck>> {
  const state = await client.state(log.id)
  if (!state.ok) return fail(stuckBy(state.failure))
  const parted = await partedWriters(log, state.value.feeds)
  const said = parted.length === 0 ? ok(undefined) : await log.writeHeads(true)
  if (!said.ok) return NOT_STORED
  const forked = new Set([...parted, ...log.forks().keys(), ...hiddenWriters(log, state.value.feeds)])
  const stranded = await strandedFeeds(log, state.value.feeds)
  if (forked.size === 0 && stranded.size === 0) return ok(undefined)
  const frames = forked.size === 0 ? ok([]) : await fetchWhole(forked)
  if (!frames.ok) return frames
  const carried = await log.carry(hashesBy(forked, frames.value), stranded)
  return carried.ok ? ok(undefined) : NOT_STORED
}

/** Of whose feeds the relay has another branch than we, as far as its heads tell. */
async function partedWriters(log: SealedLog, atRelay: readonly FeedState[]): Promise<WriterId[]> {
  const ours = new Map(log.feeds().map(feed => [feed.writer, feed]))
  const parted: WriterId[] = []
  for (const state of atRelay) {
    const feed = ours.get(state.writer)
    if (feed === undefined || state.nextSeq === 0 || feed.next < state.nextSeq) continue
    const isParted =
      feed.next === state.nextSeq
        ? feed.hash !== state.head
        : (await displacedBy(log, state.writer, state)) !== undefined
    if (isParted) parted.push(state.writer)
  }
  return parted
}

/** Whose frames the relay has where only a base stands for them here: of another branch, maybe. */
function hiddenWriters(log: SealedLog, atRelay: readonly FeedState[]): WriterId[] {
  const covered = log.covered()
  return atRelay.flatMap(({ writer, keptFrom }) => (keptFrom <= (covered.get(writer) ?? -1) ? [writer] : []))
}

/** The hashes of frames by these writers. */
function hashesBy(writers: ReadonlySet<WriterId>, frames: readonly Bytes[]): Set<FrameHash> {
  const ofThem = frames.filter(frame => {
    const parts = decodeFrame(frame)
    return parts.ok && writers.has(parts.value.header.writer)
  })
  return new Set(ofThem.map(frame => frameHash(frame)))
}
