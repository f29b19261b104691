import * as A from '@automerge/automerge/slim'
import type { Instant } from '#schema/instant.ts'
import type { EntrySource } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { ImportedResource } from '../exchange/imported-resource.ts'
import { entryIdIn, idPrefix, type Shard } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import { identityOf, readAlone, versionOf } from './make-row.ts'
import { nameOf, setWhere } from './private-shard.ts'
import { monthOf, type Row } from './row.ts'
import { CARD_FIELD } from './stored-entry.ts'
import type { StoredImport } from './stored-imports.ts'

const SHARD_ENTRIES = 1000
const SHARD_CHARACTERS = 4_000_000
const BUCKET_ENTRIES = 100

/** What goes into one new shard. */
export interface ShardPlan extends Shard {
  readonly resources: readonly ImportedResource[]
}

/**
 * Cuts what is new in a file into shards, section by section. What `isPrivate` goes into the private log, under labels of its own: an
 * id doesn't say in which log its entry lies.
 */
export function planShards(
  importId: string,
  resources: readonly ImportedResource[],
  isPrivate: (resource: ImportedResource) => boolean,
): ShardPlan[] {
  const start = `import/${importId.slice(0, 16)}-`
  const [closed, open] = [resources.filter(isPrivate), resources.filter(resource => !isPrivate(resource))]
  return [
    ...planOf(open).map(([section, part, number]) => ({ section, label: `${start}${number}`, resources: part })),
    ...planOf(closed).map(([section, part, number]) => ({
      section,
      label: `${start}p${number}`,
      isPrivate: true as const,
      resources: part,
    })),
  ]
}

function planOf(resources: readonly ImportedResource[]): (readonly [Section, ImportedResource[], number])[] {
  const bySection = Map.groupBy(resources, resource => resource.parts.section)
  return [...bySection].flatMap(([section, all]) => cut(all).map((part, number) => [section, part, number] as const))
}

function cut(resources: readonly ImportedResource[]): ImportedResource[][] {
  const parts: ImportedResource[][] = []
  let room = 0
  for (const resource of resources) {
    room -= resource.text.length
    const last = parts.at(-1)
    if (last !== undefined && room > 0 && last.length < SHARD_ENTRIES) last.push(resource)
    else {
      parts.push([resource])
      room = SHARD_CHARACTERS - resource.text.length
    }
  }
  return parts
}

const text = (value: string) => new A.ImmutableString(value)

/** The file's other resources may have told more of this one than it says itself: then its row travels with it. */
function isMoreThanAlone(resource: ImportedResource): boolean {
  const alone = readAlone(resource.text)
  return alone.author !== resource.author || JSON.stringify(alone.parts) !== JSON.stringify(resource.parts)
}

function storedOf(resource: ImportedResource, importId: string, now: Instant): DocMap {
  const isMore = isMoreThanAlone(resource)
  return {
    o: text(resource.text),
    i: text(importId),
    s: text(resource.sourceKey),
    h: text(resource.contentKey),
    a: now,
    ...(resource.fullUrl === undefined ? {} : { u: text(resource.fullUrl) }),
    ...(isMore ? { p: text(JSON.stringify(resource.parts)) } : {}),
    ...(isMore && resource.author !== undefined ? { w: text(resource.author) } : {}),
    ...(resource.card === undefined ? {} : { [CARD_FIELD]: text(JSON.stringify(resource.card)) }),
  }
}

function rowFor(id: Row['summary']['id'], resource: ImportedResource, stored: StoredImport, plan: Shard): Row {
  const { importId, fileName, importedAt } = stored
  const { author } = resource
  const source: EntrySource = { type: 'import', importId, fileName, ...(author === undefined ? {} : { author }) }
  const summary = { ...resource.parts, id, source, ...(plan.isPrivate === true ? { isPrivate: true as const } : {}) }
  return {
    summary,
    hasConflict: false,
    isUntouched: true,
    identity: identityOf(resource),
    ...versionOf(resource, importedAt),
    month: monthOf(summary),
  }
}

/**
 * One shard as a save whose changes are `actor`'s, and the rows of its entries. `pause` lets others run and answers whether to go on;
 * undefined when not.
 */
export async function buildShard(
  plan: ShardPlan,
  stored: StoredImport,
  actor: string,
  pause: () => Promise<boolean>,
): Promise<{ readonly save: Uint8Array<ArrayBuffer>; readonly rows: readonly Row[] } | undefined> {
  let doc = A.init<DocMap>({ actor })
  const rows: Row[] = []
  const prefix = idPrefix(plan)
  for (let start = 0; start < plan.resources.length; start += BUCKET_ENTRIES) {
    const bucket = String(start / BUCKET_ENTRIES)
    const entries: DocMap = {}
    for (const [offset, resource] of plan.resources.slice(start, start + BUCKET_ENTRIES).entries()) {
      const key = offset.toString(36)
      entries[key] = storedOf(resource, stored.importId, stored.importedAt)
      rows.push(rowFor(entryIdIn(prefix, { bucket, key }), resource, stored, plan))
    }
    doc = A.change(doc, draft => {
      draft[bucket] = entries
      if (plan.isPrivate !== true) return
      for (const key of Object.keys(entries)) setWhere(draft, nameOf({ bucket, key }), 'private')
    })
    if (!(await pause())) {
      A.free(doc)
      return undefined
    }
  }
  const save = new Uint8Array(A.save(doc))
  A.free(doc)
  return { save, rows }
}
