import * as A from '@automerge/automerge/slim'
import { toHex } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { ImportId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { shownFileName } from '../shown-name.ts'
import { type DocMap, isDocMap, textIn, timeIn } from './flat-fields.ts'

/** The shard that tells of imports, and the log it lies in. */
export const IMPORTS_LABEL = 'imports'
export const IMPORTS_SECTION: Section = 'other'

export interface StoredImport {
  readonly importId: ImportId
  readonly fileName: string
  readonly importedAt: Instant
  readonly count: number
  /** Set while it is taken back: its entries are hidden. */
  readonly undoneAt?: Instant
}

const IMPORT_ID = /^[0-9a-f]{32}$/

export function importIdOf(bytes: Uint8Array): ImportId {
  return toHex(bytes) as ImportId
}

export function importsIn(doc: DocMap): StoredImport[] {
  return Object.keys(doc).flatMap(key => {
    const map = doc[key]
    if (!IMPORT_ID.test(key) || !isDocMap(map)) return []
    const undone = timeIn(map['undone'])
    const count = map['count']
    return [
      {
        importId: key as ImportId,
        fileName: shownFileName(textIn(map['fileName']) ?? ''),
        importedAt: timeIn(map['importedAt']) ?? instant(0),
        count: typeof count === 'number' ? count : 0,
        ...(undone === undefined ? {} : { undoneAt: undone }),
      },
    ]
  })
}

/** Inside a change. */
export function addImport(doc: DocMap, stored: StoredImport): void {
  doc[stored.importId] = {
    fileName: new A.ImmutableString(stored.fileName),
    importedAt: stored.importedAt,
    count: stored.count,
    undone: null,
  }
}

/** Inside a change: takes an import back (`since`) or brings it back. */
export function setUndone(doc: DocMap, importId: ImportId, since: Instant | undefined): void {
  const map = doc[importId]
  if (isDocMap(map)) map['undone'] = since ?? null
}
