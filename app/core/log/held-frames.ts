import type { FrameHash, WriterId } from '#schema/ids.ts'
import type { FrameFact, Voucher } from './frame-fact.ts'

/** Frames by hash and by place. */
export interface Held {
  readonly byHash: ReadonlyMap<FrameHash, FrameFact>
  readonly writers: ReadonlySet<WriterId>
  /** The frame held at a place; undefined when there is none or there are two. */
  readonly hashAt: (writer: WriterId, seq: number) => FrameHash | undefined
}

export function indexOf(frames: readonly FrameFact[]): Held {
  const byHash = new Map<FrameHash, FrameFact>()
  const byPlace = new Map<string, FrameHash | 'several'>()
  const writers = new Set<WriterId>()
  for (const fact of frames) {
    const key = `${fact.writer}/${fact.seq}`
    const there = byPlace.get(key)
    byHash.set(fact.hash, fact)
    writers.add(fact.writer)
    byPlace.set(key, there === undefined || there === fact.hash ? fact.hash : 'several')
  }
  return {
    byHash,
    writers,
    hashAt(writer, seq) {
      const hash = byPlace.get(`${writer}/${seq}`)
      return hash === 'several' ? undefined : hash
    },
  }
}

/** Frame 0 speaks for its own feed; snapshots speak for feeds whose frame 0 is gone, the lowest hash first. */
export function vouchersOf(frames: readonly FrameFact[]): Map<WriterId, Voucher> {
  const vouchers = new Map<WriterId, Voucher>()
  const inOrder = frames.toSorted((a, b) => Number(a.seq !== 0) - Number(b.seq !== 0) || (a.hash < b.hash ? -1 : 1))
  for (const { writer, voucher } of inOrder) {
    if (voucher !== undefined && !vouchers.has(writer)) vouchers.set(writer, voucher)
  }
  for (const { content } of inOrder) {
    if (content.kind !== 'snapshot') continue
    for (const [writer, voucher] of content.vouchers) if (!vouchers.has(writer)) vouchers.set(writer, voucher)
  }
  return vouchers
}

/** By writer, the first place that it signed two frames for: what a frame follows is signed with it, whether or not that is held. */
export function forksIn(frames: readonly FrameFact[]): Map<WriterId, number> {
  const first = new Map<string, FrameHash>()
  const forks = new Map<WriterId, number>()
  for (const { writer, seq, hash, prev } of frames) {
    claim(writer, seq, hash)
    if (seq > 0) claim(writer, seq - 1, prev)
  }
  return forks

  function claim(writer: WriterId, seq: number, hash: FrameHash): void {
    const key = `${writer}/${seq}`
    const other = first.get(key)
    if (other === undefined) first.set(key, hash)
    else if (other !== hash) forks.set(writer, Math.min(seq, forks.get(writer) ?? seq))
  }
}
