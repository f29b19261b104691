import * as A from '@automerge/automerge/slim'
import { type Instant, instant } from '#schema/instant.ts'

/** What a field holds as typed; null: cleared. */
export type FieldValue = string | number | null

/** A map of an Automerge document, as read or inside a change. */
export type DocMap = Record<string, unknown>

/**
 * Where the fields that people change lie flat in a map: `<prefix>f:<field>` the value, `<prefix>t:<field>` when it was
 * set, `<prefix>b` since when the entry is in the bin. Flat, because two devices may write the first one at once.
 */
export interface FieldSpot {
  readonly map: DocMap
  readonly prefix: string
  /** The fields to look for, where the map holds those of many entries and is too large to search. */
  readonly names?: readonly string[]
}

export function isDocMap(value: unknown): value is DocMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !A.isImmutableString(value)
  )
}

/** Text of an ImmutableString (or of a plain string, should one ever be written). */
export function textIn(value: unknown): string | undefined {
  if (A.isImmutableString(value)) return value.val
  return typeof value === 'string' ? value : undefined
}

export function timeIn(value: unknown): Instant | undefined {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 8.64e15 ? instant(value) : undefined
}

function valueIn(value: unknown): FieldValue | undefined {
  if (value === null) return null
  return typeof value === 'number' ? value : textIn(value)
}

/** Names of the fields that were ever set. */
function namesIn({ map, prefix, names }: FieldSpot): readonly string[] {
  const start = `${prefix}f:`
  if (names !== undefined) return names.filter(name => Object.hasOwn(map, start + name))
  return Object.keys(map).flatMap(key => (key.startsWith(start) ? key.slice(start.length) : []))
}

/** The fields that were set, by name. */
export function readFields(spot: FieldSpot): Map<string, FieldValue> {
  return new Map(
    namesIn(spot).flatMap(name => {
      const value = valueIn(spot.map[`${spot.prefix}f:${name}`])
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Inside a change: one field, and when. */
export function setField(spot: FieldSpot, field: string, value: FieldValue, now: Instant): void {
  spot.map[`${spot.prefix}f:${field}`] = typeof value === 'string' ? new A.ImmutableString(value) : value
  spot.map[`${spot.prefix}t:${field}`] = now
}

/** The last time that a field was set. */
export function changedAt(spot: FieldSpot): Instant | undefined {
  const times = namesIn(spot).flatMap(name => timeIn(spot.map[`${spot.prefix}t:${name}`]) ?? [])
  return times.length === 0 ? undefined : instant(Math.max(...times))
}

/** Whether anything was ever set here. */
export function isTouchedSpot(spot: FieldSpot): boolean {
  return namesIn(spot).length > 0 || Object.hasOwn(spot.map, `${spot.prefix}b`)
}

export function binnedAt(spot: FieldSpot): Instant | undefined {
  return timeIn(spot.map[`${spot.prefix}b`])
}

export function setBinned(spot: FieldSpot, since: Instant | undefined): void {
  const key = `${spot.prefix}b`
  if (since !== undefined) spot.map[key] = since
  else if (Object.hasOwn(spot.map, key)) delete spot.map[key]
}

/** All that was ever put at `key` and not replaced by someone who saw it: operation id → value. Nothing is known of a hidden map's keys. */
export function rivals(map: DocMap, key: string): readonly (readonly [string, unknown])[] {
  if ((A.getObjectId(map) ?? undefined) === undefined) return []
  const found: Readonly<Record<string, unknown>> = A.getConflicts(map, key) ?? {}
  return Object.entries(found)
}

/** The actor of an operation's id. */
const actorIn = (operation: string) => operation.slice(operation.indexOf('@') + 1)

/** Whose operation put there what is shown at `key`: its Automerge actor. Undefined inside a change, and where nothing is. */
export function actorAt(doc: DocMap, map: DocMap, key: string): string | undefined {
  return operationAt(doc, map, key)?.actor
}

/** `counter`: of two where one knew of the other, the later one has the higher. */
export function operationAt(
  doc: DocMap,
  map: DocMap,
  key: string,
): { readonly actor: string; readonly counter: number } | undefined {
  const object = A.getObjectId(map)
  if (!object) return undefined
  const shown = A.getBackend(doc as A.Doc<DocMap>)
    .getAll(object, key)
    .at(-1)
  const operation = shown?.at(-1)
  if (typeof operation !== 'string') return undefined
  return { actor: actorIn(operation), counter: Number.parseInt(operation, 10) }
}

/** The field that was set last, with who set it and when. */
export function lastSet(doc: DocMap, spot: FieldSpot): { readonly actor: string; readonly at: Instant } | undefined {
  const set = namesIn(spot).flatMap(name => {
    const value = operationAt(doc, spot.map, `${spot.prefix}f:${name}`)
    const time = operationAt(doc, spot.map, `${spot.prefix}t:${name}`)
    const at = timeIn(spot.map[`${spot.prefix}t:${name}`])
    if (value === undefined || time === undefined || at === undefined) return []
    // Whoever chose the value that was shown already has set the time alone.
    if (time.counter > value.counter) return [{ actor: time.actor, at, rank: at }]
    // A value set after its time is no honest app's: its writer is named, whenever it was.
    return [{ actor: value.actor, at, rank: Number.POSITIVE_INFINITY }]
  })
  return set.reduce<(typeof set)[number] | undefined>(
    (last, one) => (last === undefined || one.rank > last.rank ? one : last),
    undefined,
  )
}

export interface StoredConflict {
  readonly field: string
  /** The value shown now stands first; `actor` set it. */
  readonly candidates: readonly { readonly value: FieldValue; readonly actor?: string; readonly changedAt?: Instant }[]
}

/** Fields that devices set differently without knowing of each other. */
export function conflictsIn(spot: FieldSpot): StoredConflict[] {
  return namesIn(spot).flatMap(field => {
    const key = `${spot.prefix}f:${field}`
    const values = rivals(spot.map, key)
    if (values.length < 2) return []
    const times = new Map(rivals(spot.map, `${spot.prefix}t:${field}`).map(([id, at]) => [actorIn(id), timeIn(at)]))
    const byValue = new Map<FieldValue, { readonly actor?: string; readonly changedAt?: Instant }>([
      [valueIn(spot.map[key]) ?? null, {}],
    ])
    for (const [id, raw] of values) {
      const value = valueIn(raw)
      const [actor, changedAt] = [actorIn(id), times.get(actorIn(id))]
      if (value !== undefined) byValue.set(value, { actor, ...(changedAt === undefined ? {} : { changedAt }) })
    }
    if (byValue.size < 2) return []
    return [{ field, candidates: [...byValue].map(([value, set]) => ({ value, ...set })) }]
  })
}

/** The maps put at `key`: one, unless a cloned profile made it twice. The one shown first. */
export function mapsAt(map: DocMap, key: string): DocMap[] {
  const shown = map[key]
  if (!isDocMap(shown)) return []
  const others = rivals(map, key)
  if (others.length < 2) return [shown]
  const shownId = A.getObjectId(shown)
  return [shown, ...others.flatMap(([id, value]) => (id !== shownId && isDocMap(value) ? [value] : []))]
}
