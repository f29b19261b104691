import type { EntryId } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { type ExportedEntry, exportFhir } from '../exchange/export-fhir.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock } from '../ports.ts'
import { entryIdIn, holdsEntries, idPrefix, type Shard, shardOf } from './entry-place.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { fieldsOf } from './make-row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, originalOf } from './stored-entry.ts'

export interface ExportDeps {
  /** Whose entries. */
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly keeper: IndexKeeper
  readonly clock: Clock
  /** What is private as well. */
  readonly withPrivate: boolean
  readonly person: { readonly personName: string; readonly birthDate: string }
}

/** All that is to be seen, as a FHIR R4 Bundle. The record may go on changing meanwhile; each shard is taken as it then is. */
export async function exportRecord(deps: ExportDeps): Promise<Blob> {
  const { personName: name, birthDate } = deps.person
  const [first = 'about-me'] = deps.sections
  const about = deps.sections.includes('about-me') ? 'about-me' : first
  const person = { name, ...(birthDate === '' ? {} : { birthDate }), recordId: deps.logOf(about).id }
  // Each piece becomes a Blob at once: the whole text never stands in memory.
  const pieces: Blob[] = []
  for await (const text of exportFhir(person, visibleEntries(deps), deps.clock.now())) pieces.push(new Blob([text]))
  return new Blob(pieces, { type: 'application/fhir+json' })
}

async function* visibleEntries(deps: ExportDeps): AsyncGenerator<ExportedEntry> {
  const { index } = deps.keeper
  const rows = index.visible().filter(row => deps.withPrivate || row.summary.isPrivate !== true)
  const wanted = new Set(rows.map(row => row.summary.id))
  for (const log of deps.sections) {
    const shards = deps
      .logOf(log)
      .shards()
      .flatMap(info => shardOf(log, info.label) ?? [])
    for (const shard of shards.filter(each => holdsEntries(each.label))) yield* await entriesOf(deps, shard, wanted)
  }
}

async function entriesOf(
  { shards, keeper }: ExportDeps,
  shard: Shard,
  wanted: ReadonlySet<EntryId>,
): Promise<readonly ExportedEntry[]> {
  const prefix = idPrefix(shard)
  const doc = await shards.read(shard)
  return entriesIn(shard.label, doc).flatMap(entry => {
    const id = entryIdIn(prefix, entry)
    if (!wanted.has(id) || keeper.index.isPrivate(id) !== (shard.isPrivate === true)) return []
    const original = originalOf(entry)
    const fields = fieldsOf(shard.label, entry)
    return [
      {
        id,
        ...(original === undefined ? {} : { original: original.text }),
        ...(original?.fullUrl === undefined ? {} : { fullUrl: original.fullUrl }),
        ...(fields === undefined ? {} : { fields }),
      },
    ]
  })
}
