import { SECTIONS, type Section } from '#schema/record/sections.ts'
import { type ExportedEntry, exportFhir } from '../exchange/export-fhir.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock } from '../ports.ts'
import { entryIdIn, holdsEntries, idPrefix } from './entry-place.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { fieldsOf } from './make-row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, originalOf } from './stored-entry.ts'

export interface ExportDeps {
  logOf(section: Section): SealedLog
  readonly shards: ShardReader
  readonly keeper: IndexKeeper
  readonly clock: Clock
  readonly person: { readonly personName: string; readonly birthDate: string }
}

/** All that is to be seen, as a FHIR R4 Bundle. The record may go on changing meanwhile; each shard is taken as it then is. */
export async function exportRecord(deps: ExportDeps): Promise<Blob> {
  const { personName: name, birthDate } = deps.person
  const person = { name, birthDate, recordId: deps.logOf('about-me').id }
  // Each piece becomes a Blob at once: the whole text never stands in memory.
  const pieces: Blob[] = []
  for await (const text of exportFhir(person, visibleEntries(deps), deps.clock.now())) pieces.push(new Blob([text]))
  return new Blob(pieces, { type: 'application/fhir+json' })
}

async function* visibleEntries(deps: ExportDeps): AsyncGenerator<ExportedEntry> {
  const visible = new Set(deps.keeper.index.visible().map(row => row.summary.id))
  for (const section of SECTIONS) {
    const labels = deps
      .logOf(section)
      .shards()
      .map(info => info.label)
    for (const label of labels.filter(holdsEntries)) {
      const prefix = idPrefix(section, label)
      const doc = await deps.shards.read(section, label)
      const entries = entriesIn(label, doc).flatMap(entry => {
        const id = entryIdIn(prefix, entry)
        if (!visible.has(id)) return []
        const original = originalOf(entry)
        const fields = fieldsOf(label, entry)
        return [
          {
            id,
            ...(original === undefined ? {} : { original: original.text }),
            ...(original?.fullUrl === undefined ? {} : { fullUrl: original.fullUrl }),
            ...(fields === undefined ? {} : { fields }),
          },
        ]
      })
      yield* entries
    }
  }
}
