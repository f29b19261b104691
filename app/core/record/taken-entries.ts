import { instant } from '#schema/instant.ts'
import { correctedDocument, isOwnPaper } from '#schema/record/document.ts'
import type { EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import type { LogSection } from '#schema/record/sections.ts'
import type { TakenAnnotation } from '../exchange/annotations-out.ts'
import { ownIdOf, type TakenEntry } from '../exchange/own-entries.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { idsOfThing } from './annotations.ts'
import { entryIdIn, holdsEntries, idPrefix, type Shard, shardOf } from './entry-place.ts'
import { changedAt } from './flat-fields.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { fieldsOf } from './make-row.ts'
import type { RecordIndex } from './record-index.ts'
import type { ShardReader } from './shard-reader.ts'
import { addedAt, entriesIn, originalOf, type StoredEntry } from './stored-entry.ts'

export interface TakenDeps {
  /** Whose entries. */
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly keeper: IndexKeeper
}

/**
 * The entries to be seen that are wanted, shard by shard; none of the bin and none of a file taken back. The record may go on
 * changing meanwhile: each shard is taken as it then is. Shards that hold nothing wanted stay closed. `isWhole`: also what another entry
 * stands for (decision 28).
 */
export async function* takenEntries(
  deps: TakenDeps,
  isWanted: (summary: EntrySummary) => boolean,
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): AsyncGenerator<TakenEntry> {
  const wanted = new Map<EntryId, EntrySummary>()
  const { index } = deps.keeper
  // What was written beside an entry leaves with it.
  for (const { summary } of isWhole ? index.withAllBehind() : index.visible())
    if (summary.kind !== 'annotation' && isWanted(summary)) wanted.set(summary.id, summary)
  const beside = takenAnnotations(index, wanted)
  for (const log of deps.sections) {
    const shards = deps
      .logOf(log)
      .shards()
      .flatMap(info => shardOf(log, info.label) ?? [])
    for (const shard of shards.filter(each => holdsEntries(each.label))) {
      for (const taken of await entriesOf(deps, shard, wanted)) {
        const notes = beside.get(taken.id)
        yield notes === undefined ? taken : { ...taken, beside: notes }
      }
    }
  }
}

/** By entry that leaves. Of several that are one thing, the one that the annotation names has it, else the first. */
function takenAnnotations(
  index: RecordIndex,
  wanted: ReadonlyMap<EntryId, EntrySummary>,
): ReadonlyMap<EntryId, readonly TakenAnnotation[]> {
  const found = new Map<EntryId, TakenAnnotation[]>()
  for (const { summary } of index.visible().toReversed()) {
    const { id, on, value, when, source } = summary
    if (on === undefined || value?.type !== 'text' || when === undefined) continue
    const entry = idsOfThing(index, on as EntryId).find(each => wanted.has(each))
    const isClosed = summary.isPrivate === true && entry !== undefined && wanted.get(entry)?.isPrivate !== true
    if (entry === undefined || isClosed) continue
    const by = source.type === 'self' ? source.by : undefined
    const { text } = value
    const annotation = { uuid: ownIdOf(id), on: entry, text, writtenAt: when.text, ...(by === undefined ? {} : { by }) }
    found.set(entry, [...(found.get(entry) ?? []), annotation])
  }
  return found
}

async function entriesOf(
  { shards, keeper }: TakenDeps,
  shard: Shard,
  wanted: ReadonlyMap<EntryId, EntrySummary>,
): Promise<readonly TakenEntry[]> {
  const { index } = keeper
  const isHere = (id: EntryId) => index.isPrivate(id) === (shard.isPrivate === true)
  if (![...index.shardRows(shard).keys()].some(id => wanted.has(id) && isHere(id))) return []
  const prefix = idPrefix(shard)
  const doc = await shards.read(shard)
  return entriesIn(shard.label, doc).flatMap(entry => {
    const summary = wanted.get(entryIdIn(prefix, entry))
    return summary !== undefined && isHere(summary.id) ? [takenOf(shard, entry, summary)] : []
  })
}

/** What was corrected of a person's own paper stands in it, so that it leaves as one document. */
function isInOriginal(text: string | undefined, fields: EntryFields): boolean {
  return text !== undefined && fields.kind === 'document' && isOwnPaper(parseObject(text))
}

function asTaken(text: string, fields: EntryFields | undefined): string {
  if (fields?.kind !== 'document' || !isInOriginal(text, fields)) return text
  return JSON.stringify(correctedDocument(parseObject(text), fields))
}

function takenOf({ label }: Shard, entry: StoredEntry, summary: EntrySummary): TakenEntry {
  const original = originalOf(entry)
  const fields = fieldsOf(label, entry)
  const added = addedAt(label, entry) ?? summary.when?.sortAt ?? instant(0)
  return {
    id: summary.id,
    summary,
    ...(original === undefined ? {} : { original: asTaken(original.text, fields), sourceKey: original.sourceKey }),
    ...(original?.fullUrl === undefined ? {} : { fullUrl: original.fullUrl }),
    ...(fields === undefined || isInOriginal(original?.text, fields) ? {} : { fields }),
    addedAt: added,
    changedAt: changedAt(entry.spot) ?? added,
  }
}
