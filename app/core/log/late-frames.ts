import { clone, type Doc, free } from '@automerge/automerge/slim'
import { applyEach, type ReadyPart } from './apply-parts.ts'
import { quarantineOf } from './ledger.ts'
import { frameKey, type LogCore, readBlob } from './log-core.ts'
import type { OpenedFrame } from './open-frame.ts'
import { itemsOf } from './part-items.ts'
import { readyPart } from './ready-part.ts'
import type { LateFrame } from './sealed-log.ts'
import { openStored } from './stored-frames.ts'

/** What removed writers wrote past their cut, as far as it can be read here, in the order of each feed. */
export async function lateFrames(core: LogCore): Promise<readonly LateFrame[]> {
  const late: LateFrame[] = []
  const past = quarantineOf(core.ledger).filter(({ reason }) => reason === 'past-cut')
  for (const { writer, seq } of past.toSorted((a, b) => a.seq - b.seq)) {
    const opened = await openHeld(core, { writer, seq })
    const voucher = core.ledger.feeds.get(writer)?.voucher ?? opened?.fact.voucher
    const claimedAt = opened?.fact.claimedAt
    if (opened?.fact.content.kind !== 'ops' || voucher === undefined || claimedAt === undefined) continue
    const labels = [...new Set(opened.parts.map(part => part.label))]
    if (labels.length === 0) continue
    const device = voucher.device === undefined ? {} : { device: voucher.device }
    late.push({ writer, seq, principal: voucher.root, claimedAt, labels, ...device })
  }
  return late
}

/** What `read` makes of a shard with the frames `known` on top, and with `late` on top of these. What does not verify is left out. */
export async function readWithLate<T, Value>(
  core: LogCore,
  label: string,
  { known, late }: { readonly known: readonly LateFrame[]; readonly late: readonly LateFrame[] },
  read: (before: Doc<T>, now: Doc<T>) => Value,
): Promise<Value> {
  const [first, then] = [await partsOf(core, label, known), await partsOf(core, label, late)]
  const before = onTop(await core.shards.open(label), first, core.actor)
  const now = onTop(before, then, core.actor)
  try {
    return read(before as Doc<T>, now as Doc<T>)
  } finally {
    free(now)
    free(before)
  }
}

function onTop(doc: Doc<unknown>, parts: readonly ReadyPart[], actor: string): Doc<unknown> {
  return applyEach(clone(doc), parts, actor, () => undefined)
}

async function partsOf(core: LogCore, label: string, frames: readonly LateFrame[]): Promise<ReadyPart[]> {
  const opened = await Promise.all(frames.map(frame => openHeld(core, frame)))
  const items = opened.flatMap(frame => (frame === undefined ? [] : itemsOf(frame)))
  return Promise.all(
    items.filter(({ part }) => part.label === label).map(item => readyPart(item, blob => readBlob(core, blob))),
  )
}

async function openHeld(
  core: LogCore,
  { writer, seq }: Pick<LateFrame, 'writer' | 'seq'>,
): Promise<OpenedFrame | undefined> {
  const bytes = await core.deps.store.get('frames', frameKey(core.id, writer, seq))
  return bytes && openStored(core, bytes)
}
