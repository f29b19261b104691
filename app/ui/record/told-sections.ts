import { at, isObject, type JsonObject, objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import { type NarrativeNode, parseNarrative } from './narrative-tree.ts'

/** A part of a document in words: its title, its text, and the parts in it. */
export interface ToldSection {
  readonly title: string | undefined
  readonly nodes: readonly NarrativeNode[]
  readonly sections: readonly ToldSection[]
}

const MAX_DEPTH = 6

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
  return { title, nodes: nodesOf(section), sections: inner.map(each => toldSection(each, level + 1)).filter(says) }
}

function nodesOf({ text }: JsonObject): readonly NarrativeNode[] {
  const div = isObject(text) && text['status'] !== 'empty' ? text['div'] : undefined
  return typeof div === 'string' ? parseNarrative(div) : []
}

const says = (section: ToldSection): boolean => section.nodes.some(hasWords) || section.sections.length > 0

const hasWords = (node: NarrativeNode): boolean =>
  typeof node === 'string' ? node.trim() !== '' : node.children.some(hasWords)
