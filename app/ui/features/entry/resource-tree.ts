import { plainNarrative } from '../../record/plain-narrative.ts'

/** One property of a resource, ready to show: a leaf has `text`, the others have `children`. */
export interface ResourceNode {
  /** The property's name in plain letters (`effectiveDateTime` → `Effective date time`), or a place in a list (`2`). */
  readonly label: string
  readonly text?: string
  readonly children: readonly ResourceNode[]
}

/** Whatever JSON the file held; nothing is left out. Undefined when it is not JSON. */
export function parseResourceTree(json: string): readonly ResourceNode[] | undefined {
  const parsed = parseExactly(json)
  return parsed === undefined ? undefined : childrenOf(parsed.value)
}

/** Numbers keep the digits they were written with (1.10 is not 1.1 in a laboratory) where the browser gives them. */
function parseExactly(json: string): { readonly value: unknown } | undefined {
  const revive: (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown = (
    _key,
    value,
    context,
  ) => (typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value)
  try {
    return { value: JSON.parse(json, revive) }
  } catch {
    return undefined
  }
}

class WrittenNumber {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

function childrenOf(value: unknown): readonly ResourceNode[] {
  if (Array.isArray(value)) return value.map((item, index) => nodeOf(String(index + 1), item))
  if (typeof value !== 'object' || value === null) return [nodeOf('', value)]
  return Object.entries(value).map(([name, item]) => nodeOf(labelOf(name), item, name))
}

function nodeOf(label: string, value: unknown, name = ''): ResourceNode {
  if (value instanceof WrittenNumber) return { label, text: value.digits, children: [] }
  if (typeof value === 'string') return { label, text: name === 'div' ? plainNarrative(value) : value, children: [] }
  if (typeof value !== 'object' || value === null) return { label, text: String(value), children: [] }
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  const node = single === value ? undefined : nodeOf(label, single)
  if (node !== undefined) return node
  const children = childrenOf(value)
  return children.length === 0 ? { label, text: '–', children } : { label, children }
}

/** `_birthDate` carries what is said about `birthDate`: the mark stays, so that the two differ. */
function labelOf(name: string): string {
  const words = name
    .replace(/^_/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
  const label = words.charAt(0).toUpperCase() + words.slice(1)
  return name.startsWith('_') ? `${label} (more)` : label
}
