import type { Instant } from '#schema/instant.ts'
import { listOf } from '#schema/record/document.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { type FieldKind, fieldsFromFhir, parseFields, partsOfFields } from '#schema/record/own-entry.ts'
import type { DocumentFields, EntryFields, EntryId, FieldConflict } from '#schema/record/entry.ts'
import type { LogSection } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, Random } from '../ports.ts'
import type { AddOptions, SaveFailure, Session, UndoneAct } from '../session.ts'
import { bytesOfCommand, type Command, type NameBytes } from './command-names.ts'
import { type EntryPlace, entryIdOf, placeOf, privateShard } from './entry-place.ts'
import { type DocMap, conflictsIn, type FieldValue } from './flat-fields.ts'
import { annotationRows } from './annotations.ts'
import type { IndexKeeper } from './index-keeper.ts'
import { fieldsOf } from './make-row.ts'
import { isReading, makeNewPlaces } from './new-places.ts'
import { nameOf, setWhere } from './private-shard.ts'
import type { Saver } from './saver.ts'
import type { ShardReader } from './shard-reader.ts'
import {
  addHandMade,
  addReading,
  changedFields,
  entryIn,
  originalOf,
  setEntryBinned,
  setFields,
  type StoredEntry,
  wasAddedAs,
} from './stored-entry.ts'
import { typedFields } from './typed-fields.ts'
import type { Invert, UndoStack } from './undo-stack.ts'

export interface ActDeps {
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
  readonly saver: Saver
  readonly keeper: IndexKeeper
  readonly undo: UndoStack
  readonly clock: Clock
  readonly random: Random
  /** By which UUIDs documents say that they belong to an entry, its own first. */
  readonly namesOf: (id: EntryId) => readonly string[]
}

type Acts = Pick<
  Session,
  'addEntry' | 'addEntries' | 'editEntry' | 'attachPaper' | 'binEntry' | 'restoreEntry' | 'chooseConflict'
>
type Saved<Value = void> = Result<Value, SaveFailure>
type Ids = Saved<readonly EntryId[]>
/** Into the bin (`since`), or out of it, what is left of them; nothing to undo by itself. */
export type SetBinned = (ids: readonly EntryId[], since: Instant | undefined) => Promise<Saved>

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

/** A document as it can be corrected: as it was corrected last, or as its source has it. */
function documentOf({ place, entry }: Found): DocumentFields | undefined {
  const original = originalOf(entry)
  const fields = fieldsOf(place.label, entry) ?? (original && fieldsFromFhir(parseObject(original.text)))
  return fields?.kind === 'document' ? fields : undefined
}

/** The acts of a person on entries. Each is durable when it answers ok, and whole or not at all. */
export function makeEntryActs(deps: ActDeps): Acts & { readonly setBinned: SetBinned } {
  const { keeper, undo, clock } = deps
  const places = makeNewPlaces(deps)
  /** By command: a guest that came by a second way has sent it twice. */
  const adding = new Map<string, Promise<Ids>>()

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

  /** The entry with what goes into the bin, and comes back, together with it: the versions of one thing (decision 28). */
  function withVersions(id: EntryId): readonly EntryId[] {
    return [...new Set([id, ...keeper.index.versionsOf(id).map(row => row.summary.id)])]
  }

  /** And what was written beside it, where that was not binned by itself. */
  function withAnnotations(id: EntryId): readonly EntryId[] {
    const ids = withVersions(id)
    const since = keeper.index.get(id)?.binnedAt
    const along = annotationRows(keeper.index, ids).filter(row => row.binnedAt === since)
    return [...ids, ...along.map(row => row.summary.id)]
  }

  async function setBinned(ids: readonly EntryId[], since: Instant | undefined): Promise<Saved> {
    const found = (await Promise.all(ids.map(find))).filter(each => each !== undefined)
    if (found.length === 0) return notFound()
    return saveAll(
      found.map(({ place, entry }) => ({ place, change: (doc: DocMap) => setEntryBinned(doc, entry, since) })),
    )
  }

  function addition(place: EntryPlace, fields: EntryFields): Change {
    return {
      place,
      change(doc) {
        if (isReading(fields)) addReading(doc, place.bucket, place.key, fields, clock.now())
        else addHandMade(doc, place.bucket, place.key, fields, clock.now())
        if (place.isPrivate) setWhere(doc, nameOf(place), 'private')
      },
    }
  }

  /** The entry that a command made of these fields when it was sent before, none of `others`. */
  async function madeBefore(
    fields: EntryFields,
    bytes: NameBytes,
    others: readonly (EntryId | undefined)[],
  ): Promise<EntryId | undefined> {
    for (let attempt = 0; ; attempt++) {
      const named = places.named(fields, bytes, attempt)
      if (named.length === 0) return undefined
      for (const id of named.filter(each => !others.includes(each))) {
        // The short name of a reading may be that of another one.
        const found = isReading(fields) ? await find(id) : undefined
        if (!isReading(fields) || (found !== undefined && wasAddedAs(found.entry, fields))) return id
      }
    }
  }

  /** By entry of a command that is sent again: what it made before. A command that was cut short is carried to its end. */
  async function allMadeBefore(list: readonly EntryFields[], command: Command): Promise<(EntryId | undefined)[]> {
    await keeper.level()
    const made: (EntryId | undefined)[] = []
    for (const [index, fields] of list.entries()) {
      made.push(await madeBefore(fields, bytesOfCommand(command.id, index), made))
    }
    return made
  }

  const atRandom: NameBytes = () => count => deps.random.bytes(count)

  async function addAll(list: readonly EntryFields[], isPrivate: boolean, command?: Command): Promise<Ids> {
    const made = command?.isAgain === true ? await allMadeBefore(list, command) : []
    const taken: EntryId[] = []
    const additions: Change[] = []
    const ids = list.map((fields, index) => {
      const before = made[index]
      if (before !== undefined) return before
      const bytes = command === undefined ? atRandom : bytesOfCommand(command.id, index)
      const place = places.take(fields, isPrivate, bytes)
      taken.push(entryIdOf(place))
      additions.push(addition(place, fields))
      return entryIdOf(place)
    })
    const saved = additions.length === 0 ? ok(undefined) : await saveAll(additions).finally(() => places.release(taken))
    if (!saved.ok) return saved
    const [first] = ids
    if (first !== undefined) {
      undo.forget('add', first)
      did('add', first, () => setBinned(ids, clock.now()), ids.length)
    }
    return ok(ids)
  }

  /** What is written beside a private entry is as private. Undefined where the entry is not there, or is itself written beside one. */
  async function privacyOf(fields: EntryFields, isPrivate: boolean): Promise<boolean | undefined> {
    if (fields.kind !== 'annotation') return isPrivate
    const place = await placeNow(fields.on as EntryId)
    const entry = place && keeper.index.get(fields.on as EntryId)
    if (entry === undefined || entry.summary.kind === 'annotation') return undefined
    return entry.summary.isPrivate === true
  }

  async function addEntries(list: readonly EntryFields[], options: AddOptions = {}): Promise<Ids> {
    const { command } = options
    let isPrivate = options.isPrivate === true
    const made: EntryFields[] = []
    for (const fields of list) {
      const parsed = parseFields(fields)
      if (!parsed.ok) return invalid(parsed.failure.field)
      // Its files come with it, by `addPaper`.
      if (parsed.value.kind === 'document') return invalid('kind')
      const privacy = await privacyOf(parsed.value, isPrivate)
      if (privacy === undefined) return notFound()
      isPrivate = privacy
      made.push(parsed.value)
    }
    const underWay = command && adding.get(command.id)
    if (underWay !== undefined) return underWay
    const answer = addAll(made, isPrivate, command)
    if (command === undefined) return answer
    adding.set(command.id, answer)
    return answer.finally(() => adding.delete(command.id))
  }

  /** Sets `values`; undone by setting back what still stands as this act left it. */
  async function setValues(id: EntryId, kind: FieldKind, values: ReadonlyMap<string, FieldValue>): Promise<Saved> {
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

  async function editEntry(id: EntryId, fields: EntryFields): Promise<Saved> {
    const parsed = parseFields(fields)
    if (!parsed.ok) return invalid(parsed.failure.field)
    const found = await find(id)
    if (found === undefined) return notFound()
    const typed = typedFields(found.place.label, found.entry)
    await keeper.ready(found.place)
    // A correction says what its import is: what a person types as a measure stands among the vital signs or the results.
    const shown = keeper.index.get(id)?.summary.kind
    const isSame = typed === undefined ? partsOfFields(parsed.value).kind === shown : typed.kind === parsed.value.kind
    if (!isSame) return invalid('kind')
    if (parsed.value.kind === 'annotation' && typed?.fields.get('on') !== parsed.value.on) return invalid('on')
    const values = changedFields(typed?.fields ?? new Map(), parsed.value)
    return values.size === 0 ? ok(undefined) : setValues(id, parsed.value.kind, values)
  }

  return {
    setBinned,
    addEntries,
    async addEntry(fields, options) {
      const added = await addEntries([fields], options)
      if (!added.ok) return added
      const [id] = added.value
      if (id === undefined) throw new Error('Cannot add an entry: it was saved and has no id')
      return ok(id)
    },
    editEntry,
    async attachPaper(id, entry, isAttached) {
      const found = await find(id)
      const [name, ...others] = deps.namesOf(entry)
      const fields = found && documentOf(found)
      if (fields === undefined || name === undefined || entry === id) return notFound()
      const rest = listOf(fields.about).filter(each => each !== name && !others.includes(each))
      return editEntry(id, { ...fields, about: (isAttached ? [...rest, name] : rest).join(' ') })
    },
    async binEntry(id) {
      const ids = withAnnotations(id)
      const saved = await setBinned(ids, clock.now())
      if (saved.ok) did('bin', id, () => setBinned(ids, undefined))
      return saved
    },
    async restoreEntry(id) {
      const since = keeper.index.get(id)?.binnedAt
      const ids = withAnnotations(id)
      const saved = await setBinned(ids, undefined)
      if (saved.ok) did('restore', id, () => setBinned(ids, since ?? clock.now()))
      return saved
    },
    async chooseConflict(id, field, value) {
      const found = await find(id)
      if (found === undefined) return notFound()
      const conflict = found.conflicts.find(each => each.field === field)
      const typed = typedFields(found.place.label, found.entry)
      if (conflict === undefined && typed?.fields.get(field) === value) return ok(undefined)
      const isCandidate = conflict?.candidates.some(candidate => candidate.value === value) ?? false
      if (!isCandidate || typed === undefined) return invalid(field)
      return setValues(id, typed.kind, new Map([[field, value]]))
    },
  }
}
