/** An element that was read whole. Names are local ones; `sdtc:` and `xsi:` stay, as CDA has the same names with and without. */
export interface XmlElement {
  readonly name: string
  /** Without a prototype: a document may call an attribute anything. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

/** Text stands between elements as it was written. */
export type XmlNode = XmlElement | string

export function childrenOf(element: XmlElement | undefined, ...names: readonly string[]): readonly XmlElement[] {
  const found: XmlElement[] = []
  for (const node of element?.children ?? []) {
    if (typeof node === 'object' && (names.length === 0 || names.includes(node.name))) found.push(node)
  }
  return found
}

/** Follows first children by name. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let here = element
  for (const name of path) here = firstChild(here, name)
  return here
}

function firstChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const node of element?.children ?? []) if (typeof node === 'object' && node.name === name) return node
  return undefined
}

/** An attribute's value without white space around it; undefined when it is not there or empty. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  const value = element?.attributes[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

/** An element written out, to be compared with another: the same text is the same element. */
export function xmlText({ name, attributes, children }: XmlElement): string {
  let text = `<${name}`
  for (const attribute in attributes) text += ` ${attribute}=${JSON.stringify(attributes[attribute])}`
  text += '>'
  for (const node of children) text += typeof node === 'string' ? escaped(node) : xmlText(node)
  return `${text}</>`
}

const escaped = (text: string) => text.replaceAll('<', '&lt;')

/** Elements that stand within a word or a line; any other parts the words around it. */
const INLINE = new Set(['content', 'sup', 'sub', 'linkHtml', 'span', 'b', 'i', 'u', 'em', 'strong', 'a'])

/** All text in an element, in order, each run of white space as one space; undefined when there is none. */
export function wordsIn(node: XmlNode | undefined): string | undefined {
  const parts: string[] = []
  const waiting: (XmlNode | undefined)[] = [node]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string') parts.push(next)
    else if (next !== undefined) {
      const gap = INLINE.has(next.name) ? '' : ' '
      parts.push(gap)
      waiting.push(gap)
      for (let index = next.children.length - 1; index >= 0; index -= 1) waiting.push(next.children[index])
    }
  }
  const words = parts.join('').replace(/\s+/g, ' ').trim()
  return words === '' ? undefined : words
}
