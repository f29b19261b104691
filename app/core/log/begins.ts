import { signBegin } from '#crypto/capability.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { FrameHash, WriterId } from '#schema/ids.ts'
import { type Begin, type BeginPoint, MAX_BASES, MAX_BEGIN_BYTES } from '#schema/protocol/begin.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { coversOf } from './judge-anew.ts'
import { coveredPlaces } from './ledger.ts'
import type { LogCore } from './log-core.ts'
import type { OpenedFrame } from './open-frame.ts'
import { openStored, storedFrames, storedWriters } from './stored-frames.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A record's signature, version and counts, and the count of frames. */
const ROOM_BYTES = 4096
/** A point of a record, and the length before a frame: more than either. */
const ITEM_BYTES = 80

/** A feed that begins late: after which frame, and what of before lies at a relay all the same. */
interface LateFeed {
  readonly point: BeginPoint
  readonly frames: readonly Bytes[]
  readonly hasBase: boolean
  readonly bytes: number
}

/**
 * What lets another relay take those feeds whose beginning only a base stands for here, where it lacks what is not held. One request after
 * the other, each whole by itself; a feed goes with all of its own, as nobody would bring the rest after a crash. None where they would
 * be too large.
 */
export async function makeBegins(
  core: LogCore,
  ownerKey: SigningKey,
  nextThere: ReadonlyMap<WriterId, number>,
): Promise<readonly Begin[]> {
  const late = [...coveredPlaces(core.ledger)].filter(([writer, last]) => (nextThere.get(writer) ?? 0) <= last)
  if (late.length === 0) return []
  const bases = await basesHere(core)
  const points = bases.map(({ fact: { writer, seq, hash } }) => ({ writer, seq, hash }))
  const covers = coversOf(bases, core.ledger.bases)
  const feeds: LateFeed[] = []
  for (const [writer] of late) {
    const cover = covers.get(writer)
    if (cover !== undefined) feeds.push(await lateFeed(core, { writer, seq: cover.seq, hash: cover.hash }, points))
  }
  return inRequests(feeds).map(group => {
    const body = { logId: core.id, bases: points, feeds: group.map(({ point }) => point) }
    return { record: signBegin(body, ownerKey), frames: group.flatMap(({ frames }) => frames) }
  })
}

async function basesHere(core: LogCore): Promise<OpenedFrame[]> {
  const wanted = new Set<FrameHash>(core.ledger.bases)
  const found: OpenedFrame[] = []
  for (const writer of await storedWriters(core)) {
    for await (const [, bytes] of storedFrames(core, writer)) {
      const parts = decodeFrame(bytes)
      if (!parts.ok || parts.value.header.kind !== 'snapshot') continue
      const opened = openStored(core, bytes)
      if (opened !== undefined && wanted.has(opened.fact.hash)) found.push(opened)
    }
  }
  return found
}

/** Control frames and bases of before, and what leads on to the last base. */
async function lateFeed(core: LogCore, point: BeginPoint, bases: readonly BeginPoint[]): Promise<LateFeed> {
  const own = bases.filter(({ writer }) => writer === point.writer).map(({ seq }) => seq)
  const last = Math.max(point.seq, ...own)
  const frames: Bytes[] = []
  for await (const [seq, bytes] of storedFrames(core, point.writer)) {
    if (seq > last) break
    const parts = decodeFrame(bytes)
    const stays = seq > point.seq || own.includes(seq) || (parts.ok && parts.value.header.kind === 'control')
    if (stays) frames.push(bytes)
  }
  const bytes = frames.reduce((sum, frame) => sum + frame.length + ITEM_BYTES, ITEM_BYTES)
  return { point, frames, hasBase: own.length > 0, bytes }
}

/** The bases go first: nothing begins without what stands for it. */
function inRequests(feeds: readonly LateFeed[]): readonly (readonly LateFeed[])[] {
  const first = feeds.filter(feed => feed.hasBase)
  const groups: LateFeed[][] = [first]
  let left = MAX_BEGIN_BYTES - ROOM_BYTES - MAX_BASES * ITEM_BYTES - first.reduce((sum, { bytes }) => sum + bytes, 0)
  if (left < 0) return []
  for (const feed of feeds.filter(one => !one.hasBase)) {
    if (feed.bytes > left) {
      groups.push([])
      left = MAX_BEGIN_BYTES - ROOM_BYTES - MAX_BASES * ITEM_BYTES
    }
    if (feed.bytes > left) continue
    groups.at(-1)!.push(feed)
    left -= feed.bytes
  }
  return groups.filter(group => group.length > 0)
}
