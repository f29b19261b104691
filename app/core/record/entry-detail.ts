import { instant } from '#schema/instant.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { fieldsFromFhir } from '#schema/record/own-entry.ts'
import { changedAt, conflictsIn } from './flat-fields.ts'
import { fieldsOf, parseObject } from './make-row.ts'
import type { Row } from './row.ts'
import { addedAt, originalOf, type StoredEntry } from './stored-entry.ts'

/** Everything of one entry. */
export function detailOf(row: Row, label: string, entry: StoredEntry): EntryDetail {
  const fields = fieldsOf(label, entry)
  const original = originalOf(entry)
  const draft = original === undefined || fields !== undefined ? undefined : fieldsFromFhir(parseObject(original.text))
  const added = addedAt(label, entry) ?? row.summary.when?.sortAt ?? instant(0)
  return {
    summary: row.summary,
    ...(fields === undefined ? {} : { fields }),
    ...(original === undefined ? {} : { original: original.text }),
    ...(draft === undefined ? {} : { correctionDraft: draft }),
    conflicts: conflictsIn(entry.spot),
    addedAt: added,
    changedAt: changedAt(entry.spot) ?? added,
    ...(row.binnedAt === undefined ? {} : { binnedAt: row.binnedAt }),
  }
}
