import type { Instant } from '#schema/instant.ts'
import { partsOfFields, parseFields } from '#schema/record/own-entry.ts'
import type { EntryFields, EntryId, EntryKind, FieldConflict } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, Random } from '../ports.ts'
import type { SaveFailure, Session, UndoneAct } from '../session.ts'
import { type EntryPlace, entryIdOf, idPrefix, placeOf, readingsLabel } from './entry-place.ts'
import { type DocMap, conflictsIn, type FieldValue } from './flat-fields.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { timeOf } from './pack-reading.ts'
import type { Saver } from './saver.ts'
import type { ShardReader } from './shard-reader.ts'
import {
  addHandMade,
  addReading,
  changedFields,
  entryIn,
  randomKey,
  readingKey,
  setEntryBinned,
  setFields,
  type StoredEntry,
  typedFields,
} from './stored-entry.ts'
import type { Invert, UndoStack } from './undo-stack.ts'

const SHARD_ENTRIES = 1000
const SHARD_BYTES = 1_000_000
const BUCKET_ENTRIES = 100

export interface ActDeps {
  logOf(section: Section): SealedLog
  readonly shards: ShardReader
  readonly saver: Saver
  readonly keeper: IndexKeeper
  readonly undo: UndoStack
  readonly clock: Clock
  readonly random: Random
}

type Acts = Pick<Session, 'addEntry' | 'editEntry' | 'binEntry' | 'restoreEntry' | 'chooseConflict'>
type Saved<Value = void> = Result<Value, SaveFailure>

const notFound = () => fail({ kind: 'not-found' } as const)
const invalid = (field: string) => fail({ kind: 'invalid', field } as const)

/** Read at one moment: the document may be closed after it. */
interface Found {
  readonly place: EntryPlace
  readonly entry: StoredEntry
  readonly conflicts: readonly FieldConflict[]
}

/** The acts of a person on one entry. Each is durable when it answers ok. */
export function makeEntryActs(deps: ActDeps): Acts {
  const { keeper, undo, clock } = deps
  /** Keys given out but not yet in the index. */
  const underWay = new Set<string>()

  /** One change of one shard, durable; afterwards the entry's row is level with it. */
  async function save(place: EntryPlace, change: (doc: DocMap) => void): Promise<Saved> {
    const { section, label } = place
    return keeper.during([place], async () => {
      const saved = await deps.saver.save(write => write(section, label, change))
      if (saved.ok) await keeper.refreshEntries(section, label, [place])
      else keeper.markStale(section, label)
      return saved.ok ? ok(undefined) : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  async function find(id: EntryId): Promise<Found | undefined> {
    const place = placeOf(id)
    if (place === undefined) return undefined
    const doc = await deps.shards.read(place.section, place.label)
    const entry = entryIn(place.label, doc, place.bucket, place.key)
    return entry === undefined ? undefined : { place, entry, conflicts: conflictsIn(entry.spot) }
  }

  function did(act: UndoneAct['act'], id: EntryId, invert: Invert): void {
    undo.did({ told: { act, title: keeper.index.get(id)?.summary.title ?? '', count: 1 }, about: id, invert })
  }

  /** Maps are named after the feed that makes them, so that no two devices make the same one. */
  const tag = (section: Section) => deps.logOf(section).writer.slice(0, 8)

  function freeKey(place: Omit<EntryPlace, 'key'>, make: () => string): EntryPlace {
    for (;;) {
      const found = { ...place, key: make() }
      const id = entryIdOf(found)
      if (keeper.index.get(id) === undefined && !underWay.has(id)) return found
    }
  }

  function placeFor(fields: EntryFields): EntryPlace {
    if (fields.kind === 'blood-pressure' || fields.kind === 'weight') {
      const time = timeOf(fields.takenAt)
      const label = readingsLabel(fields.kind, time.year)
      const bucket = `${time.month}~${tag('vitals')}`
      return freeKey({ section: 'vitals', label, bucket }, () =>
        readingKey(fields.takenAt, count => deps.random.bytes(count)),
      )
    }
    const { section } = partsOfFields(fields)
    const [label, bucket] = openBucket(section)
    return freeKey({ section, label, bucket }, () => randomKey(count => deps.random.bytes(count), 8))
  }

  /** The newest shard of entries made by hand, unless it is full, and this feed's bucket in it. */
  function openBucket(section: Section): readonly [label: string, bucket: string] {
    const shards = deps.logOf(section).shards()
    const numbers = shards.flatMap(({ label }) => /^entries\/(\d{1,6})$/.exec(label)?.[1] ?? [])
    const newest = Math.max(0, ...numbers.map(Number))
    const rows = keeper.index.shardRows(idPrefix(section, `entries/${newest}`))
    const bytes = shards.find(({ label }) => label === `entries/${newest}`)?.savedBytes ?? 0
    if (rows.size >= SHARD_ENTRIES || bytes >= SHARD_BYTES) return [`entries/${newest + 1}`, `${tag(section)}~0`]
    const ids = [...rows.keys()]
    for (let number = 0; ; number++) {
      const bucket = `${tag(section)}~${number}`
      if (ids.filter(id => placeOf(id)?.bucket === bucket).length < BUCKET_ENTRIES) {
        return [`entries/${newest}`, bucket]
      }
    }
  }

  async function setBinned(id: EntryId, since: Instant | undefined): Promise<Saved> {
    const found = await find(id)
    if (found === undefined) return notFound()
    return save(found.place, doc => setEntryBinned(doc, found.entry, since))
  }

  /** Sets `values`; undone by setting back what still stands as this act left it. */
  async function setValues(id: EntryId, kind: EntryKind, values: ReadonlyMap<string, FieldValue>): Promise<Saved> {
    const found = await find(id)
    if (found === undefined) return notFound()
    const before = typedFields(found.place.label, found.entry)?.fields ?? new Map<string, FieldValue>()
    const saved = await save(found.place, doc => setFields(doc, found.entry, kind, values, clock.now()))
    if (!saved.ok) return saved
    did('edit', id, async () => {
      const now = await find(id)
      if (now === undefined) return notFound()
      const current = typedFields(now.place.label, now.entry)?.fields
      const back = [...values].filter(([field, value]) => current?.get(field) === value)
      const previous = new Map(back.map(([field]) => [field, before.get(field) ?? null]))
      return save(now.place, doc => setFields(doc, now.entry, kind, previous, clock.now()))
    })
    return saved
  }

  return {
    async addEntry(fields) {
      const parsed = parseFields(fields)
      if (!parsed.ok) return invalid(parsed.failure.field)
      const made = parsed.value
      const place = placeFor(made)
      const id = entryIdOf(place)
      underWay.add(id)
      const saved = await save(place, doc => {
        if (made.kind === 'blood-pressure' || made.kind === 'weight') {
          addReading(doc, place.bucket, place.key, made, clock.now())
        } else addHandMade(doc, place.bucket, place.key, made, clock.now())
      }).finally(() => underWay.delete(id))
      if (!saved.ok) return saved
      did('add', id, () => setBinned(id, clock.now()))
      return ok(id)
    },
    async editEntry(id, fields) {
      const parsed = parseFields(fields)
      if (!parsed.ok) return invalid(parsed.failure.field)
      const found = await find(id)
      if (found === undefined) return notFound()
      const typed = typedFields(found.place.label, found.entry)
      await keeper.ready(found.place)
      const kind = typed?.kind ?? keeper.index.get(id)?.summary.kind
      if (kind !== parsed.value.kind) return invalid('kind')
      const values = changedFields(typed?.fields ?? new Map(), parsed.value)
      return values.size === 0 ? ok(undefined) : setValues(id, parsed.value.kind, values)
    },
    async binEntry(id) {
      const since = clock.now()
      const saved = await setBinned(id, since)
      if (saved.ok) did('bin', id, () => setBinned(id, undefined))
      return saved
    },
    async restoreEntry(id) {
      const since = keeper.index.get(id)?.binnedAt
      const saved = await setBinned(id, undefined)
      if (saved.ok) did('restore', id, () => setBinned(id, since ?? clock.now()))
      return saved
    },
    async chooseConflict(id, field, value) {
      const found = await find(id)
      if (found === undefined) return notFound()
      const conflict = found.conflicts.find(each => each.field === field)
      const typed = typedFields(found.place.label, found.entry)
      const isCandidate = conflict?.candidates.some(candidate => candidate.value === value) ?? false
      if (!isCandidate || typed === undefined) return invalid(field)
      return setValues(id, typed.kind, new Map([[field, value]]))
    },
  }
}
