import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { sameThing } from '#app/core/exchange/report/same-thing.ts'
import type { EntryKind } from '#schema/record/entry.ts'

/** What holds now, of a kind: the newest entry of each thing. `facts` come newest first. */
export function currentOf(facts: readonly EntryFacts[], kind: EntryKind): readonly EntryFacts[] {
  const found = new Map<string, EntryFacts>()
  for (const each of facts) {
    const { summary } = each
    const isNow = (summary.status === 'active' || summary.status === 'unknown') && summary.isNegated !== true
    if (summary.kind !== kind || !isNow) continue
    const key = sameThing(summary)
    if (!found.has(key)) found.set(key, each)
  }
  return [...found.values()]
}
