import type { Instant } from '#schema/instant.ts'
import type { EntrySummary, ImportId } from '#schema/record/entry.ts'
import { lastUpdatedOf } from '../exchange/source-key.ts'
import type { ImportedResource } from '../exchange/imported-resource.ts'
import type { ChangedEntry, ImportChanges } from '../import-session.ts'
import { withoutFiles } from './cut-files.ts'
import { placeOf } from './entry-place.ts'
import { identityOf, versionOf } from './make-row.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entryIn, originalOf } from './stored-entry.ts'
import { isAlike, likenessOf, newestFirst } from './thing-groups.ts'

/** So many are told field by field; all are counted. */
const MAX_TOLD = 50

/** What a resource of a file is to the record. `known`: in the bin included. */
export type Standing =
  | { readonly kind: 'new' | 'known' }
  /** Another version of what is there; `row`: the newest of it. */
  | { readonly kind: 'changed' | 'older'; readonly row: Row }

type Versions = Pick<RecordIndex, 'withIdentity' | 'thingRows'>

/** Told older only where the source dates all versions itself. */
export function standingOf(index: Versions, resource: ImportedResource): Standing {
  if (index.withIdentity(identityOf(resource)) !== undefined) return { kind: 'known' }
  const { thing } = versionOf(resource, 0)
  const there = thing === undefined ? [] : index.thingRows(thing)
  const [newest] = newestFirst(there.filter(row => isAlike(likenessOf(row), resource.parts)))
  if (newest === undefined) return { kind: 'new' }
  const updated = lastUpdatedOf(resource.text)
  const isOlder = updated !== undefined && newest.updated !== undefined && updated < newest.updated
  return { kind: isOlder ? 'older' : 'changed', row: newest }
}

/** What changed of what is there, for the preview. Undefined where nothing did. */
export async function changesOf(
  { index, shards }: { readonly index: Versions; readonly shards: ShardReader },
  resources: readonly ImportedResource[],
  now: Instant,
): Promise<ImportChanges | undefined> {
  const changed = resources.flatMap(resource => {
    // Measurements are told by series.
    if (resource.group !== undefined) return []
    const standing = standingOf(index, resource)
    return standing.kind === 'changed' || standing.kind === 'older' ? [{ resource, ...standing }] : []
  })
  if (changed.length === 0) return undefined
  // Loaded when first needed: few files say anything of what is there.
  const { factsOf } = await import('../exchange/report/entry-facts.ts')
  const told: ChangedEntry[] = []
  for (const { resource, kind, row } of changed.slice(0, MAX_TOLD)) {
    const original = await originalTextOf(shards, row)
    const summary = asIfThere(resource, row)
    const [was, is] = [row.updated, lastUpdatedOf(resource.text)]
    told.push({
      before: factsOf({
        summary: row.summary,
        addedAt: now,
        changedAt: now,
        ...(original === undefined ? {} : { original }),
      }),
      after: factsOf({ summary, addedAt: now, changedAt: now, original: withoutFiles(resource.text) }),
      isOlder: kind === 'older',
      isCorrected: !row.isUntouched,
      ...(was === undefined ? {} : { updatedBefore: was }),
      ...(is === undefined ? {} : { updatedAfter: is }),
    })
  }
  const olderCount = changed.filter(({ kind }) => kind === 'older').length
  return { count: changed.length - olderCount, olderCount, told }
}

function asIfThere({ parts, author }: ImportedResource, { summary }: Row): EntrySummary {
  const { importId } = summary.source.type === 'import' ? summary.source : { importId: '' as ImportId }
  const source = { type: 'import', importId, fileName: '', ...(author === undefined ? {} : { author }) } as const
  return { ...parts, id: summary.id, source }
}

async function originalTextOf(shards: ShardReader, { summary }: Row): Promise<string | undefined> {
  const place = placeOf(summary.id)
  if (place === undefined) return undefined
  const doc = await shards.read(summary.isPrivate === true ? { ...place, isPrivate: true } : place)
  const entry = entryIn(place.label, doc, place.bucket, place.key)
  const original = entry && originalOf(entry)
  return original && withoutFiles(original.text)
}
