import type { EntryChange, FieldChange } from '#app/core/history-session.ts'

/** What an entry says otherwise than at a moment: each field once, with what it said then. `changes` newest first. */
export function fieldsSince(changes: readonly EntryChange[], sinceMs: number): readonly FieldChange[] {
  const found = new Map<string, FieldChange>()
  for (const { act, at, fields } of changes.toReversed()) {
    if (act !== 'changed' || at === undefined || at < sinceMs) continue
    for (const { field, before, after } of fields)
      found.set(field, { field, before: (found.get(field) ?? { before }).before, after })
  }
  return [...found.values()].filter(({ before, after }) => before !== after)
}
