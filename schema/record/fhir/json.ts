/** A JSON object from outside: nothing is known of its members. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that a JSON text says; an empty one for any other text. */
export function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** The objects of a list; one object stands for a list of one, anything else is none. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(isObject)
  return isObject(value) ? [value] : []
}

/** Follows member names; a list on the way stands for its first object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const name of path) {
    const object = Array.isArray(here) ? here.find(isObject) : here
    if (!isObject(object) || !Object.hasOwn(object, name)) return undefined
    here = object[name]
  }
  return here
}

/** Titles and values are rows, not essays. */
const MAX_TEXT = 300

/**
 * Words for a row: white space and control characters become one space, broken surrogates are mended, and text longer
 * than a row holds is cut with "…". Undefined when nothing is left.
 */
export function textOf(value: unknown, max = MAX_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = value
    .slice(0, 4 * max)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .toWellFormed()
  if (clean === '') return undefined
  return clean.length <= max ? clean : `${clean.slice(0, max - 1).toWellFormed()}…`
}

/** A code, system or other token: as it stands, when it is a text of sensible length. */
export function tokenOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 500 ? value.toWellFormed() : undefined
}

export function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
