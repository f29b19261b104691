import { attributeOf, childAt, childrenOf, wordsIn, type XmlElement, type XmlNode } from '../xml/xml-element.ts'

/** CDA's narrative elements as XHTML's; those that are the same in both stand in `SAME`. Anything else leaves its words. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['content', 'span'],
  ['paragraph', 'p'],
  ['item', 'li'],
  ['footnote', 'span'],
])
const SAME = new Set(
  'table thead tbody tfoot tr td th colgroup col br sub sup p div span b i u em strong ul ol li dl dt dd pre blockquote'
    .split(' ')
    .concat(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'small', 'big', 'code', 'tt']),
)
const VOID = new Set(['br', 'hr', 'col'])
/** Elements whose content is no words. */
const SILENT = new Set(['script', 'style', 'head', 'object', 'iframe'])
const STYLES: ReadonlyMap<string, string> = new Map([
  ['bold', 'b'],
  ['italics', 'i'],
  ['underline', 'u'],
  ['emphasis', 'em'],
])

/** The readable part of a section: CDA's narrative block, as the words entries point at and as XHTML that FHIR admits. */
export class Narrative {
  readonly #byId = new Map<string, { readonly element: XmlElement; readonly table?: XmlElement }>()
  readonly #text: XmlElement | undefined

  constructor(text: XmlElement | undefined, outer?: Narrative) {
    this.#text = text
    if (outer !== undefined) for (const [id, found] of outer.#byId) this.#byId.set(id, found)
    if (text !== undefined) this.#index(text, undefined)
  }

  #index(element: XmlElement, table: XmlElement | undefined): void {
    const id = attributeOf(element, 'ID')
    if (id !== undefined) this.#byId.set(id, { element, ...(table === undefined ? {} : { table }) })
    const inner = element.name === 'table' ? element : table
    for (const child of childrenOf(element)) this.#index(child, inner)
  }

  /** The words a reference (`#id`) points at. */
  readonly words = (reference: string): string | undefined => {
    const found = this.#byId.get(reference.replace(/^#/, ''))
    return found === undefined ? undefined : wordsIn(found.element)
  }

  /** A FHIR Narrative of the whole block; undefined where it holds no words. */
  whole() {
    return this.#text === undefined ? undefined : narrativeOf(xhtmlOf(this.#text.children))
  }

  /** A FHIR Narrative of what a statement's `text` says or points at, a table's row with the table's head. */
  fragment(text: XmlElement | undefined) {
    const reference = attributeOf(childAt(text, 'reference'), 'value')
    const found = reference === undefined ? undefined : this.#byId.get(reference.replace(/^#/, ''))
    const own = (text?.children ?? []).filter(node => typeof node === 'string' || node.name !== 'reference')
    return narrativeOf(xhtmlOf(own) + (found === undefined ? '' : standalone(found)))
  }
}

function standalone({ element, table }: { readonly element: XmlElement; readonly table?: XmlElement }): string {
  if (element.name === 'tr') {
    return `<table>${xhtmlOf(childrenOf(table, 'thead'))}<tbody>${xhtmlOf([element])}</tbody></table>`
  }
  const isPart = ['td', 'th', 'item', 'thead', 'tbody', 'caption'].includes(element.name)
  return `<div>${xhtmlOf(isPart ? element.children : [element])}</div>`
}

/** FHIR wants words of a section that holds nothing else (cmp-1): its own title. */
export function emptyNarrative(title: string | undefined) {
  const words = escaped(title ?? '–')
  return { status: 'empty', div: `<div xmlns="http://www.w3.org/1999/xhtml">${words}</div>` }
}

function narrativeOf(xhtml: string) {
  if (xhtml.replace(/<[^>]*>/g, '').trim() === '') return undefined
  return { status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${xhtml.trim()}</div>` }
}

function xhtmlOf(nodes: readonly XmlNode[]): string {
  return nodes.map(node => (typeof node === 'string' ? escaped(node) : elementXhtml(node))).join('')
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function elementXhtml(element: XmlElement): string {
  const { name } = element
  if (SILENT.has(name)) return ''
  if (name === 'list') return listXhtml(element)
  if (name === 'table') return tableXhtml(element)
  if (name === 'linkHtml' || name === 'a') return linkXhtml(element)
  const tag = RENAMED.get(name) ?? (SAME.has(name) ? name : undefined)
  const inner = styled(element, xhtmlOf(element.children))
  if (tag === undefined) return name === 'caption' ? `<b>${inner}</b> ` : inner
  if (VOID.has(tag)) return tag === 'col' ? '' : `<${tag}/>`
  return `<${tag}${cellAttributes(element)}>${inner}</${tag}>`
}

/** Only where it leads outside and is no code: `javascript:` and pieces of the document are words. */
function linkXhtml(element: XmlElement): string {
  const href = attributeOf(element, 'href') ?? ''
  const inner = xhtmlOf(element.children)
  return /^(?:https?|mailto):/i.test(href) ? `<a href="${escaped(href).replaceAll('"', '&quot;')}">${inner}</a>` : inner
}

function styled(element: XmlElement, inner: string): string {
  const styles = attributeOf(element, 'styleCode')?.toLowerCase().split(/\s+/) ?? []
  return styles.reduce((text, style) => {
    const tag = STYLES.get(style)
    return tag === undefined ? text : `<${tag}>${text}</${tag}>`
  }, inner)
}

function cellAttributes(element: XmlElement): string {
  return ['colspan', 'rowspan']
    .flatMap(name => {
      const value = attributeOf(element, name)
      return value !== undefined && /^[1-9]\d{0,2}$/.test(value) ? [` ${name}="${value}"`] : []
    })
    .join('')
}

/** XHTML has no caption in a list: it stands before it. */
function listXhtml(list: XmlElement): string {
  const tag = attributeOf(list, 'listType')?.toLowerCase() === 'ordered' ? 'ol' : 'ul'
  const caption = xhtmlOf(childrenOf(list, 'caption'))
  const items = xhtmlOf(childrenOf(list).filter(child => child.name !== 'caption'))
  return `${caption === '' ? '' : `<p>${caption.trim()}</p>`}${items === '' ? '' : `<${tag}>${items}</${tag}>`}`
}

function tableXhtml(table: XmlElement): string {
  const caption = childAt(table, 'caption')
  const words = caption === undefined ? '' : `<caption>${xhtmlOf(caption.children)}</caption>`
  return `<table>${words}${xhtmlOf(childrenOf(table).filter(child => child.name !== 'caption'))}</table>`
}
