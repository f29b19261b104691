import { Counter, ImmutableString } from '@automerge/automerge/slim'

type Fields = Record<string, unknown>

/**
 * Makes a document that holds `before` hold `after`, inside a change, touching only where they differ. By value: what was edited in
 * several steps becomes one, counters are counted on, a list is cut where it first and last differs.
 */
export function remake(draft: Fields, before: unknown, after: unknown): void {
  if (!isMap(after)) return
  const old = isMap(before) ? before : {}
  for (const key of Object.keys(old)) if (!Object.hasOwn(after, key)) delete draft[key]
  for (const [key, value] of Object.entries(after)) {
    const was = Object.hasOwn(old, key) ? old[key] : undefined
    const inside = draft[key]
    if (isSame(was, value)) continue
    if (isMap(was) && isMap(value) && isMap(inside)) remake(inside, was, value)
    else if (Array.isArray(was) && Array.isArray(value) && Array.isArray(inside)) remakeList(inside, was, value)
    else if (was instanceof Counter && value instanceof Counter && inside instanceof Counter) count(inside, was, value)
    else draft[key] = copyOf(value)
  }
}

function remakeList(draft: unknown[], before: readonly unknown[], after: readonly unknown[]): void {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++
  draft.splice(start, before.length - end - start, ...after.slice(start, after.length - end).map(copyOf))
}

function count(draft: Counter, before: Counter, after: Counter): void {
  draft.increment(after.value - before.value)
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLeaf(value)
}

function isLeaf(value: unknown): value is Counter | ImmutableString | Date | Uint8Array {
  return (
    value instanceof Counter || value instanceof ImmutableString || value instanceof Date || value instanceof Uint8Array
  )
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Counter) return b instanceof Counter && a.value === b.value
  if (a instanceof ImmutableString) return b instanceof ImmutableString && a.toString() === b.toString()
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime()
  if (a instanceof Uint8Array) return b instanceof Uint8Array && a.join() === b.join()
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  }
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

/** A value of its own: Automerge refuses to put one document's object into another place. */
function copyOf(value: unknown): unknown {
  if (value instanceof Counter) return new Counter(value.value)
  if (value instanceof ImmutableString) return new ImmutableString(value.toString())
  if (value instanceof Date) return new Date(value)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (Array.isArray(value)) return value.map(copyOf)
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)])) : value
}
