import { frameHash } from '#crypto/hash.ts'
import type { LogId, WriterId } from '#schema/ids.ts'
import { WriterId as Writer } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import type { ByteStore } from '../ports.ts'
import { besidePrefix, feedPrefix, frameKey, type LogCore } from './log-core.ts'
import { type OpenedFrame, openSigned } from './open-frame.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Place = Pick<LogCore, 'deps' | 'id' | 'keys'>
/** Where a log's frames lie; enough to read them as they are. */
export interface StoredLog {
  readonly deps: { readonly store: ByteStore }
  readonly id: LogId
}

const PAGE = 512

/** Whoever has a frame stored here. Skips from feed to feed, so it costs as many reads as there are feeds. */
export async function storedWriters({ deps, id }: StoredLog): Promise<WriterId[]> {
  const writers: WriterId[] = []
  let after: string | undefined
  for (;;) {
    const rows = await deps.store.list('frames', `${id}/`, { limit: 1, ...(after === undefined ? {} : { after }) })
    const row = rows[0]
    if (row === undefined) return writers
    const writer = Writer.parse(row[0].slice(id.length + 1).split('/')[0] ?? '')
    if (writer !== undefined) writers.push(writer)
    after = `${row[0].split('/').slice(0, 2).join('/')}/g`
  }
}

/** One feed's rows from `seq` on, page by page. */
export async function* storedFrames(
  place: StoredLog,
  writer: WriterId,
  seq = 0,
): AsyncGenerator<readonly [seq: number, frame: Bytes]> {
  let after = seq === 0 ? undefined : frameKey(place.id, writer, seq - 1)
  for (;;) {
    const rows = await place.deps.store.list('frames', feedPrefix(place.id, writer), {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const [key, value] of rows) yield [Number.parseInt(key.slice(-16), 16), value] as const
    if (rows.length < PAGE) return
    after = rows.at(-1)![0]
  }
}

/** Opens a stored frame; its signature was verified before it was stored. Undefined when the row is damaged. */
export function openStored(place: Place, bytes: Bytes): OpenedFrame | undefined {
  const parts = decodeFrame(bytes)
  if (!parts.ok || parts.value.header.logId !== place.id) return undefined
  return openSigned(parts.value, frameHash(bytes), place.keys)
}

/** Every frame held, and those beside the feeds as stored. */
export async function openAll(place: Place): Promise<{ feeds: OpenedFrame[]; besides: OpenedFrame[] }> {
  const feeds: OpenedFrame[] = []
  for (const writer of await storedWriters(place)) {
    for await (const [, bytes] of storedFrames(place, writer)) {
      const opened = openStored(place, bytes)
      if (opened !== undefined) feeds.push(opened)
    }
  }
  const rows = await place.deps.store.list('sealed', besidePrefix(place.id))
  const besides = rows.flatMap(([, bytes]) => openStored(place, bytes) ?? [])
  return { feeds, besides }
}
