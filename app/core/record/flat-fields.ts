import * as A from '@automerge/automerge/slim'
import { type Instant, instant } from '#schema/instant.ts'
import type { FieldConflict } from '#schema/record/entry.ts'

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
function rivals(map: DocMap, key: string): readonly (readonly [string, unknown])[] {
  if ((A.getObjectId(map) ?? undefined) === undefined) return []
  const found: Readonly<Record<string, unknown>> = A.getConflicts(map, key) ?? {}
  return Object.entries(found)
}

const writerOf = (operation: string) => operation.slice(operation.indexOf('@') + 1)

/** Fields that devices set differently without knowing of each other. The value shown now stands first. */
export function conflictsIn(spot: FieldSpot): FieldConflict[] {
  return namesIn(spot).flatMap(field => {
    const key = `${spot.prefix}f:${field}`
    const values = rivals(spot.map, key)
    if (values.length < 2) return []
    const times = new Map(rivals(spot.map, `${spot.prefix}t:${field}`).map(([id, at]) => [writerOf(id), timeIn(at)]))
    const byValue = new Map<FieldValue, Instant | undefined>([[valueIn(spot.map[key]) ?? null, undefined]])
    for (const [id, raw] of values) {
      const value = valueIn(raw)
      if (value !== undefined) byValue.set(value, times.get(writerOf(id)))
    }
    if (byValue.size < 2) return []
    const candidates = [...byValue].map(([value, at]) => ({ value, ...(at === undefined ? {} : { changedAt: at }) }))
    return [{ field, candidates }]
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
