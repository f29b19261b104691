import { at, isObject, type JsonObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { conceptText, tokensOf } from '#schema/record/fhir/concept.ts'
import type { EmptyReason } from '#app/core/exchange/report/out-words.ts'
import { type NarrativeNode, parseNarrative } from './narrative-tree.ts'

/** A part of a document in words: its title, its text, and the parts in it. */
export interface ToldSection {
  readonly title: string | undefined
  readonly nodes: readonly NarrativeNode[]
  /** Why it has nothing in it, where it says so and no words. */
  readonly reason?: EmptyReason
  readonly sections: readonly ToldSection[]
}

const MAX_DEPTH = 6
const EMPTY_REASONS = ['nilknown', 'notasked', 'withheld', 'unavailable'] as const satisfies readonly EmptyReason[]

/**
 * What a resource says in words that its fields may not: the sections of a document, else a narrative that the source calls
 * its own. A narrative made of the fields alone says nothing more.
 */
export function toldSections(original: string): readonly ToldSection[] {
  const resource = parseObject(original)
  const sections = objectsOf(resource['section']).map(section => toldSection(section))
  if (resource['resourceType'] === 'Composition') return sections.filter(says)
  const status = at(resource, 'text', 'status')
  return status === 'additional' ? [{ title: undefined, nodes: nodesOf(resource), sections: [] }].filter(says) : []
}

function toldSection(section: JsonObject, level = 0): ToldSection {
  const inner = level < MAX_DEPTH ? objectsOf(section['section']) : []
  const title = textOf(section['title']) ?? textOf(at(section, 'code', 'text'))
  const sections = inner.map(each => toldSection(each, level + 1)).filter(says)
  const told = { title, nodes: nodesOf(section), sections }
  return says(told) ? told : { ...told, ...reasonOf(section['emptyReason']) }
}

/** In our own words for the codes of HL7's list-empty-reason that have some, else in those of the source. */
function reasonOf(concept: unknown): Partial<Pick<ToldSection, 'reason' | 'nodes'>> {
  const reason = EMPTY_REASONS.find(each => tokensOf(concept).has(each))
  if (reason !== undefined) return { reason }
  const words = conceptText(isObject(concept) ? concept : undefined)
  return words === undefined ? {} : { nodes: [words] }
}

function nodesOf({ text }: JsonObject): readonly NarrativeNode[] {
  const div = isObject(text) && text['status'] !== 'empty' ? text['div'] : undefined
  return typeof div === 'string' ? parseNarrative(div) : []
}

const says = (section: ToldSection): boolean =>
  section.nodes.some(hasWords) || section.sections.length > 0 || section.reason !== undefined

const hasWords = (node: NarrativeNode): boolean =>
  typeof node === 'string' ? node.trim() !== '' : node.children.some(hasWords)
