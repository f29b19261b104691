import type { Instant } from '#schema/instant.ts'
import { partsOfFields, parseFields } from '#schema/record/own-entry.ts'
import type { EntryFields, EntryId, EntryKind, FieldConflict } from '#schema/record/entry.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, Random } from '../ports.ts'
import type { AddOptions, SaveFailure, Session, UndoneAct } from '../session.ts'
import { type EntryPlace, entryIdOf, placeOf, privateShard, readingsLabel, shardOf } from './entry-place.ts'
import { type DocMap, conflictsIn, type FieldValue } from './flat-fields.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { timeOf } from './pack-reading.ts'
import { nameOf, setWhere } from './private-shard.ts'
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
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly saver: Saver
  readonly keeper: IndexKeeper
  readonly undo: UndoStack
  readonly clock: Clock
  readonly random: Random
}

type Acts = Pick<Session, 'addEntry' | 'addEntries' | 'editEntry' | 'binEntry' | 'restoreEntry' | 'chooseConflict'>
type Saved<Value = void> = Result<Value, SaveFailure>

const notFound = () => fail({ kind: 'not-found' } as const)
const invalid = (field: string) => fail({ kind: 'invalid', field } as const)

/** Read at one moment: the document may be closed after it. */
interface Found {
  readonly place: EntryPlace
  readonly entry: StoredEntry
  readonly conflicts: readonly FieldConflict[]
}

/** One entry's part of an act. */
interface Change {
  readonly place: EntryPlace
  readonly change: (doc: DocMap) => void
}

/** The acts of a person on entries. Each is durable when it answers ok, and whole or not at all. */
export function makeEntryActs(deps: ActDeps): Acts {
  const { keeper, undo, clock } = deps
  /** Keys given out but not yet in the index. */
  const underWay = new Set<string>()

  /** All changes in one transaction, durable; afterwards the entries' rows are level with them. */
  async function saveAll(changes: readonly Change[]): Promise<Saved> {
    const places = changes.map(({ place }) => place)
    return keeper.during(places, async () => {
      const saved = await deps.saver.save(async write => {
        for (const { place, change } of changes) await write(place, change)
      })
      for (const place of places) {
        if (saved.ok) await keeper.refreshEntries(place, [place])
        else keeper.markStale(place)
      }
      return saved.ok ? ok(undefined) : fail({ kind: 'not-stored', why: saved.failure })
    })
  }

  const save = (place: EntryPlace, change: (doc: DocMap) => void) => saveAll([{ place, change }])

  /** Of an entry's two places the one that counts. */
  async function placeNow(id: EntryId): Promise<EntryPlace | undefined> {
    const place = placeOf(id)
    if (place === undefined) return undefined
    await keeper.ready(privateShard(place))
    return keeper.index.isPrivate(id) ? { ...place, isPrivate: true } : place
  }

  async function find(id: EntryId): Promise<Found | undefined> {
    const place = await placeNow(id)
    if (place === undefined) return undefined
    const doc = await deps.shards.read(place)
    const entry = entryIn(place.label, doc, place.bucket, place.key)
    return entry === undefined ? undefined : { place, entry, conflicts: conflictsIn(entry.spot) }
  }

  function did(act: UndoneAct['act'], id: EntryId, invert: Invert, count = 1): void {
    undo.did({ told: { act, title: keeper.index.get(id)?.summary.title ?? '', count }, about: id, invert })
  }

  /** Maps are named after the feed that makes them, so that no two devices make the same one. */
  const tag = (log: LogSection) => deps.logOf(log).writer.slice(0, 8)

  function freeKey(place: Omit<EntryPlace, 'key'>, make: () => string): EntryPlace {
    for (;;) {
      const found = { ...place, key: make() }
      const id = entryIdOf(found)
      if (keeper.index.get(id) === undefined && !underWay.has(id)) return found
    }
  }

  function placeFor(fields: EntryFields, isPrivate: boolean): EntryPlace {
    const where = isPrivate ? { isPrivate: true as const } : {}
    if (fields.kind === 'blood-pressure' || fields.kind === 'weight') {
      const time = timeOf(fields.takenAt)
      const label = readingsLabel(fields.kind, time.year)
      const bucket = `${time.month}~${tag(isPrivate ? 'private' : 'vitals')}`
      return freeKey({ section: 'vitals', label, bucket, ...where }, () =>
        readingKey(fields.takenAt, count => deps.random.bytes(count)),
      )
    }
    const { section } = partsOfFields(fields)
    const [label, bucket] = openBucket(section, isPrivate)
    return freeKey({ section, label, bucket, ...where }, () => randomKey(count => deps.random.bytes(count), 8))
  }

  /** The newest shard of entries made by hand, unless it is full, and this feed's bucket in it. */
  function openBucket(section: Section, isPrivate: boolean): readonly [label: string, bucket: string] {
    const log = isPrivate ? 'private' : section
    const shards = deps
      .logOf(log)
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
    if (rows.size >= SHARD_ENTRIES || bytes >= SHARD_BYTES) return [`entries/${newest + 1}`, `${tag(log)}~0`]
    const ids = [...rows.keys()]
    for (let number = 0; ; number++) {
      const bucket = `${tag(log)}~${number}`
      if (ids.filter(id => placeOf(id)?.bucket === bucket).length < BUCKET_ENTRIES) return [label, bucket]
    }
  }

  async function setBinned(id: EntryId, since: Instant | undefined): Promise<Saved> {
    const found = await find(id)
    if (found === undefined) return notFound()
    return save(found.place, doc => setEntryBinned(doc, found.entry, since))
  }

  /** Puts into the bin what is left of them. */
  async function binAll(ids: readonly EntryId[]): Promise<Saved> {
    const since = clock.now()
    const found = (await Promise.all(ids.map(find))).filter(each => each !== undefined)
    if (found.length === 0) return notFound()
    return saveAll(
      found.map(({ place, entry }) => ({ place, change: (doc: DocMap) => setEntryBinned(doc, entry, since) })),
    )
  }

  function addition(fields: EntryFields, isPrivate: boolean): Change {
    const place = placeFor(fields, isPrivate)
    underWay.add(entryIdOf(place))
    return {
      place,
      change(doc) {
        if (fields.kind === 'blood-pressure' || fields.kind === 'weight') {
          addReading(doc, place.bucket, place.key, fields, clock.now())
        } else addHandMade(doc, place.bucket, place.key, fields, clock.now())
        if (isPrivate) setWhere(doc, nameOf(place), 'private')
      },
    }
  }

  async function addEntries(
    list: readonly EntryFields[],
    { isPrivate = false }: AddOptions = {},
  ): Promise<Saved<readonly EntryId[]>> {
    const made: EntryFields[] = []
    for (const fields of list) {
      const parsed = parseFields(fields)
      if (!parsed.ok) return invalid(parsed.failure.field)
      made.push(parsed.value)
    }
    const additions = made.map(fields => addition(fields, isPrivate))
    const ids = additions.map(({ place }) => entryIdOf(place))
    const saved = await saveAll(additions).finally(() => ids.forEach(id => underWay.delete(id)))
    if (!saved.ok) return saved
    const [first] = ids
    if (first !== undefined) did('add', first, () => binAll(ids), ids.length)
    return ok(ids)
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
    addEntries,
    async addEntry(fields, options) {
      const added = await addEntries([fields], options)
      if (!added.ok) return added
      const [id] = added.value
      if (id === undefined) throw new Error('Cannot add an entry: it was saved and has no id')
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
