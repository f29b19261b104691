import { view } from '@automerge/automerge/slim'
import { ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { carryOver, headsText } from '../record/carry-over.ts'
import type { DocMap } from '../record/flat-fields.ts'
import { staysBehind } from './successors.ts'
import { rebasedIn } from './rebased-document.ts'

/**
 * What a member wrote in a log and nobody has yet goes into the one that took its place, by value and as often as it likes. The rest of it
 * is its owner's to carry, who alone says how far that is. Answers whether the successor was there to take it.
 */
export async function carryUnsent(former: SealedLog, successor: SealedLog): Promise<Result<boolean, StoreFailure>> {
  // Its own frames are still coming.
  if ((await rebasedIn(successor)) === undefined) return ok(false)
  for (const { label, heads } of former.shards()) {
    const sent = await former.sentHeads(label)
    if (staysBehind(label) || headsText(sent) === headsText(heads)) continue
    const now = await former.read<DocMap>(label)
    const before = view(now, [...sent])
    await successor.change<DocMap>(label, draft => carryOver(before, now, draft))
  }
  const flushed = await successor.flush()
  return flushed.ok ? ok(true) : flushed
}
