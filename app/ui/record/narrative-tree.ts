import { decodeEntities } from './plain-narrative.ts'

/** A piece of a narrative that is safe to draw: elements of this list alone, with no attribute but how many cells one spans. */
export type NarrativeNode = string | NarrativeElement
export interface NarrativeElement {
  readonly tag: NarrativeTag
  readonly colSpan?: number
  readonly rowSpan?: number
  readonly children: readonly NarrativeNode[]
}

const TAGS = [
  'p',
  'div',
  'span',
  'br',
  'ul',
  'ol',
  'li',
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'th',
  'td',
  'caption',
  'b',
  'i',
  'u',
  'em',
  'strong',
  'sub',
  'sup',
  'pre',
  'blockquote',
  'dl',
  'dt',
  'dd',
] as const
export type NarrativeTag = (typeof TAGS)[number]

const isTag = (name: string): name is NarrativeTag => (TAGS as readonly string[]).includes(name)
/** Headings would break the page's own order; they stand out as strong words. */
const INSTEAD: Readonly<Record<string, NarrativeTag>> = {
  h1: 'strong',
  h2: 'strong',
  h3: 'strong',
  h4: 'strong',
  h5: 'strong',
  h6: 'strong',
  a: 'span',
}
const SILENT = new Set(['script', 'style', 'head', 'title', 'object', 'iframe'])
const MAX_DEPTH = 60

interface Open {
  readonly name: string
  readonly element: NarrativeElement & { readonly children: NarrativeNode[] }
}

/**
 * Reads XHTML into what may be drawn, in one pass. Total: markup that is broken, unknown or could do something leaves its
 * words at most.
 */
export function parseNarrative(xhtml: string): readonly NarrativeNode[] {
  const root: Open = { name: '', element: { tag: 'div', children: [] } }
  const open: Open[] = [root]
  let at = 0
  let silent: string | undefined
  const say = (text: string) => {
    if (silent === undefined && text !== '') open.at(-1)?.element.children.push(decodeEntities(text))
  }
  for (let markup = nextMarkup(xhtml, 0); markup !== undefined; markup = nextMarkup(xhtml, at)) {
    say(xhtml.slice(at, markup.start))
    at = markup.end
    const { name, isEnd, attributes } = markup
    if (silent !== undefined) silent = isEnd && name === silent ? undefined : silent
    else if (isEnd) close(open, name)
    else if (SILENT.has(name)) silent = attributes.endsWith('/') ? undefined : name
    else begin(open, name, attributes)
  }
  say(xhtml.slice(at))
  return root.element.children
}

interface Markup {
  readonly start: number
  readonly end: number
  /** In small letters; empty for a comment. */
  readonly name: string
  readonly isEnd: boolean
  readonly attributes: string
}

/** The next tag or comment; a `<` that begins neither is a word. */
function nextMarkup(xhtml: string, from: number): Markup | undefined {
  for (let start = xhtml.indexOf('<', from); start !== -1; start = xhtml.indexOf('<', start + 1)) {
    if (xhtml.startsWith('<!--', start)) {
      const found = xhtml.indexOf('-->', start)
      return { start, end: found === -1 ? xhtml.length : found + 3, name: '', isEnd: false, attributes: '' }
    }
    const tag = /^<(\/?)([a-zA-Z][\w:-]{0,30})/.exec(xhtml.slice(start, start + 40))
    if (tag === null) continue
    const found = xhtml.indexOf('>', start)
    if (found === -1) return undefined
    const attributes = xhtml.slice(start + tag[0].length, found)
    return { start, end: found + 1, name: (tag[2] ?? '').toLowerCase(), isEnd: tag[1] === '/', attributes }
  }
  return undefined
}

function begin(open: Open[], name: string, attributes: string): void {
  const tag = INSTEAD[name] ?? name
  if (!isTag(tag) || open.length > MAX_DEPTH) return
  const element = { tag, ...spans(attributes), children: [] }
  open.at(-1)?.element.children.push(element)
  if (tag !== 'br' && !attributes.endsWith('/')) open.push({ name, element })
}

/** Ends the nearest element of that name; an end that none began is nothing. */
function close(open: Open[], name: string): void {
  const index = open.findLastIndex(each => each.name === name)
  if (index > 0) open.length = index
}

/** Longer ones are no numbers of cells. */
const MAX_ATTRIBUTES = 2_000

function spans(attributes: string): { colSpan?: number; rowSpan?: number } {
  if (attributes.length > MAX_ATTRIBUTES) return {}
  const of = (name: string) => Number(new RegExp(`\\b${name}\\s*=\\s*["']([1-9]\\d?)["']`, 'i').exec(attributes)?.[1])
  const [colSpan, rowSpan] = [of('colspan'), of('rowspan')]
  return { ...(colSpan > 1 ? { colSpan } : {}), ...(rowSpan > 1 ? { rowSpan } : {}) }
}
