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
  's',
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
const HEADING = /^h[1-6]$/
/** Parts of pages, which stand for themselves as paragraphs do. */
const PARTS =
  'section article main header footer nav aside address center fieldset form figure figcaption details summary'
const INSTEAD: Readonly<Record<string, NarrativeTag>> = {
  a: 'span',
  font: 'span',
  del: 's',
  strike: 's',
  hr: 'br',
  ...Object.fromEntries(PARTS.split(' ').map(name => [name, 'div' as const])),
}
const SILENT = new Set(['script', 'style', 'head', 'title', 'object', 'iframe'])
const MAX_DEPTH = 60

const PARAGRAPH_ENDS = new Set([
  'p',
  'div',
  'ul',
  'ol',
  'dl',
  'table',
  'pre',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
])
/** HTML may leave out where some elements end: another begins that cannot stand in them, or what they stand in goes on. */
const LEFT_OPEN: readonly {
  readonly ends: readonly string[]
  readonly at: ReadonlySet<string>
  readonly within: readonly string[]
}[] = [
  { ends: ['p'], at: PARAGRAPH_ENDS, within: ['td', 'th', 'li', 'div', 'dd', 'caption', 'blockquote'] },
  { ends: ['li'], at: new Set(['li']), within: ['ul', 'ol'] },
  { ends: ['dt', 'dd'], at: new Set(['dt', 'dd']), within: ['dl'] },
  { ends: ['td', 'th'], at: new Set(['td', 'th', 'tr', 'tbody', 'tfoot']), within: ['tr', 'table'] },
  { ends: ['tr'], at: new Set(['tr', 'tbody', 'tfoot']), within: ['table'] },
  { ends: ['thead', 'tbody', 'caption'], at: new Set(['tbody', 'tfoot']), within: ['table'] },
]

interface Open {
  readonly name: string
  readonly element: NarrativeElement & { readonly children: NarrativeNode[] }
  /** Its letters are signs of a font of their own: `m` is a µ. */
  readonly isSymbols?: boolean
  readonly isHidden?: boolean
}

/** In place of a letter that is not known here. */
export const UNKNOWN_LETTER = '\uFFFD'

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
    const inner = open.at(-1)
    if (inner === undefined || inner.isHidden === true || silent !== undefined || text === '') return
    const words = decodeEntities(text)
    inner.element.children.push(inner.isSymbols === true ? words.replace(/\S/gu, UNKNOWN_LETTER) : words)
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
  endWhatWasLeftOpen(open, name)
  if (HEADING.test(name)) return beginHeading(open, name)
  if (!isTag(tag) || open.length > MAX_DEPTH) return
  const look = lookOf(attributes)
  const element = { tag: look.isStruck && tag === 'span' ? 's' : tag, ...spans(attributes), children: [] }
  const outer = open.at(-1)
  outer?.element.children.push(element)
  if (tag === 'br' || attributes.endsWith('/')) return
  const isSymbols = look.hasFont ? look.isSymbols : outer?.isSymbols === true
  open.push({ name, element, isSymbols, isHidden: look.isHidden || outer?.isHidden === true })
}

/** Fonts of which no letter is the one that it is called. */
const SYMBOLS = /^\s*(?:symbol|wingdings|webdings|.*dingbats)/i

/** Of how an element looks what changes what it says. */
function lookOf(attributes: string) {
  const said = attributes.length > MAX_ATTRIBUTES ? '' : decodeEntities(attributes)
  const font = /\bface\s*=\s*["']?([^"'>,]*)|\bfont-family\s*:\s*["']?([^;"',]*)/i.exec(said)
  return {
    hasFont: font !== null,
    isSymbols: SYMBOLS.test(font?.[1] ?? font?.[2] ?? ''),
    isStruck: /\btext-decoration[\w-]*\s*:[^;"']*line-through/i.test(said),
    isHidden: /\bdisplay\s*:\s*none\b/i.test(said),
  }
}

/** Headings would break the page's own order; they stand out as strong words, in a line of their own. */
function beginHeading(open: Open[], name: string): void {
  if (open.length > MAX_DEPTH) return
  const element = { tag: 'strong' as const, children: [] }
  const outer = open.at(-1)
  outer?.element.children.push({ tag: 'p', children: [element] })
  open.push({ name, element, isHidden: outer?.isHidden === true })
}

function endWhatWasLeftOpen(open: Open[], name: string): void {
  for (const { ends, at, within } of LEFT_OPEN) {
    if (!at.has(name)) continue
    const index = open.findLastIndex(each => ends.includes(each.name) || within.includes(each.name))
    if (index > 0 && ends.includes(open[index]?.name ?? '')) open.length = index
  }
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
  const of = (name: string) =>
    Number(new RegExp(`\\b${name}\\s*=\\s*["']?([1-9]\\d?)(?!\\w)`, 'i').exec(attributes)?.[1])
  const [colSpan, rowSpan] = [of('colspan'), of('rowspan')]
  return { ...(colSpan > 1 ? { colSpan } : {}), ...(rowSpan > 1 ? { rowSpan } : {}) }
}
