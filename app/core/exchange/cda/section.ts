import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { pairBloodPressures, type Pressures } from './blood-pressure.ts'
import { conceptOf } from './data-types.ts'
import type { Fhir } from './fhir-json.ts'
import { type Made, referToEach } from './making.ts'
import { emptyNarrative, Narrative } from './narrative.ts'
import { languageCode } from './patient.ts'
import { type Scope, STATEMENTS } from './scope.ts'

/** Hears of an entry that could not be made into anything, and goes on. */
export type Refuse = (place: string) => void

/**
 * A section as the Composition's: its title, its narrative and its entries; the sections in it likewise. An entry that
 * goes wrong costs itself alone: its words stand in the narrative, its data in the original.
 */
export function readSection(section: XmlElement, outer: Scope, refuse: Refuse): Fhir {
  const code = childAt(section, 'code')
  const narrative = new Narrative(childAt(section, 'text'), outer.narrative)
  const title = wordsIn(childAt(section, 'title')) ?? attributeOf(code, 'displayName')
  const authors = childrenOf(section, 'author')
  const scope: Scope = {
    ...outer,
    narrative,
    section: attributeOf(code, 'code') ?? outer.section,
    language: languageCode(childAt(section, 'languageCode')) ?? outer.language,
    authors: authors.length > 0 ? authors : outer.authors,
    place: title ?? outer.place,
  }
  const entries = childrenOf(section, 'entry')
  const pressures = pairAlone(section, entries, scope)
  const others = entries.flatMap((entry, index) => {
    const statements = childrenOf(entry).filter(each => STATEMENTS.has(each.name) && !pressures.used.includes(each))
    return readEntry(statements, { ...scope, place: `${scope.place}, entry ${index + 1}` }, refuse)
  })
  const made = [...pressures.made, ...others]
  const inner = childrenOf(section, 'component').flatMap(each => childrenOf(each, 'section'))
  const text = narrative.whole()
  const sections = inner.map(each => readSection(each, scope, refuse))
  const isEmpty = made.length === 0 && sections.length === 0
  return {
    title,
    code: conceptOf(code, narrative.words),
    text: text ?? (isEmpty ? emptyNarrative(title) : undefined),
    entry: referToEach(unique(made)),
    emptyReason: isEmpty ? emptyReasonOf(section, text !== undefined) : undefined,
    section: sections,
  }
}

/** The two parts of a blood pressure, where each is an entry of its own. */
function pairAlone(section: XmlElement, entries: readonly XmlElement[], scope: Scope): Pressures {
  const alone = entries.flatMap(entry => childrenOf(entry, 'observation'))
  const nested = alone.map(statement => ({ typeCode: '', isInverted: false, statement }))
  try {
    return pairBloodPressures(section, nested, scope)
  } catch {
    return { made: [], used: [] }
  }
}

function readEntry(statements: readonly XmlElement[], scope: Scope, refuse: Refuse): readonly Made[] {
  try {
    return statements.flatMap(statement => scope.read(statement, scope))
  } catch {
    refuse(scope.place)
    return []
  }
}

function unique(made: readonly Made[]): readonly Made[] {
  return [...new Map(made.map(each => [each.urn, each])).values()]
}

/** https://hl7.org/fhir/R4/valueset-list-empty-reason.html, by the section's null flavor. */
const EMPTY_REASONS: Readonly<Record<string, string>> = {
  NI: 'unavailable',
  UNK: 'unavailable',
  NASK: 'notasked',
  ASKU: 'unavailable',
  MSK: 'withheld',
  NA: 'unavailable',
}

/** A section with neither words nor entries has to say why it has none. */
function emptyReasonOf(section: XmlElement, hasText: boolean): Fhir {
  const code = EMPTY_REASONS[attributeOf(section, 'nullFlavor') ?? ''] ?? (hasText ? undefined : 'unavailable')
  return code === undefined
    ? undefined
    : { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code }] }
}
