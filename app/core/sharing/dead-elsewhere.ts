import type { SealedLog } from '../log/sealed-log.ts'
import { documentAt } from '../record/carry-over.ts'
import { holdsEntries } from '../record/entry-place.ts'
import { binnedAt, type DocMap } from '../record/flat-fields.ts'
import { nameOf } from '../record/private-shard.ts'
import { entriesIn, entryIn, originalOf } from '../record/stored-entry.ts'
import { rebasedIn } from './rebased-document.ts'

export interface Rivals {
  /** Other logs of the section, those that were begun from the former one at once with the successor among them. */
  readonly logs: readonly SealedLog[]
  /** Imports that were taken back: what came by them is hidden anyway, and may come back. */
  readonly hiddenImports: ReadonlySet<string>
}

/**
 * Names of entries of `former` that another log was begun with and has in the bin or left behind by now, and that `successor` does not
 * have: copied there first and put into the bin afterwards, whoever reads there could read what is known here to be deleted.
 */
export async function deadElsewhere(
  former: SealedLog,
  successor: SealedLog,
  label: string,
  { logs, hiddenImports }: Rivals,
): Promise<ReadonlySet<string>> {
  const dead = new Set<string>()
  if (!holdsEntries(label)) return dead
  for (const rival of logs) {
    const handled = (await rebasedIn(rival))?.heads.get(`${former.id}/${label}`)
    const begun = handled === undefined ? undefined : documentAt(await former.read<DocMap>(label), handled)
    if (begun === undefined) continue
    const [there, next] = [await rival.read<DocMap>(label), await successor.read<DocMap>(label)]
    for (const entry of entriesIn(label, begun)) {
      const now = entryIn(label, there, entry.bucket, entry.key)
      const isDead = now === undefined || binnedAt(now.spot) !== undefined
      const isHidden = hiddenImports.has(originalOf(entry)?.importId ?? '')
      if (isDead && !isHidden && entryIn(label, next, entry.bucket, entry.key) === undefined) dead.add(nameOf(entry))
    }
  }
  return dead
}
