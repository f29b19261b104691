import { SYSTEMS } from '../../codes/systems.ts'
import { at, type JsonObject, objectsOf } from '../fhir/json.ts'
import { inWords, known, knownDate } from '../own-resource.ts'

/** Words whose length the field decides, not the row: as they stand. */
export function said(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export const listOf = (value: JsonObject | undefined): readonly JsonObject[] | undefined =>
  value === undefined ? undefined : [value]

/** In the person's words. */
export const wordsOf = (text: string | undefined): JsonObject | undefined => (text === undefined ? undefined : { text })

/** Somebody or something that is only named. */
export const named = (display: string | undefined): JsonObject | undefined =>
  display === undefined ? undefined : { display }

export function period(name: string, start: string | undefined, end: string | undefined): JsonObject {
  if (start === undefined && end === undefined) return {}
  return { [name]: { ...knownDate('start', start), ...knownDate('end', end) } }
}

/** https://hl7.org/fhir/extensions/StructureDefinition-note.html: for what R4 gives no `note`. */
const NOTE = 'http://hl7.org/fhir/StructureDefinition/note'

export function noteBeside(note: string | undefined): JsonObject {
  return known('extension', note === undefined ? undefined : [{ url: NOTE, valueAnnotation: { text: note } }])
}

export function noteIn(resource: JsonObject): string | undefined {
  const beside = objectsOf(resource['extension']).find(each => each['url'] === NOTE)
  return said(resource['note'], 'text') ?? said(beside, 'valueAnnotation', 'text')
}

/** Adds up parts of which each may be absent; undefined when all are. */
export function some(parts: Readonly<Record<string, unknown>>): JsonObject | undefined {
  const found = Object.entries(parts).filter(([, value]) => value !== undefined)
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** In the person's words, with the code that says the same. */
export const loinc = (code: string | undefined, text: string): JsonObject =>
  code === undefined ? inWords(text) : { coding: [{ system: SYSTEMS.loinc, code }], text }
