import type { EntryDetail, EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import type { FileOfEntry } from '../clinics/clinic-file.ts'
import { ownIdOf } from '../exchange/own-entries.ts'
import type { PaperSession } from '../paper-session.ts'
import { placeOf } from './entry-place.ts'
import { versionOf } from './make-row.ts'
import type { RecordIndex } from './record-index.ts'
import type { Row } from './row.ts'
import type { ShardReader } from './shard-reader.ts'
import { entryIn, originalOf, type StoredOriginal } from './stored-entry.ts'

export interface PaperReader extends Pick<PaperSession, 'attachment' | 'original'> {
  /** What belongs to an entry and what it belongs to, of what is to be seen here. */
  readonly linksOf: (id: EntryId) => Pick<EntryDetail, 'papers' | 'about'>
  /** The files that an entry names by an address, with the entry; undefined for one that is not to be seen here. */
  readonly filesElsewhere: (
    id: EntryId,
  ) => Promise<{ readonly summary: EntrySummary; readonly files: readonly FileOfEntry[] } | undefined>
  /** The UUIDs by which documents may say that they belong to an entry, its own first; none for one that is not to be seen here. */
  readonly namesOf: (id: EntryId) => readonly string[]
}

interface PaperDeps {
  readonly index: RecordIndex
  readonly shards: ShardReader
  /** Those that are here. */
  readonly sections: readonly LogSection[]
}

/** Reads what lies in originals, and which documents belong to which entries (decision 24). */
export function makePaperReader({ index, shards, sections }: PaperDeps): PaperReader {
  const uuids = new Map<EntryId, string>()
  function uuidOf(id: EntryId): string {
    const known = uuids.get(id) ?? ownIdOf(id)
    uuids.set(id, known)
    return known
  }

  async function original(id: EntryId): Promise<StoredOriginal | undefined> {
    const place = placeOf(id)
    if (place === undefined || !sections.includes(place.section)) return undefined
    const doc = await shards.read(index.isPrivate(id) ? { ...place, isPrivate: true } : place)
    const entry = entryIn(place.label, doc, place.bucket, place.key)
    return entry && originalOf(entry)
  }
  const originalText = async (id: EntryId) => (await original(id))?.text

  /** The entry that a file came along as, if any. */
  function hereAs(sourceKeys: readonly string[]): Pick<FileOfEntry, 'here'> {
    const things = sourceKeys.flatMap(sourceKey => versionOf({ sourceKey, text: '' }, 0).thing ?? [])
    const found = things.flatMap(thing => index.thingRows(thing))[0]
    return found === undefined ? {} : { here: found.summary.id }
  }

  const standsFor = (row: Row) => [row, ...(row.behind ?? [])].map(each => each.summary.id)

  return {
    namesOf(id) {
      const group = index.groupOf(id).flat()
      return group.length === 0 ? [] : [...new Set([uuidOf(id), ...group.map(row => uuidOf(row.summary.id))])]
    },
    linksOf(id) {
      // A letter that was attached to an earlier version belongs to the thing.
      const group = index
        .groupOf(id)
        .flat()
        .map(row => row.summary)
      const about = new Set(group.flatMap(summary => summary.about ?? []))
      const own = group.map(summary => uuidOf(summary.id))
      const papers: EntrySummary[] = []
      const targets: EntrySummary[] = []
      for (const row of index.visible()) {
        const { summary } = row
        if (summary.about?.some(each => own.includes(each))) papers.push(summary)
        if (about.size > 0 && standsFor(row).some(each => about.has(uuidOf(each)))) targets.push(summary)
      }
      return {
        ...(papers.length > 0 ? { papers: papers.toReversed() } : {}),
        ...(targets.length > 0 ? { about: targets } : {}),
      }
    },
    async filesElsewhere(id) {
      const [row, kept] = [index.get(id), await original(id)]
      if (row === undefined || kept === undefined) return undefined
      const { filesElsewhereIn } = await import('../exchange/clinic/clinic-files.ts')
      const named = filesElsewhereIn(kept.text, kept.fullUrl)
      return { summary: row.summary, files: named.map(file => ({ ...file, ...hereAs(file.sourceKeys) })) }
    },
    async attachment(id, at) {
      const text = await originalText(id)
      const { attachmentBlob } = await import('./attachments.ts')
      return text === undefined ? undefined : attachmentBlob(text, at)
    },
    async original(id) {
      const text = await originalText(id)
      return text === undefined ? undefined : new Blob([text], { type: 'application/fhir+json' })
    },
  }
}
