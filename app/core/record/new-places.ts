import { partsOfFields } from '#schema/record/own-entry.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { NameBytes } from './command-names.ts'
import { type EntryPlace, entryIdOf, isHandMade, placeOf, readingsLabel, shardOf } from './entry-place.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { type ReadingFields, timeOf } from './pack-reading.ts'
import { randomKey, readingKey } from './stored-entry.ts'

const SHARD_ENTRIES = 1000
const SHARD_BYTES = 1_000_000
const BUCKET_ENTRIES = 100
/** Always the first shard: which one is the newest two devices may see differently. */
const COMMON_LABEL = 'entries/0'
const COMMON_NAME_CHARS = 12

/** Where new entries go. */
export interface NewPlaces {
  /** A place that no other entry has, nor gets before `release`. */
  take(fields: EntryFields, isPrivate: boolean, bytes: NameBytes): EntryPlace
  release(ids: readonly EntryId[]): void
  /** The same on every device that writes it for itself, so that of several one is left once they meet. */
  common(fields: EntryFields, bytes: NameBytes): EntryPlace
  /** Entries that `take` may have given this name, in whatever shard and bucket was the newest then. By the index. */
  named(fields: EntryFields, bytes: NameBytes, attempt: number): readonly EntryId[]
}

export function isReading(fields: EntryFields): fields is ReadingFields {
  return fields.kind === 'blood-pressure' || fields.kind === 'weight'
}

function keyOf(fields: EntryFields, bytes: ReturnType<NameBytes>): string {
  return isReading(fields) ? readingKey(fields.takenAt, bytes) : randomKey(bytes, 8)
}

export function makeNewPlaces({
  logOf,
  keeper,
}: {
  readonly logOf: (log: LogSection) => SealedLog
  readonly keeper: IndexKeeper
}): NewPlaces {
  /** Given out but not yet in the index. */
  const underWay = new Set<EntryId>()

  /** Maps are named after the feed that makes them, so that no two devices make the same one. */
  const tag = (log: LogSection) => logOf(log).writer.slice(0, 8)

  /** The newest shard of entries made by hand, unless it is full, and this feed's bucket in it. */
  function openBucket(section: Section, isPrivate: boolean): { readonly label: string; readonly bucket: string } {
    const log = isPrivate ? 'private' : section
    const shards = logOf(log)
      .shards()
      .flatMap(({ label, savedBytes }) => {
        const shard = shardOf(log, label)
        const number = shard?.section === section ? /^entries\/(\d{1,6})$/.exec(shard.label)?.[1] : undefined
        return number === undefined ? [] : [{ number: Number(number), savedBytes }]
      })
    const newest = Math.max(0, ...shards.map(({ number }) => number))
    const label = `entries/${newest}`
    const rows = keeper.index.shardRows({ section, label, ...(isPrivate ? { isPrivate } : {}) })
    const bytes = shards.find(({ number }) => number === newest)?.savedBytes ?? 0
    if (rows.size >= SHARD_ENTRIES || bytes >= SHARD_BYTES) {
      return { label: `entries/${newest + 1}`, bucket: `${tag(log)}~0` }
    }
    const ids = [...rows.keys()]
    for (let number = 0; ; number++) {
      const bucket = `${tag(log)}~${number}`
      if (ids.filter(id => placeOf(id)?.bucket === bucket).length < BUCKET_ENTRIES) return { label, bucket }
    }
  }

  function bucketFor(fields: EntryFields, isPrivate: boolean): Omit<EntryPlace, 'key'> {
    const where = isPrivate ? { isPrivate: true as const } : {}
    const { section } = partsOfFields(fields)
    if (!isReading(fields)) return { section, ...openBucket(section, isPrivate), ...where }
    const { year, month } = timeOf(fields.takenAt)
    const bucket = `${month}~${tag(isPrivate ? 'private' : section)}`
    return { section, label: readingsLabel(fields.kind, year), bucket, ...where }
  }

  return {
    take(fields, isPrivate, bytes) {
      const place = bucketFor(fields, isPrivate)
      for (let attempt = 0; ; attempt++) {
        const found = { ...place, key: keyOf(fields, bytes(attempt)) }
        const id = entryIdOf(found)
        if (keeper.index.get(id) !== undefined || underWay.has(id)) continue
        underWay.add(id)
        return found
      }
    },
    common(fields, bytes) {
      const [name, key] = [randomKey(bytes(0), COMMON_NAME_CHARS), keyOf(fields, bytes(1))]
      const { section } = partsOfFields(fields)
      if (!isReading(fields)) return { section, label: COMMON_LABEL, bucket: `${name}~0`, key }
      const { year, month } = timeOf(fields.takenAt)
      return { section, label: readingsLabel(fields.kind, year), bucket: `${month}~${name}`, key }
    },
    release: ids => ids.forEach(id => underWay.delete(id)),
    named(fields, bytes, attempt) {
      const key = keyOf(fields, bytes(attempt))
      const { section } = partsOfFields(fields)
      const label = isReading(fields) ? readingsLabel(fields.kind, timeOf(fields.takenAt).year) : undefined
      return [...keeper.index.all()].flatMap(({ summary: { id } }) => {
        const place = id.endsWith(`.${key}`) ? placeOf(id) : undefined
        if (place?.section !== section) return []
        return (label === undefined ? isHandMade(place.label) : place.label === label) ? [id] : []
      })
    },
  }
}
