import * as A from '@automerge/automerge/slim'
import type { Instant } from '#schema/instant.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { type FieldKind, fieldsFromFhir, parseFields } from '#schema/record/own-entry.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import type { EntryChange, EntryHistory, FieldChange } from '../history-session.ts'
import { makeBreath } from '../breath.ts'
import { addedBy } from './authors.ts'
import { type AuthorDeps, named } from './entry-detail.ts'
import { type DocMap, type FieldValue, isDocMap, mapsAt, rivals, timeIn } from './flat-fields.ts'
import { addedAt, flatPrefixOf, originalOf, type StoredEntry, unpacked } from './stored-entry.ts'
import { typedFields } from './typed-fields.ts'

type Change = ReturnType<typeof A.decodeChange>

/** Where the operations on one entry are told from those on others. */
interface Target {
  readonly key: string
  readonly buckets: ReadonlySet<string>
  /** Maps of the entry; of a packed reading there is none. */
  readonly maps: ReadonlySet<string>
  /** What stands before a packed reading's fields in the document itself. */
  readonly flatPrefix?: string
}

/** A field's value in place of those of the operations `over`; without one of its own, what is left of them stands. */
interface FieldSet {
  readonly value?: FieldValue
  readonly over: readonly string[]
  readonly id: string
}

/** What one change did to the entry. */
interface Touch {
  isMade: boolean
  readonly set: Map<string, FieldSet>
  readonly times: number[]
  /** null: taken out of the bin. */
  bin?: Instant | null
}

const MOST = 500

/**
 * What became of an entry, read from its document's own changes: there is nothing in it that the keys of whoever reads do not give. What
 * stood there before is what its writer saw, also where two wrote at once. Give the document as it is now; it may be closed meanwhile.
 */
export async function historyOf(
  label: string,
  doc: DocMap,
  entry: StoredEntry,
  deps: AuthorDeps,
  count: number,
): Promise<EntryHistory> {
  const typed = typedFields(label, entry)
  const original = originalOf(entry)
  const target = targetOf(doc, entry)
  const begun = stateAtFirst(label, entry)
  const writer = addedBy(doc, entry, deps.authors)
  const added = { at: addedAt(label, entry), by: named(writer, deps.names) }
  const kind = typed?.kind ?? (original && fieldsFromFhir(parseObject(original.text)))?.kind
  const story = new Story(kind, begun)
  const changes: EntryChange[] = []
  const all = A.getAllChanges(doc as A.Doc<DocMap>)
  const breath = makeBreath()
  for (const bytes of all) {
    if (breath.isDue()) await breath.take()
    const change = A.decodeChange(bytes)
    const touch = touchIn(change, target)
    const told = touch && story.tell(touch)
    if (touch === undefined || told === undefined) continue
    const at = told.act === 'added' ? added.at : (timeOf(touch) ?? timeIn(change.time * 1000))
    const by = told.act === 'added' ? added.by : named(deps.authors.writerOf(change.actor), deps.names)
    const isAccepted = told.act === 'added' && writer?.acceptedAt !== undefined
    changes.push({
      ...told,
      by,
      ...(at === undefined ? {} : { at }),
      ...(isAccepted ? { isAccepted } : {}),
      ...(isAccepted && writer?.isUnasked ? { isUnasked: true } : {}),
    })
  }
  const shown = Math.max(1, Math.min(MOST, Math.trunc(count)))
  return { changes: changes.slice(-shown).reverse(), olderCount: Math.max(0, changes.length - shown) }
}

function targetOf(doc: DocMap, { bucket, key, packed }: StoredEntry): Target {
  const holders = mapsAt(doc, bucket)
  const idOf = (map: DocMap) => A.getObjectId(map) ?? ''
  const inside = holders.flatMap(map => [map[key], ...rivals(map, key).map(([, value]) => value)]).filter(isDocMap)
  return {
    key,
    buckets: new Set(holders.map(idOf)),
    maps: new Set(inside.map(idOf)),
    ...(packed === undefined ? {} : { flatPrefix: flatPrefixOf(bucket, key) }),
  }
}

/** What a person saw before anything was set beside it: of an import what its source said, of a reading what was packed. */
function stateAtFirst(label: string, entry: StoredEntry): ReadonlyMap<string, FieldValue> {
  const original = originalOf(entry)
  const fields = original === undefined ? unpacked(label, entry)?.fields : fieldsFromFhir(parseObject(original.text))
  const note = entry.packedNote === undefined ? [] : [['note', entry.packedNote] as const]
  const all: readonly (readonly [string, FieldValue])[] = [...Object.entries(fields ?? {}), ...note]
  return new Map(all.filter(([name]) => name !== 'kind'))
}

function touchIn(change: Change, target: Target): Touch | undefined {
  const touch: Touch = { isMade: false, set: new Map(), times: [] }
  let isTouched = false
  for (const [index, { action, obj, key = '', pred, value }] of change.ops.entries()) {
    if (target.buckets.has(obj) && key === target.key && action !== 'del') {
      isTouched = touch.isMade = true
      continue
    }
    const name = nameIn(obj, key, target)
    if (name === undefined) continue
    isTouched = true
    const id = `${change.startOp + index}@${change.actor}`
    const own = action === 'del' ? {} : { value: fieldValueIn(value) }
    if (name.startsWith('f:')) touch.set.set(name.slice(2), { ...own, over: pred, id })
    else if (name.startsWith('t:') && typeof value === 'number') touch.times.push(value)
    else if (name === 'b') touch.bin = action === 'del' ? null : timeIn(value)
  }
  return isTouched ? touch : undefined
}

function nameIn(obj: string, key: string, { maps, flatPrefix }: Target): string | undefined {
  if (flatPrefix !== undefined)
    return obj === '_root' && key.startsWith(flatPrefix) ? key.slice(flatPrefix.length) : undefined
  return maps.has(obj) ? key : undefined
}

const fieldValueIn = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' ? value : null

function timeOf({ times, bin }: Touch): Instant | undefined {
  const last = times.length === 0 ? undefined : timeIn(Math.max(...times))
  return last ?? bin ?? undefined
}

/** Goes through an entry's changes from the first to the last. */
class Story {
  readonly #kind: FieldKind | undefined
  readonly #state: Map<string, FieldValue>
  readonly #byOperation = new Map<string, FieldValue>()
  /** Operations that nobody has replaced, by field. */
  readonly #standing = new Map<string, readonly string[]>()
  #isAdded = false

  constructor(kind: FieldKind | undefined, begun: ReadonlyMap<string, FieldValue>) {
    this.#kind = kind
    this.#state = new Map(begun)
  }

  /** Undefined for what changes nothing that anybody sees. */
  tell(touch: Touch): Pick<EntryChange, 'act' | 'fields' | 'version'> | undefined {
    const isAdding = touch.isMade && !this.#isAdded
    if (isAdding) this.#isAdded = true
    const fields = [...touch.set].flatMap(([field, set]) => {
      const before = this.#before(field, set.over)
      const after = this.#put(field, set)
      const isSame = before.length === 1 && before[0] === after
      return isAdding || isSame ? [] : [{ field, before: before.find(each => each !== after) ?? null, after }]
    })
    const act = isAdding ? 'added' : actOf(touch, fields)
    if (act === undefined) return undefined
    const version = this.#version()
    return { act, fields, ...(version === undefined ? {} : { version }) }
  }

  #put(field: string, { value, over, id }: FieldSet): FieldValue {
    const left = (this.#standing.get(field) ?? []).filter(each => !over.includes(each))
    if (value !== undefined) this.#byOperation.set(id, value)
    this.#standing.set(field, value === undefined ? left : [...left, id])
    const after = value === undefined ? (this.#byOperation.get(left.at(-1) ?? '') ?? null) : value
    this.#state.set(field, after)
    return after
  }

  /** What stood in a field for whoever set it: several values where they decided between them. */
  #before(field: string, over: readonly string[]): readonly FieldValue[] {
    const seen = over.flatMap(id => this.#byOperation.get(id) ?? [])
    return seen.length > 0 ? [...new Set(seen)] : [over.length > 0 ? null : (this.#state.get(field) ?? null)]
  }

  #version(): EntryFields | undefined {
    const said = [...this.#state].filter(([, value]) => value !== null)
    const parsed = parseFields({ kind: this.#kind, ...Object.fromEntries(said) })
    return parsed.ok ? parsed.value : undefined
  }
}

function actOf({ bin }: Touch, fields: readonly FieldChange[]): EntryChange['act'] | undefined {
  if (bin !== undefined) return bin === null ? 'restored' : 'binned'
  return fields.length > 0 ? 'changed' : undefined
}
