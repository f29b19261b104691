import { conceptText } from './concept.ts'
import { at, firstOf, isObject, type JsonObject, objectsOf, textOf, tokenOf } from './json.ts'

/** Finds the resource that a reference names, in the same file; undefined when it is not there. */
export type Resolve = (reference: string) => JsonObject | undefined

/** One resource being read. */
export interface Reading {
  readonly resource: JsonObject
  readonly resolve: Resolve
}

/** What stands at a dotted path, such as `performedPeriod.start`. */
export function valueAt(reading: Reading, path: string): unknown {
  return path.includes('.') ? at(reading.resource, ...path.split('.')) : at(reading.resource, path)
}

/** The words at the first of `paths` that has any: text, concept, or what a reference points at. */
export function wordsAt(reading: Reading, paths: readonly string[]): string | undefined {
  return firstOf(paths, path => wordsOf(reading, valueAt(reading, path)))
}

/** A list with more members than this is no line of text. */
const MAX_ITEMS = 20

/** The words at `member` of every item of the list at `path`, each once, joined; undefined when there are none. */
export function eachWords(reading: Reading, path: string, member: string): string | undefined {
  const words = objectsOf(valueAt(reading, path))
    .slice(0, MAX_ITEMS)
    .flatMap(item => {
      const value = at(item, ...member.split('.'))
      return (Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value]).flatMap(one => wordsOf(reading, one) ?? [])
    })
  return textOf([...new Set(words)].join(', '))
}

function wordsOf(reading: Reading, value: unknown, level = 0): string | undefined {
  if (Array.isArray(value))
    return level > 1 ? undefined : firstOf(value.slice(0, 20), item => wordsOf(reading, item, level + 1))
  if (isObject(value) && Object.hasOwn(value, 'reference')) return referenceText(reading, value)
  return conceptText(value)
}

/** A reference in words: its display, else the name of what it points at. */
function referenceText(reading: Reading, reference: JsonObject): string | undefined {
  const display = textOf(reference['display'])
  if (display !== undefined) return display
  const target = referred(reading, reference)
  return target === undefined ? undefined : nameOf({ resource: target, resolve: reading.resolve })
}

/** What a reference points at: contained in this resource (`#id`) or elsewhere in the file. */
export function referred(reading: Reading, reference: unknown): JsonObject | undefined {
  const target = tokenOf(at(reference, 'reference'))
  if (target === undefined) return undefined
  if (!target.startsWith('#')) return reading.resolve(target)
  return objectsOf(reading.resource['contained']).find(resource => resource['id'] === target.slice(1))
}

/** How a thing or person that others refer to is called. */
function nameOf(reading: Reading): string | undefined {
  const name = reading.resource['name']
  const named = typeof name === 'string' ? textOf(name) : humanName(name)
  if (named !== undefined) return named
  // A role is called after its person, never further: references may go in circles.
  const person = referred(reading, reading.resource['practitioner'])
  const ofPerson = person === undefined ? undefined : humanName(person['name'])
  return (
    ofPerson ?? firstOf(['code', 'deviceName.name', 'type', 'code.text'], path => conceptText(valueAt(reading, path)))
  )
}

/** A HumanName or the first useful one of a list, as people write it. */
export function humanName(names: unknown): string | undefined {
  const list = objectsOf(names)
  const chosen = list.find(name => name['use'] === 'official') ?? list.find(name => name['use'] !== 'old') ?? list[0]
  if (chosen === undefined) return undefined
  const texts = (value: unknown) => (Array.isArray(value) ? value : [value]).flatMap(part => textOf(part) ?? [])
  const parts = ['prefix', 'given', 'family', 'suffix'].flatMap(part => texts(chosen[part]))
  return textOf(chosen['text']) ?? textOf(parts.join(' '))
}
