/** What becomes of a Reference (https://hl7.org/fhir/R4/references.html): another address, or none and only what it says in words. */
export type NewReference =
  | { readonly kind: 'to'; readonly reference: string }
  /** `keepsWords`: its display may stay. */
  | { readonly kind: 'cut'; readonly type?: string; readonly keepsWords: boolean }
  | { readonly kind: 'same' }

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** An object or list whose end was not met yet. */
interface OpenObject {
  readonly start: number
  /** The name before the value that comes next; undefined while a name is due, and in a list. */
  name: string | undefined
  reference?: { readonly start: number; readonly end: number; readonly text: string }
  display?: string
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g

/**
 * The same JSON token by token but for its References: numbers stay as they were written. `text` is one valid JSON value without
 * white space between its tokens. What is contained (`#id`) stays.
 */
export function rewriteReferences(text: string, change: (reference: string) => NewReference): string {
  if (!text.includes('"reference":"')) return text
  const edits: Edit[] = []
  const open: OpenObject[] = []
  let before = ''
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match
    const here = open.at(-1)
    if (token === '{' || token === '[') open.push({ start: match.index, name: undefined })
    else if (token === '}' || token === ']') {
      open.pop()
      if (here !== undefined) edits.push(...editsOf(here, match.index + 1, change))
    } else if (token === ':' && here !== undefined) here.name = before
    else if (token === ',' && here !== undefined) here.name = undefined
    else if (here?.name !== undefined && token.startsWith('"')) note(here, match.index, token)
    before = token
  }
  return applied(text, edits)
}

function note(here: OpenObject, start: number, token: string): void {
  if (here.name === '"reference"') here.reference = { start, end: start + token.length, text: said(token) }
  if (here.name === '"display"') here.display = token
}

function said(token: string): string {
  const value: unknown = JSON.parse(token)
  return String(value)
}

function editsOf(
  { start, reference, display }: OpenObject,
  end: number,
  change: (reference: string) => NewReference,
): readonly Edit[] {
  if (reference === undefined || reference.text.startsWith('#')) return []
  const next = change(reference.text)
  if (next.kind === 'same') return []
  if (next.kind === 'to') return [{ ...reference, text: JSON.stringify(next.reference) }]
  const members = [
    ...(next.type === undefined ? [] : [`"type":${JSON.stringify(next.type)}`]),
    ...(next.keepsWords && display !== undefined ? [`"display":${display}`] : []),
  ]
  // A Reference without anything would be an empty object, which FHIR does not allow.
  const words = members.length > 0 ? members : ['"display":"–"']
  return [{ start, end, text: `{${words.join(',')}}` }]
}

/** An edit inside another one went with it. */
function applied(text: string, edits: Edit[]): string {
  edits.sort((a, b) => a.start - b.start || b.end - a.end)
  let result = ''
  let at = 0
  for (const edit of edits) {
    if (edit.start < at) continue
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}
