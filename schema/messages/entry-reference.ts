import { type EntryId, isEntryId } from '../record/entry.ts'
import { isObject } from '../record/fhir/json.ts'
import { type Section, SECTIONS } from '../record/sections.ts'

/** So many entries go along with one message at most. */
export const MAX_ENTRIES = 5
/** Of each of its words. */
export const MAX_LINE_CHARS = 300

/**
 * An entry of its writer's own record that goes along with a message: which one, and what it said when it was sent, as its writer saw it.
 * Who may not see the entry itself sees these words and nothing else.
 */
export interface EntryReference {
  readonly id: EntryId
  readonly section: Section
  readonly title: string
  readonly when: string
  /** Empty where it has none. */
  readonly value: string
}

/** Of somebody else's app: undefined where any of it is no reference, or it is too much. */
export function parseReferences(json: unknown): readonly EntryReference[] | undefined {
  if (!Array.isArray(json) || json.length > MAX_ENTRIES) return undefined
  const references = json.flatMap(one => parseReference(one) ?? [])
  return references.length === json.length ? references : undefined
}

function parseReference(json: unknown): EntryReference | undefined {
  if (!isObject(json)) return undefined
  const { id, section, title, when, value } = json
  const found = SECTIONS.find(one => one === section)
  if (typeof id !== 'string' || !isEntryId(id) || found === undefined) return undefined
  if (!isLine(title) || !isLine(when) || !isLine(value)) return undefined
  return { id, section: found, title: title.toWellFormed(), when: when.toWellFormed(), value: value.toWellFormed() }
}

const isLine = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_LINE_CHARS
