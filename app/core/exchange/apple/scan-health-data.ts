import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'

/** An element's name and attributes. Good only until the visitor returns: the next tag is written over it. */
export class Tag {
  name = ''
  count = 0
  readonly names: string[] = []
  readonly values: string[] = []

  get(name: string): string | undefined {
    for (let index = 0; index < this.count; index++) if (this.names[index] === name) return this.values[index]
    return undefined
  }
}

export interface TagVisitor {
  /** `depth`: 0 for the root. */
  open(tag: Tag, depth: number): void
  close(name: string, depth: number): void
}

/** Characters of one tag, comment or declaration; the type declaration of an export has about 12,000. */
const MAX_TAG = 1 << 20
const MAX_DEPTH = 20
const NAME = /^[A-Za-z_][\w:.-]*$/
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const SPACE = 32
const SLASH = 47
const GREATER = 62
/** What is there does not reach to the end of the tag. */
const INCOMPLETE = -1

class ScanStop extends Error {
  readonly kind: 'not-xml' | 'unsafe-xml'
  constructor(kind: 'not-xml' | 'unsafe-xml') {
    super(kind)
    this.kind = kind
  }
}

/**
 * Reads the tags of XML as a stream, for files of gigabytes made of short tags: words between tags are passed over. Total and bounded;
 * entities beyond XML's own five are refused. The type declaration is skipped, as iOS 16 wrote broken ones.
 */
export class TagScanner {
  readonly #visitor: TagVisitor
  readonly #path: string[] = []
  readonly #known = new Set<string>()
  readonly #tag = new Tag()
  #rest = ''
  #line = 1
  #failure: ImportFailure | undefined
  #isDone = false

  constructor(visitor: TagVisitor) {
    this.#visitor = visitor
  }

  /** After a failure nothing more is read. */
  write(chunk: string): Result<void, ImportFailure> {
    if (this.#failure === undefined) {
      try {
        this.#scan(this.#rest === '' ? chunk : this.#rest + chunk)
      } catch (error) {
        if (!(error instanceof ScanStop)) throw error
        this.#failure = error.kind === 'not-xml' ? { kind: error.kind, line: this.#line } : { kind: error.kind }
      }
    }
    return this.#failure === undefined ? ok(undefined) : fail(this.#failure)
  }

  /** `truncated` where elements are still open. */
  end(): Result<void, ImportFailure> {
    if (this.#failure !== undefined) return fail(this.#failure)
    return this.#isDone && this.#rest.trim() === '' ? ok(undefined) : fail({ kind: 'truncated' })
  }

  #scan(text: string): void {
    let at = 0
    try {
      for (let start = text.indexOf('<'); start !== -1; start = text.indexOf('<', at)) {
        at = start
        const end = this.#markup(text, start)
        if (end === INCOMPLETE) {
          if (text.length - start > MAX_TAG) this.#refuse()
          this.#rest = text.slice(start)
          return
        }
        at = end
      }
      this.#rest = ''
      at = text.length
    } finally {
      this.#countLines(text, at)
    }
  }

  #countLines(text: string, end: number): void {
    for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) this.#line += 1
  }

  #refuse(): never {
    throw new ScanStop('not-xml')
  }

  /** The end of the markup that starts at `start`. */
  #markup(text: string, start: number): number {
    switch (text.charCodeAt(start + 1)) {
      case SLASH:
        return this.#closing(text, start)
      case 33:
        return this.#declaration(text, start)
      case 63:
        return endOf(text, '?>', start)
      default:
        return Number.isNaN(text.charCodeAt(start + 1)) ? INCOMPLETE : this.#opening(text, start)
    }
  }

  #declaration(text: string, start: number): number {
    if (text.length < start + 9) return INCOMPLETE
    if (text.startsWith('<!--', start)) return endOf(text, '-->', start + 4)
    if (text.startsWith('<![CDATA[', start)) return endOf(text, ']]>', start)
    if (!text.startsWith('<!DOCTYPE', start) || this.#path.length > 0 || this.#isDone) this.#refuse()
    const inner = text.indexOf('[', start)
    const plainEnd = text.indexOf('>', start)
    if (inner === -1 && plainEnd === -1) return INCOMPLETE
    const end = inner === -1 || (plainEnd !== -1 && plainEnd < inner) ? plainEnd + 1 : endOf(text, ']>', inner)
    if (end > 0 && /<!ENTITY/i.test(text.slice(start, end))) throw new ScanStop('unsafe-xml')
    return end
  }

  #closing(text: string, start: number): number {
    const end = text.indexOf('>', start)
    if (end === -1) return INCOMPLETE
    const open = this.#path.pop()
    if (open === undefined || text.slice(start + 2, end).trimEnd() !== open) this.#refuse()
    this.#closed(open)
    return end + 1
  }

  #closed(name: string): void {
    this.#isDone = this.#path.length === 0
    this.#visitor.close(name, this.#path.length)
  }

  #opening(text: string, start: number): number {
    let at = start + 1
    for (let code = text.charCodeAt(at); code > SPACE && code !== SLASH && code !== GREATER; )
      code = text.charCodeAt(++at)
    if (at >= text.length) return INCOMPLETE
    const name = this.#checked(text.slice(start + 1, at))
    const end = this.#attributes(text, at)
    if (end === INCOMPLETE) return INCOMPLETE
    if (this.#path.length >= MAX_DEPTH) throw new ScanStop('unsafe-xml')
    if (this.#isDone) this.#refuse()
    this.#tag.name = name
    this.#visitor.open(this.#tag, this.#path.length)
    if (text.charCodeAt(end - 2) === SLASH) this.#closed(name)
    else this.#path.push(name)
    return end
  }

  /** Names are few, and held for as long as the scan lasts. */
  #checked(name: string): string {
    if (this.#known.has(name)) return name
    if (name.length > 200 || !NAME.test(name)) this.#refuse()
    if (this.#known.size < 1000) this.#known.add(name)
    return name
  }

  /** Reads attributes from `at` into the tag; answers where the tag ends. */
  #attributes(text: string, from: number): number {
    const tag = this.#tag
    tag.count = 0
    let at = from
    for (;;) {
      let code = text.charCodeAt(at)
      while (code <= SPACE) code = text.charCodeAt(++at)
      if (Number.isNaN(code)) return INCOMPLETE
      if (code === GREATER) return at + 1
      if (code === SLASH) {
        if (at + 1 >= text.length) return INCOMPLETE
        return text.charCodeAt(at + 1) === GREATER ? at + 2 : this.#refuse()
      }
      const equals = text.indexOf('=', at)
      if (equals === -1) return text.length - at > 300 ? this.#refuse() : INCOMPLETE
      let open = equals + 1
      while (text.charCodeAt(open) <= SPACE) open++
      if (open >= text.length) return INCOMPLETE
      const quote = text[open]
      if (quote !== '"' && quote !== "'") this.#refuse()
      const close = text.indexOf(quote, open + 1)
      if (close === -1) return INCOMPLETE
      const name = text.slice(at, equals)
      tag.names[tag.count] = this.#known.has(name) ? name : this.#checked(name.trimEnd())
      tag.values[tag.count] = this.#value(text.slice(open + 1, close))
      tag.count += 1
      at = close + 1
    }
  }

  #value(written: string): string {
    if (!written.includes('&')) return written
    return written.replace(/&([^;&]{0,12})(;?)/g, (_, name: string, end: string) => {
      const letter = end === ';' ? letterOf(name) : undefined
      if (letter !== undefined) return letter
      return end === ';' && NAME.test(name) ? this.#unsafe() : this.#refuse()
    })
  }

  #unsafe(): never {
    throw new ScanStop('unsafe-xml')
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at === -1 ? INCOMPLETE : at + mark.length
}

function letterOf(name: string): string | undefined {
  const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name)
  if (number === null) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
