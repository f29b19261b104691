import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import type { Pause } from '../find-resources.ts'
import type { XmlElement, XmlNode } from './xml-element.ts'

/** Clinical documents nest to about 40. */
const MAX_DEPTH = 200
/** Characters read between two chances for other work. */
const CHUNK = 1 << 16
/** Characters read at a time until the first element shows. */
const FIRST_CHUNK = 1 << 10
/** Namespaces whose names may not be mistaken for CDA's own. */
const KEPT_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['urn:hl7-org:sdtc', 'sdtc:'],
  ['http://www.w3.org/2001/XMLSchema-instance', 'xsi:'],
])

export interface XmlRoot {
  readonly name: string
  /** Its default or prefixed namespace, if it names one. */
  readonly namespace?: string
}

/** Decides as the document goes by; only what is held lies in memory. */
export interface XmlVisitor {
  /** `path` ends with the element's own name. True: the element is built whole and handed to `take`. */
  readonly holds: (path: readonly string[]) => boolean
  readonly take: (element: XmlElement, path: readonly string[]) => void
}

class XmlStop extends Error {
  readonly failure: ImportFailure
  constructor(failure: ImportFailure) {
    super(failure.kind)
    this.failure = failure
  }
}

interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
}

/**
 * Reads XML 1.0 as a stream, namespace prefixes bound or not. Total, and nothing is ever fetched: entities beyond XML's own
 * five are refused, so nothing can grow either. Gives way at every `pause`.
 */
export async function readXml(text: string, visitor: XmlVisitor, pause: Pause): Promise<Result<void, ImportFailure>> {
  const builder = new Builder(visitor)
  try {
    for (let at = 0; at < text.length; at += CHUNK) {
      builder.parser.write(text.slice(at, at + CHUNK))
      if (!(await pause(at))) return fail({ kind: 'cancelled' })
    }
    builder.isAtEnd = true
    builder.parser.close()
    return ok(undefined)
  } catch (error) {
    if (error instanceof XmlStop) return fail(error.failure)
    throw error
  }
}

/** What kind of document a text is, by its first element. */
export function rootOf(text: string): Result<XmlRoot, ImportFailure> {
  const builder = new Builder({ holds: () => false, take: () => undefined })
  try {
    for (let at = 0; at < text.length && builder.root === undefined; at += FIRST_CHUNK) {
      builder.parser.write(text.slice(at, at + FIRST_CHUNK))
    }
    builder.isAtEnd = true
    if (builder.root === undefined) builder.parser.close()
  } catch (error) {
    if (!(error instanceof XmlStop)) throw error
    if (builder.root === undefined) return fail(error.failure)
  }
  return builder.root === undefined ? fail({ kind: 'truncated' }) : ok(builder.root)
}

class Builder {
  root: XmlRoot | undefined
  readonly parser: SaxesParser<{ xmlns: false }> = new SaxesParser({ xmlns: false, position: true })
  readonly #visitor: XmlVisitor
  readonly #path: string[] = []
  readonly #held: OpenElement[] = []
  readonly #namespaces: ReadonlyMap<string, string>[] = [new Map()]
  isAtEnd = false

  constructor(visitor: XmlVisitor) {
    this.#visitor = visitor
    this.parser.on('error', () => this.#refuse())
    this.parser.on('doctype', declared => {
      if (/<!ENTITY/i.test(declared)) throw new XmlStop({ kind: 'unsafe-xml' })
    })
    this.parser.on('opentag', tag => this.#open(tag))
    this.parser.on('closetag', () => this.#close())
    this.parser.on('text', words => this.#text(words))
    this.parser.on('cdata', words => this.#text(words))
  }

  #refuse(): never {
    throw new XmlStop(this.isAtEnd ? { kind: 'truncated' } : { kind: 'not-xml', line: this.parser.line })
  }

  #open(tag: SaxesTagPlain): void {
    if (this.#path.length >= MAX_DEPTH) throw new XmlStop({ kind: 'unsafe-xml' })
    const namespaces = this.#namespacesOf(tag)
    this.#namespaces.push(namespaces)
    const name = localName(tag.name, namespaces)
    if (this.#path.length === 0) this.#begin(name, tag.name, namespaces)
    this.#path.push(name)
    if (this.#held.length > 0 || this.#visitor.holds(this.#path)) {
      const element = { name, attributes: attributesOf(tag, namespaces), children: [] }
      this.#held.at(-1)?.children.push(element)
      this.#held.push(element)
    }
  }

  #begin(name: string, writtenName: string, namespaces: ReadonlyMap<string, string>): void {
    const namespace = namespaces.get(prefixOf(writtenName))
    this.root = { name, ...(namespace === undefined ? {} : { namespace }) }
  }

  #namespacesOf(tag: SaxesTagPlain): ReadonlyMap<string, string> {
    const outer = this.#namespaces.at(-1) ?? new Map<string, string>()
    let own: Map<string, string> | undefined
    for (const name in tag.attributes) {
      if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue
      own ??= new Map(outer)
      own.set(name.slice(6), tag.attributes[name] ?? '')
    }
    return own ?? outer
  }

  #text(words: string): void {
    this.#held.at(-1)?.children.push(words)
  }

  #close(): void {
    this.#namespaces.pop()
    const element = this.#held.pop()
    if (element !== undefined && this.#held.length === 0) this.#visitor.take(element, this.#path)
    this.#path.pop()
  }
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? '' : name.slice(0, colon)
}

/** Prefixes that nobody bound (pieces of documents have them) are taken at their word. */
function localName(name: string, namespaces: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':')
  if (colon === -1) return name
  const prefix = name.slice(0, colon)
  const namespace = namespaces.get(prefix)
  const kept = namespace === undefined ? KEPT_UNBOUND.get(prefix) : KEPT_PREFIXES.get(namespace)
  return `${kept ?? ''}${name.slice(colon + 1)}`
}

const KEPT_UNBOUND: ReadonlyMap<string, string> = new Map([
  ['sdtc', 'sdtc:'],
  ['xsi', 'xsi:'],
])

/** The parser's own where no name has a prefix, as most have none. */
function attributesOf(tag: SaxesTagPlain, namespaces: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  for (const name in tag.attributes) if (name.includes(':')) return localAttributes(tag, namespaces)
  return tag.attributes
}

function localAttributes({ attributes }: SaxesTagPlain, namespaces: ReadonlyMap<string, string>) {
  const named = Object.create(null) as Record<string, string>
  for (const name in attributes) named[localName(name, namespaces)] = attributes[name] ?? ''
  return named
}
