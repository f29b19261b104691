import { loincOfSnomed } from '#schema/codes/snomed-measures.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding } from '../entry.ts'
import { at, firstOf, isObject, type JsonObject, objectsOf, textOf, tokenOf } from './json.ts'

/** More codes than this for one concept are translations that no row needs. */
const MAX_CODES = 8

/** What a CodeableConcept, Coding or plain string says in words: its text, else the first display. Never the code. */
export function conceptText(concept: unknown): string | undefined {
  if (typeof concept === 'string') return textOf(concept)
  const first = Array.isArray(concept) ? concept.find(isObject) : concept
  return textOf(at(first, 'text')) ?? firstOf(objectsOf(at(first, 'coding')), displayOf) ?? textOf(at(first, 'display'))
}

const displayOf = (coding: JsonObject) => textOf(coding['display'])

/** The codes of one concept or of a list of them, as written. */
export function codesOf(concepts: unknown): readonly Coding[] {
  const codings = objectsOf(concepts).flatMap(concept => objectsOf(concept['coding']))
  return codings.slice(0, MAX_CODES).flatMap(coding => {
    const system = tokenOf(coding['system'])
    const code = tokenOf(coding['code'])
    const display = textOf(coding['display'])
    if (system === undefined && code === undefined && display === undefined) return []
    return [
      {
        ...(system === undefined ? {} : { system }),
        ...(code === undefined ? {} : { code }),
        ...(display === undefined ? {} : { display }),
      },
    ]
  })
}

/** The code tokens of a concept or a list of them, whatever their system; a plain string is its own code. */
export function tokensOf(concepts: unknown): ReadonlySet<string> {
  if (typeof concepts === 'string') return new Set([concepts])
  const list = objectsOf(concepts)
  const codings = [...list.flatMap(concept => objectsOf(concept['coding'])), ...list]
  return new Set(codings.flatMap(coding => tokenOf(coding['code']) ?? []))
}

/** The LOINC codes among `codes`; where there are none, those of what their SNOMED CT codes measure. */
export function loincOf(codes: readonly Coding[]): readonly string[] {
  const own = codesIn(codes, SYSTEMS.loinc)
  return own.length > 0 ? own : codesIn(codes, SYSTEMS.snomed).flatMap(code => loincOfSnomed(code) ?? [])
}

const codesIn = (codes: readonly Coding[], system: string) =>
  codes.flatMap(coding => (coding.system === system && coding.code !== undefined ? [coding.code] : []))
