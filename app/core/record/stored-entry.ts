import * as A from '@automerge/automerge/slim'
import { equalBytes } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type CardCheck, parseCardCheck } from '#schema/record/card-check.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import type { FieldKind } from '#schema/record/own-entry.ts'
import { measureOf } from './entry-place.ts'
import {
  type DocMap,
  type FieldSpot,
  type FieldValue,
  isDocMap,
  isTouchedSpot,
  mapsAt,
  setBinned,
  setField,
  textIn,
  timeIn,
} from './flat-fields.ts'
import {
  packReading,
  READING_FIELDS,
  type ReadingFields,
  timeOf,
  type UnpackedReading,
  unpackReading,
} from './pack-reading.ts'

/** An entry as it lies in a shard, read without judging its content. */
export interface StoredEntry {
  readonly bucket: string
  readonly key: string
  readonly spot: FieldSpot
  /** Nothing was ever set beside the original or the packed bytes. */
  readonly isUntouched: boolean
  /** Its bucket was made twice (by a cloned profile), so a second map may hold it too. */
  readonly isTwice: boolean
  readonly packed?: Uint8Array
  /** What was noted when the reading was added. */
  readonly packedNote?: string
}

/** What came with an imported resource. */
export interface StoredOriginal {
  readonly text: string
  readonly importId: string
  readonly sourceKey: string
  readonly contentKey: string
  readonly fullUrl?: string
  readonly author?: string
  /** Its row, where that needed the file's other resources. */
  readonly partsJson?: string
  /** What was found of the health card it came in. */
  readonly card?: CardCheck
}

const DAY_MS = 86_400_000

/** A reading's first note lies beside it, in the bucket that only its writer makes. */
const noteKey = (key: string) => `${key}:n`

/** What stands in the document before the names of a packed reading's fields. */
export const flatPrefixOf = (bucket: string, key: string) => `${bucket}.${key}:`

/** Flat keys hold a colon, buckets do not. */
const bucketsOf = (doc: DocMap) => Object.keys(doc).filter(key => !key.includes(':') && isDocMap(doc[key]))

/** What stands before the first colon of every flat key. */
function touchedReadings(doc: DocMap): Set<string> {
  return new Set(Object.keys(doc).flatMap(key => (key.includes(':') ? key.slice(0, key.indexOf(':')) : [])))
}

function readingSpot(doc: DocMap, bucket: string, key: string): FieldSpot {
  return { map: doc, prefix: flatPrefixOf(bucket, key), names: READING_FIELDS }
}

/** What may lie beside an entry of this name: a note in its bucket, flat fields in the document. */
export function flatKeysOf(bucket: string, key: string): { readonly note: string; readonly fields: readonly string[] } {
  const prefix = flatPrefixOf(bucket, key)
  const fields = READING_FIELDS.flatMap(name => [`${prefix}f:${name}`, `${prefix}t:${name}`])
  return { note: noteKey(key), fields: [...fields, `${prefix}b`] }
}

/** What was found of the health card it came in. */
export const CARD_FIELD = 'k'
const ORIGINAL_KEYS = new Set(['o', 'i', 's', 'h', 'u', 'w', 'p', 'a', CARD_FIELD])

/** Answers what lies at a key of a bucket's map. */
function makesEntry(label: string, doc: DocMap, isTouched: (bucket: string, key: string) => boolean) {
  const isReadings = measureOf(label) !== undefined
  return (bucket: string, key: string, map: DocMap, isTwice: boolean): StoredEntry | undefined => {
    const value = map[key]
    if (isReadings && value instanceof Uint8Array) {
      const note = textIn(map[noteKey(key)])
      const packed = { packed: value, ...(note === undefined ? {} : { packedNote: note }) }
      return {
        bucket,
        key,
        spot: readingSpot(doc, bucket, key),
        isTwice,
        isUntouched: !isTouched(bucket, key),
        ...packed,
      }
    }
    if (isReadings || !isDocMap(value)) return undefined
    const isUntouched = Object.keys(value).every(name => ORIGINAL_KEYS.has(name))
    return { bucket, key, spot: { map: value, prefix: '' }, isUntouched, isTwice }
  }
}

/** Every entry of a shard. What isn't of our making is passed over. */
export function entriesIn(label: string, doc: DocMap): StoredEntry[] {
  const touched = touchedReadings(doc)
  const make = makesEntry(label, doc, (bucket, key) => touched.has(`${bucket}.${key}`))
  return bucketsOf(doc).flatMap(bucket => {
    const seen = new Set<string>()
    const maps = mapsAt(doc, bucket)
    return maps.flatMap(map =>
      Object.keys(map).flatMap(key => {
        if (seen.has(key)) return []
        seen.add(key)
        return make(bucket, key, map, maps.length > 1) ?? []
      }),
    )
  })
}

export function entryIn(label: string, doc: DocMap, bucket: string, key: string): StoredEntry | undefined {
  const make = makesEntry(label, doc, () => isTouchedSpot(readingSpot(doc, bucket, key)))
  const maps = mapsAt(doc, bucket)
  const map = maps.find(each => Object.hasOwn(each, key))
  return map === undefined ? undefined : make(bucket, key, map, maps.length > 1)
}

export function originalOf(entry: StoredEntry): StoredOriginal | undefined {
  if (entry.packed !== undefined) return undefined
  const { map } = entry.spot
  const text = textIn(map['o'])
  if (text === undefined) return undefined
  const fullUrl = textIn(map['u'])
  const author = textIn(map['w'])
  const partsJson = textIn(map['p'])
  const card = parseCardCheck(textIn(map[CARD_FIELD]) ?? '')
  return {
    text,
    importId: textIn(map['i']) ?? '',
    sourceKey: textIn(map['s']) ?? '',
    contentKey: textIn(map['h']) ?? '',
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(author === undefined ? {} : { author }),
    ...(partsJson === undefined ? {} : { partsJson }),
    ...(card === undefined ? {} : { card }),
  }
}

/** Of a packed reading: as it was added. */
export function unpacked(label: string, entry: StoredEntry): UnpackedReading | undefined {
  const measure = measureOf(label)
  if (entry.packed === undefined || measure === undefined) return undefined
  const time = { year: label.slice(-4), month: entry.bucket.slice(0, 2), minute: entry.key.slice(0, 3) }
  return unpackReading(measure, time, entry.packed)
}

/** A reading as it was added, if nothing was ever set beside it. */
export function readingAsAdded(label: string, entry: StoredEntry): ReadingFields | undefined {
  const fields = entry.isUntouched ? unpacked(label, entry)?.fields : undefined
  return fields === undefined || entry.packedNote === undefined ? fields : { ...fields, note: entry.packedNote }
}

export function addedAt(label: string, entry: StoredEntry): Instant | undefined {
  if (entry.packed === undefined) return timeIn(entry.spot.map['a'])
  const reading = unpacked(label, entry)
  if (reading?.addedAt !== undefined) return reading.addedAt
  const taken = Date.parse(reading?.fields.takenAt ?? '')
  return Number.isNaN(taken) ? undefined : instant(taken)
}

export function fieldList(fields: EntryFields | undefined): (readonly [string, FieldValue])[] {
  return Object.entries(fields ?? {}).filter(([name]) => name !== 'kind')
}

/** A map in a document: inside a change, made when missing. */
export function bucketIn(doc: DocMap, bucket: string): DocMap {
  if (!isDocMap(doc[bucket])) doc[bucket] = {}
  const map = doc[bucket]
  if (!isDocMap(map)) throw new TypeError('Cannot write an entry: its bucket is no map')
  return map
}

/** Inside a change of an `entries/` shard. */
export function addHandMade(doc: DocMap, bucket: string, key: string, fields: EntryFields, now: Instant): void {
  const map: DocMap = { k: new A.ImmutableString(fields.kind), a: now }
  for (const [field, value] of fieldList(fields)) setField({ map, prefix: '' }, field, value, now)
  bucketIn(doc, bucket)[key] = map
}

/** Inside a change of a `readings/` shard. */
export function addReading(doc: DocMap, bucket: string, key: string, fields: ReadingFields, now: Instant): void {
  const map = bucketIn(doc, bucket)
  const isFresh = Math.abs(Date.parse(fields.takenAt) - now) <= DAY_MS
  map[key] = packReading(fields, isFresh ? undefined : now)
  if (fields.note !== undefined) map[noteKey(key)] = new A.ImmutableString(fields.note)
}

/** Whether it was added with just these values, whatever became of it since. */
export function wasAddedAs(entry: StoredEntry, fields: ReadingFields): boolean {
  const packed = packReading(fields)
  // When it was written down may stand behind.
  const isSame = entry.packed !== undefined && equalBytes(entry.packed.subarray(0, packed.length), packed)
  return isSame && entry.packedNote === fields.note
}

/** Three characters of time and two at random name a reading within its month. */
export function readingKey(takenAt: string, random: (count: number) => Uint8Array): string {
  return `${timeOf(takenAt).minute}${randomKey(random, 2)}`
}

/** 36 does not divide 256: the first digits come up a little more often, which does no harm to a name. */
export function randomKey(random: (count: number) => Uint8Array, characters: number): string {
  return Array.from(random(characters), byte => (byte % 36).toString(36)).join('')
}

/** Inside a change: where `entry`'s fields can be set. Brings an entry out of a hidden map. */
function spotIn(doc: DocMap, entry: StoredEntry): FieldSpot {
  const bucket = bucketIn(doc, entry.bucket)
  if (entry.packed !== undefined) {
    if (Object.hasOwn(bucket, entry.key)) return readingSpot(doc, entry.bucket, entry.key)
    bucket[entry.key] = entry.packed
    if (entry.packedNote !== undefined) bucket[noteKey(entry.key)] = new A.ImmutableString(entry.packedNote)
    return readingSpot(doc, entry.bucket, entry.key)
  }
  if (!Object.hasOwn(bucket, entry.key)) bucket[entry.key] = { ...entry.spot.map }
  const map = bucket[entry.key]
  if (!isDocMap(map)) throw new TypeError('Cannot write an entry: it is no map')
  return { map, prefix: '' }
}

/** Inside a change: the fields named, and nothing else. A correction of an import becomes of `kind`. */
export function setFields(
  doc: DocMap,
  entry: StoredEntry,
  kind: FieldKind,
  values: ReadonlyMap<string, FieldValue>,
  now: Instant,
): void {
  const spot = spotIn(doc, entry)
  if (entry.packed === undefined && textIn(spot.map['k']) !== kind) spot.map['k'] = new A.ImmutableString(kind)
  for (const [field, value] of values) setField(spot, field, value, now)
}

/** Inside a change. */
export function setEntryBinned(doc: DocMap, entry: StoredEntry, since: Instant | undefined): void {
  setBinned(spotIn(doc, entry), since)
}

/** Inside a change: deletes for good, as far as a document ever does. */
export function removeEntry(doc: DocMap, entry: StoredEntry): void {
  const bucket = doc[entry.bucket]
  // A mark instead of nothing: behind nothing, the second map's copy would come to light.
  if (isDocMap(bucket) && entry.isTwice) bucket[entry.key] = null
  else if (isDocMap(bucket)) delete bucket[entry.key]
  if (entry.packed === undefined) return
  if (isDocMap(bucket) && Object.hasOwn(bucket, noteKey(entry.key))) delete bucket[noteKey(entry.key)]
  for (const key of Object.keys(doc)) if (key.startsWith(entry.spot.prefix)) delete doc[key]
}

/** What of `next` differs from what stands there; a field that `next` leaves out is cleared. */
export function changedFields(current: ReadonlyMap<string, FieldValue>, next: EntryFields): Map<string, FieldValue> {
  const wanted = new Map(fieldList(next))
  const cleared = [...current].flatMap(([field, value]) =>
    value !== null && !wanted.has(field) ? [[field, null] as const] : [],
  )
  return new Map([...[...wanted].filter(([field, value]) => current.get(field) !== value), ...cleared])
}
