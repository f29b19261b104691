import { entriesOfFile } from '#app/core/exchange/file-entries.ts'
import type { TakenEntry } from '#app/core/exchange/own-entries.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'

const ADDED = instant(Date.UTC(2026, 4, 1))

/** An entry made by hand, as it leaves the record. */
export function typedEntry(fields: EntryFields, index = 0): TakenEntry {
  const id = `vitals.e0.a.${index}` as EntryId
  return {
    id,
    fields,
    summary: { ...partsOfFields(fields), id, source: { type: 'self' } },
    addedAt: ADDED,
    changedAt: ADDED,
  }
}

/** What a file brings in, as it leaves the record. */
export async function broughtIn(
  file: object | string | Uint8Array,
  fileName = 'clinic.json',
  addedAt = ADDED,
): Promise<readonly TakenEntry[]> {
  const bytes =
    file instanceof Uint8Array ? file : new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file))
  const read = await readImportFile(bytes, fileName)
  if (!read.ok) throw new Error(`refused: ${read.failure.kind}`)
  return entriesOfFile(read.value, addedAt)
}

/** Resources as a Bundle. */
export const collection = (...resources: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map(resource => ({ resource })),
})
